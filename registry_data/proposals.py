"""Cards that a draft proposes, waiting for an editor to accept them in the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry_data.acts import Act
from registry_data.schema import ServiceCard
from registry_data.store import CARDS, RegistryRepository
from registry_data.tables import CardProposalRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A whole card, the act it cites if nobody knew it, and the draft's facts that were left.

    `based_on` is the digest of the card that it changes, empty for a new one.
    """

    number: int = 0
    card: ServiceCard
    act: Act | None = None
    left: tuple[str, ...] = ()
    based_on: str = ""


class ProposalStore:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def propose(self, proposal: Proposal, at: datetime) -> None:
        """In place of an earlier proposal for the same card."""
        slug = proposal.card.slug
        await self._session.execute(delete(CardProposalRow).where(CardProposalRow.slug == slug))
        body = {
            "card": proposal.card.model_dump(mode="json", exclude_none=True),
            "act": proposal.act.model_dump(mode="json", exclude_none=True) if proposal.act else None,
            "left": list(proposal.left),
        }
        row = {"slug": slug, "body": body, "based_on": proposal.based_on, "proposed_at": at}
        await self._session.execute(insert(CardProposalRow), [row])

    async def waiting(self) -> tuple[Proposal, ...]:
        """The oldest first."""
        rows = await self._session.scalars(select(CardProposalRow).order_by(CardProposalRow.id))
        return tuple(_proposal(row.id, row.body, row.based_on) for row in rows)

    async def drop(self, number: int) -> None:
        await self._session.execute(delete(CardProposalRow).where(CardProposalRow.id == number))

    async def standing(self, slug: str) -> tuple[ServiceCard | None, str]:
        """The card there is and its digest; None and "" if there is none."""
        repository = RegistryRepository(self._session, CARDS)
        digests = await repository.digests((slug,))
        return await repository.get(slug), digests.get(slug, "")


def _proposal(number: int, body: Mapping[str, Any], based_on: str) -> Proposal:
    act = body.get("act")
    return Proposal(
        number=number,
        card=ServiceCard.model_validate(body["card"]),
        act=Act.model_validate(act) if act else None,
        left=tuple(body.get("left", ())),
        based_on=based_on,
    )
