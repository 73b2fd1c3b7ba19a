"""Sending a draft: it is registered with whoever is connected, once, or nothing is registered at all."""

from dataclasses import dataclass

from accounts.cipher import Cipher
from accounts.errors import GoneError
from complaints.actions.desk import Desk, citizen
from complaints.actions.drafting import check_consent, check_taking
from complaints.actions.registration import Content, New, register
from complaints.case import Case, case_of
from complaints.draft import Draft, check_complete
from complaints.drafts import ClosedDraft, DraftStore
from complaints.errors import TooManyComplaintsError
from complaints.facts import SOURCE_OF, Origin
from complaints.queries.routes import RouteQueries
from complaints.routing import Goes, NotConnected, PlaceNeeded
from complaints.store import AttachmentStore
from database.atomic import atomic

MOST_A_DAY = 5


@dataclass(frozen=True, slots=True)
class DailyLimit:
    """How many complaints one person sends on one day in Asia/Almaty."""

    most: int = MOST_A_DAY


_USUAL = DailyLimit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The complaint that the draft has become; `anew` is False where an earlier press sent it already."""

    case: Case
    anew: bool


@dataclass(frozen=True, slots=True)
class SendDraft:
    """A second press of the same draft answers with the same complaint.

    Of one person's drafts only one is sent at a time: he has one, and it is locked.
    """

    desk: Desk
    limit: DailyLimit = _USUAL

    @atomic
    async def __call__(self, by: int, draft: int) -> Sent | NotConnected | PlaceNeeded:
        """Nothing is registered, and the draft stays, where nobody is connected or the place is needed.

        Raises ConsentNeededError, DraftIncompleteError, GoneError (no such draft of this person),
        TooManyComplaintsError, ComplaintsOffError, OutOfCalendarError.
        """
        drafts = DraftStore(self.desk.session, self.desk.cipher)
        row = await drafts.lock(by)
        if row is None or row.id != draft:
            return await self._sent_already(by, draft)
        await check_consent(self.desk, by)
        told = drafts.read(row)
        check_complete(told)
        route = await RouteQueries.stored(self.desk.session).of_draft(told)
        if not isinstance(route, Goes):
            return route
        await check_taking(self.desk)
        await self._check_day(by)
        case = await self._register(row, told, route)
        await drafts.drop(row)
        return Sent(case=case, anew=True)

    async def _sent_already(self, by: int, draft: int) -> Sent:
        found = await self.desk.complaints.of_draft(draft)
        if found is None or found.person != by:
            raise GoneError
        return Sent(case=case_of(found), anew=False)

    async def _check_day(self, by: int) -> None:
        """What goes on before another body is no new complaint. Raises TooManyComplaintsError."""
        if await self.desk.complaints.count_begun(by, self.desk.today()) >= self.limit.most:
            raise TooManyComplaintsError(most=self.limit.most)

    async def _register(self, row: ClosedDraft, draft: Draft, route: Goes) -> Case:
        complaint = await register(self.desk, self._new(row, draft, route), citizen(row.person))
        await AttachmentStore(self.desk.session).move_to_complaint(row.id, complaint.id)
        return case_of(complaint)

    def _new(self, row: ClosedDraft, draft: Draft, route: Goes) -> New:
        assert draft.complainant is not None
        assert draft.delivery is not None
        assert draft.kind is not None
        return New(
            organisation=route.organisation.code,
            rule=route.rule,
            at=self.desk.now(),
            origin=Origin.CITIZEN,
            complainant=draft.complainant,
            delivery=draft.delivery,
            kind=draft.kind,
            source=SOURCE_OF[draft.complainant],
            content=content_of(draft, self.desk.cipher),
            behalf=draft.behalf,
            person=row.person,
            service=draft.service,
            region=draft.region,
            district=draft.district,
            happened_on=draft.happened_on,
            draft=row.id,
        )


def content_of(draft: Draft, cipher: Cipher) -> Content:
    """The draft's values and text, encrypted."""

    def closed(value: str | None) -> str | None:
        return cipher.close(value) if value else None

    return Content(
        name=closed(draft.name),
        iin=closed(draft.number),
        phone=closed(draft.phone),
        represented=closed(draft.represented),
        text=closed(draft.text),
    )
