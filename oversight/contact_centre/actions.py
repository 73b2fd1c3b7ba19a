"""An editor accepts a change of a card that follows from an act: the contact centre is to be told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from accounts.officials.store import MembershipStore
from accounts.roles import Role
from database.engine import UnitOfWork, atomic
from deadlines.store import LiveCalendar
from kernel.clock import Clock, almaty_date
from knowledge.journal.editor_queue import AcceptProposal
from oversight.contact_centre.changes import changed_facts, check_approval, may_follow_from_act
from oversight.contact_centre.store import ActNotice, ActNoticeStore
from registry_data.acts import Act
from registry_data.proposals import Proposal, ProposalStore
from registry_data.store import ACTS, RegistryRepository
from reminders.advancing import follow
from reminders.chain import ControlEvent, EventFact, EventKind
from reminders.event_store import EventStore
from reminders.filing import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class AcceptChangeOfAct:
    """Accept a proposed card, and remind once for each act of the three working days (Law 88-V Art. 23 ¶2).

    The card's provider is reminded; where the card names none, the editor's own organisation, which keeps
    the registry.
    """

    unit: UnitOfWork
    accept: AcceptProposal
    notices: ActNoticeStore
    events: EventStore
    members: MembershipStore
    calendar: LiveCalendar
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int, approved_on: date) -> ActNotice | None:
        """None if the proposal is no longer waiting, or no act stands behind its change.

        Raises NotAllowedError if `by` is not an editor, CardChangedError, and ApprovalDayError.
        """
        proposal = (await self.accept.queue(by, self.clock.now())).proposal(number)
        if proposal is None:
            return None
        act = await self._act(proposal)
        present, _ = await ProposalStore(self.unit.session).standing(proposal.card.slug)
        if act is None or not may_follow_from_act(present, proposal.card):
            return None
        check_approval(approved_on, act.date, almaty_date(self.clock.now()))
        if not await self.accept(by, number):
            return None
        organisation = proposal.card.provider_organisation or await self._own(by)
        changed = {proposal.card.slug: changed_facts(present, proposal.card)}
        return await self._notice(
            by,
            act,
            ActNotice(
                event=0, organisation=organisation, act=act.key, approved_on=approved_on, changes=changed
            ),
        )

    async def _act(self, proposal: Proposal) -> Act | None:
        if proposal.act is not None or proposal.card.act is None:
            return proposal.act
        return await RegistryRepository(self.unit.session, ACTS).get(proposal.card.act)

    async def _own(self, by: int) -> str:
        held = await self.members.of_person(by)
        return next(one.organisation for one in held if one.role is Role.EDITOR)

    async def _notice(self, by: int, act: Act, new: ActNotice) -> ActNotice:
        """The organisation's notice of the act: this change joins those known already."""
        known = await self.notices.of_act(new.organisation, new.act, new.approved_on)
        if known is None:
            notice = replace(new, event=await self._start(by, act, new))
        else:
            notice = replace(known, changes=joined(known, new))
        await self.notices.keep(notice)
        return notice

    async def _start(self, by: int, act: Act, notice: ActNotice) -> int:
        now = self.clock.now()
        event = ControlEvent(
            number=0,
            organisation=notice.organisation,
            kind=EventKind.CONTACT_CENTRE,
            object=f"{act.number} {act.title.kk}"[:LONGEST_TEXT],
            planned=False,
            facts={EventFact.STARTS_ON: notice.approved_on},
        )
        event = replace(event, number=await self.events.add(event, by, now))
        await follow(self.unit.session, event, await self.calendar.current(self.unit.session), now)
        return event.number


def joined(known: ActNotice, new: ActNotice) -> dict[str, Sequence[str]]:
    """The facts changed by both, each once."""
    found = {slug: tuple(names) for slug, names in known.changes.items()}
    for slug, names in new.changes.items():
        found[slug] = tuple(dict.fromkeys((*found.get(slug, ()), *names)))
    return dict(found)
