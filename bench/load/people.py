"""What citizens and officials of a country do, each action timed separately."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from accounts.cipher import Cipher
from bench.load.crowd import BIG, FIRST_CITIZEN, FIRST_OFFICIAL, NOW, OF_BIG, TEXT, Crowd
from bot.views.complaints.notices import ComplaintNoticeRenderer
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import ChangeDraft
from complaints.actions.sending import SOON, SubmitDraft, SubmittedComplaint
from complaints.draft import Draft, TextPart
from complaints.facts import Complainant, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.numbers import ComplaintNumber
from complaints.queries.cases import CaseQueries
from complaints.queries.inbox import InboxList, InboxQueries
from complaints.queries.mine import MyComplaints
from complaints.tables import ComplaintRow
from database.engine import Database, UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations

SERVICE, REGION = "driving-licence", "almaty"
IN_LIST, ON_A_PAGE = 8, 6  # as the bot shows them
STATUS_MS, PAGE_MS, CREATING_MS = 50.0, 50.0, 150.0
_CLOCK = FixedClock(NOW)


@dataclass(slots=True, kw_only=True)
class FilledCountry:
    """A filled database, and the bot process's in-memory data for it."""

    database: Database
    crowd: Crowd
    cipher: Cipher
    calendar: LiveCalendar = field(default_factory=lambda: LiveCalendar(_CLOCK))
    catalogue: LiveCatalogue = field(default_factory=LiveCatalogue)
    texts: Translations = field(default_factory=Translations.load)

    def context(self, unit: UnitOfWork) -> ComplaintContext:
        words = ComplaintNoticeRenderer(
            texts=self.texts, catalogue=self.catalogue, clock=_CLOCK, cipher=self.cipher
        )
        return ComplaintContext(unit, self.cipher, _CLOCK, self.calendar, words)

    async def case(self, sample: int) -> tuple[int, int, ComplaintNumber]:
        """A citizen, one of their complaints, and its number."""
        row = ComplaintRow
        query = select(row.person, row.id, row.number).where(
            row.id >= 1 + sample * 7919 % self.crowd.complaints
        )
        async with self.database.session() as session:
            found = (
                await session.execute(query.where(row.person.is_not(None)).order_by(row.id).limit(1))
            ).one()
        return found.person, found.id, ComplaintNumber.of(found.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedAction:
    """`take` returns the seconds that the `sample`-th run of the action took."""

    limit_ms: float
    take: Callable[[FilledCountry, int], Awaitable[float]]


async def _timed(country: FilledCountry, action: Callable[[ComplaintContext], Awaitable[object]]) -> float:
    began = time.perf_counter()
    async with country.database.unit_of_work() as unit:
        await action(country.context(unit))
    return time.perf_counter() - began


async def _own_list(country: FilledCountry, sample: int) -> float:
    person, _, _ = await country.case(sample)

    async def look(context: ComplaintContext) -> None:
        found = await MyComplaints(context).all(person, IN_LIST)
        await MyComplaints(context).self_filed(person)
        assert found

    return await _timed(country, look)


async def _own_case(country: FilledCountry, sample: int) -> float:
    person, complaint, _ = await country.case(sample)
    return await _timed(country, lambda context: CaseQueries(context).of_person(person, complaint))


async def _by_number(country: FilledCountry, sample: int) -> float:
    person, _, number = await country.case(sample)

    async def look(context: ComplaintContext) -> None:
        case = await CaseQueries(context).by_number(person, number)
        await CaseQueries(context).of_person(person, case.id)

    return await _timed(country, look)


def _official(sample: int) -> int:
    return FIRST_OFFICIAL + sample % OF_BIG


async def _counts(country: FilledCountry, sample: int) -> float:
    return await _timed(country, lambda context: InboxQueries(context).counts(_official(sample), BIG))


async def _page(which: InboxList, country: FilledCountry, sample: int) -> float:
    return await _timed(
        country, lambda context: InboxQueries(context).page(_official(sample), BIG, which, size=ON_A_PAGE)
    )


async def _send(country: FilledCountry, sample: int) -> float:
    """From the callback to the commit, with the draft prepared; the complaint goes to the big
    organisation.
    """
    person = FIRST_CITIZEN + sample % country.crowd.citizens
    async with country.database.unit_of_work() as unit:
        draft = await ChangeDraft(country.context(unit))(person, lambda _: _draft())

    async def send(context: ComplaintContext) -> None:
        await context.complaints.earlier(person, SERVICE, BIG, context.now() - SOON)
        sent = await SubmitDraft(context)(person, draft.id)
        assert isinstance(sent, SubmittedComplaint)
        assert sent.case.organisation == BIG

    return await _timed(country, send)


def _draft() -> Draft:
    return Draft(
        service=SERVICE,
        service_known=True,
        region=REGION,
        delivery=ServiceDelivery.OFFICE,
        kind=ComplaintKind.TERM,
        parts=(TextPart(message=1, text=TEXT),),
        complainant=Complainant.NATURAL,
        name="Айгүл Серікова",
        number="010101200014",
    )


ACTIONS: dict[str, TimedAction] = {
    "own list": TimedAction(limit_ms=STATUS_MS, take=_own_list),
    "own complaint": TimedAction(limit_ms=STATUS_MS, take=_own_case),
    "own complaint by number": TimedAction(limit_ms=STATUS_MS, take=_by_number),
    "inbox: how many": TimedAction(limit_ms=PAGE_MS, take=_counts),
    **{f"inbox: {which}": TimedAction(limit_ms=PAGE_MS, take=partial(_page, which)) for which in InboxList},
    "creating": TimedAction(limit_ms=CREATING_MS, take=_send),
}
