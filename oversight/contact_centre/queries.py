"""What is told to the contact centre, for those who send it."""

from dataclasses import dataclass

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.guard import Guard
from accounts.permissions import Action
from oversight.contact_centre.store import ActNotice, ActNoticeStore
from registry_data.acts import Act
from registry_data.schema import ServiceCard
from registry_data.store import ACTS, CARDS, RegistryRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLetter:
    """The act and the cards that it changed, as the database holds them now; None if it is no more."""

    notice: ActNotice
    act: Act | None
    cards: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True)
class SeeActLetter:
    notices: ActNoticeStore
    guard: Guard

    async def __call__(self, by: int, event: int) -> ActLetter:
        """For the organisation's staff and for editors. Raises GoneError, NotAllowedError."""
        notice = await self.notices.get(event)
        if notice is None:
            raise GoneError
        sees = await self.guard.may(by, Action.SEE_FILINGS, notice.organisation)
        if not sees and not await self.guard.may(by, Action.EDIT):
            raise NotAllowedError
        session = self.notices.session
        cards = [await RegistryRepository(session, CARDS).get(slug) for slug in sorted(notice.changes)]
        return ActLetter(
            notice=notice,
            act=await RegistryRepository(session, ACTS).get(notice.act),
            cards=tuple(card for card in cards if card is not None),
        )
