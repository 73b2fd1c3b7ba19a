"""Every action by every role, in one's own organisation and in another: what the table allows, no more.

What is refused leaves nothing behind.
"""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy import select

from accounts.errors import GoneError, NotAllowedError
from accounts.roles import Role
from complaints.actions.answering import Answer, Close, Reply
from complaints.actions.citizens import AddToComplaint, GoToAgency, Rate, SayNotSolved, SaySolved, Withdraw
from complaints.actions.extending import AskExtension, DecideExtension, TellExtension
from complaints.actions.passing import PassOn
from complaints.actions.taking import Assign, Take
from complaints.actions.working import AskCitizen, Correct, NoteHearing
from complaints.errors import HeldAlreadyError, NotHolderError
from complaints.facts import ExtensionReason, Outcome
from complaints.kinds.kind import Kind
from complaints.queries.cases import CaseQueries
from complaints.queries.inbox import InboxQueries, List
from complaints.tables import ComplaintRow, MessageRow, TrailRow
from complaints.talk import Words
from database.engine import Database
from deadlines.errors import DomainError
from messaging.outbox.tables import OutboxRow
from tests.complaints.hall import AGENCY_BODY, AKIMAT, CITIZEN, HEAD, OFFICER, OTHER_CITIZEN, STRANGER, Hall

WORDS = Words(text="x")
Deed = Callable[[Hall, int, int], Awaitable[object]]
# o: officer, h: head, c: coordinator, i: inspector; of the complaint's own organisation
DEEDS: dict[str, tuple[str, Deed]] = {
    "take": ("h", lambda hall, by, case: Take(hall.desk)(by, case)),
    "assign": ("h", lambda hall, by, case: Assign(hall.desk)(by, case, OFFICER)),
    "ask": ("h", lambda hall, by, case: AskCitizen(hall.desk)(by, case, WORDS)),
    "hear": ("h", lambda hall, by, case: NoteHearing(hall.desk)(by, case, date(2026, 3, 19))),
    "correct": ("ohi", lambda hall, by, case: Correct(hall.desk)(by, case, kind=Kind.FEE)),
    "pass on": ("h", lambda hall, by, case: PassOn(hall.desk)(by, case, "police-abai", WORDS)),
    "extend": ("h", lambda hall, by, case: AskExtension(hall.desk)(by, case, 1, ExtensionReason.STUDY)),
    "answer": (
        "h",
        lambda hall, by, case: Answer(hall.desk)(by, case, Reply(outcome=Outcome.REJECTED, words=WORDS)),
    ),
    "see": ("ohci", lambda hall, by, case: CaseQueries(hall.desk).of_official(by, case)),
    "see who": ("h", lambda hall, by, case: CaseQueries(hall.desk).personal(by, case)),
    "trail": ("ohci", lambda hall, by, case: CaseQueries(hall.desk).trail(by, case)),
    "list": ("ohci", lambda hall, by, _: InboxQueries(hall.desk).page(by, AKIMAT, List.ALL)),
    "count": ("ohci", lambda hall, by, _: InboxQueries(hall.desk).counts(by, AKIMAT)),
    "enter": ("ohci", lambda hall, by, _: hall.entered(by=by, organisation=AKIMAT)),
}
BY_HEAD: dict[str, Deed] = {
    "decide": lambda hall, by, case: DecideExtension(hall.desk)(by, case, approve=True),
}
BY_CITIZEN: dict[str, Deed] = {
    "add": lambda hall, by, case: AddToComplaint(hall.desk)(by, case, WORDS),
    "withdraw": lambda hall, by, case: Withdraw(hall.desk)(by, case),
    "solved": lambda hall, by, case: SaySolved(hall.desk)(by, case),
    "not solved": lambda hall, by, case: SayNotSolved(hall.desk)(by, case),
    "agency": lambda hall, by, case: GoToAgency(hall.desk)(by, case),
    "rate": lambda hall, by, case: Rate(hall.desk)(by, case, 5),
    "see mine": lambda hall, by, case: CaseQueries(hall.desk).of_person(by, case),
}
LETTERS = {
    Role.OFFICER: "o",
    Role.HEAD: "h",
    Role.COORDINATOR: "c",
    Role.INSPECTOR: "i",
    Role.EDITOR: "e",
    Role.ADMINISTRATOR: "a",
}


@pytest.fixture
def untouched_hall(untouched_sqlite_hall: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return untouched_sqlite_hall


async def scene(hall: Hall) -> int:
    """A complaint at the akimat, held by OFFICER."""
    await hall.connect(AKIMAT, AGENCY_BODY)
    await hall.seat(OFFICER, Role.OFFICER, AKIMAT)
    hall.service = "treatment-abroad"
    return (await hall.taken()).id


async def happens(hall: Hall, deed: Deed, by: int, case: int) -> bool:
    """Whether `by` may do it; whatever it does is undone."""
    nested = await hall.session.begin_nested()
    try:
        await deed(hall, by, case)
    except (NotAllowedError, NotHolderError, HeldAlreadyError):
        return False
    else:
        return True
    finally:
        await nested.rollback()


@pytest.mark.parametrize("organisation", [AKIMAT, "akimat-almaty"])
@pytest.mark.parametrize("role", [*Role, None])
async def test_a_role_does_what_it_may_and_nothing_else(hall: Hall, role: Role | None, organisation: str):
    case = await scene(hall)
    if role is not None:
        await hall.seat(STRANGER, role, organisation)
    expected = {
        name: role is not None and LETTERS[role] in letters and organisation == AKIMAT
        for name, (letters, _) in DEEDS.items()
    }
    done = {name: await happens(hall, deed, STRANGER, case) for name, (_, deed) in DEEDS.items()}
    assert done == expected


async def test_a_coordinator_of_the_organisation_above_sees_and_does_nothing_else(hall: Hall):
    await hall.connect("police-abai")
    await hall.staff()
    case = await hall.taken()
    await hall.seat(STRANGER, Role.COORDINATOR, "ministry-internal-affairs")
    deeds = {**{name: deed for name, (_, deed) in DEEDS.items()}, **BY_HEAD}
    elsewhere = {"list", "count", "enter"}  # these name another organisation
    done = {name for name, deed in deeds.items() if await happens(hall, deed, STRANGER, case.id)}
    assert done - elsewhere == {"see", "trail"}


@pytest.mark.parametrize("by", [OFFICER, HEAD, OTHER_CITIZEN])
async def test_nobody_acts_for_the_citizen(hall: Hall, by: int):
    case = await scene(hall)
    await hall.seat(HEAD, Role.HEAD, AKIMAT)
    assert [name for name, deed in BY_CITIZEN.items() if await happens(hall, deed, by, case)] == []


async def test_a_citizen_is_no_official_of_his_own_complaint(hall: Hall):
    case = await scene(hall)
    done = [name for name, (_, deed) in DEEDS.items() if await happens(hall, deed, CITIZEN, case)]
    assert done == ["trail"]


async def test_a_number_leads_only_those_who_may_see_it(hall: Hall):
    case = await scene(hall)
    queries = CaseQueries(hall.desk)
    number = (await queries.of_person(CITIZEN, case)).case.number
    assert (await queries.by_number(CITIZEN, number)).id == case
    assert (await queries.by_number(OFFICER, number)).id == case
    with pytest.raises(GoneError):  # not even that there is one
        await queries.by_number(STRANGER, number)


REFUSED: dict[str, Deed] = {
    **{name: deed for name, (_, deed) in DEEDS.items() if name not in {"see", "trail", "list", "count"}},
    **BY_HEAD,
    **{name: deed for name, deed in BY_CITIZEN.items() if name != "see mine"},
    "close": lambda hall, by, case: Close(hall.desk)(by, case),
    "tell": lambda hall, by, case: TellExtension(hall.desk)(by, case),
}


@pytest.mark.parametrize("by", [STRANGER, OFFICER, HEAD, CITIZEN])
@pytest.mark.parametrize("state", ["open", "answered", "withdrawn"])
async def test_what_is_refused_leaves_nothing_behind(hall: Hall, by: int, state: str):
    case = await scene(hall)
    await hall.seat(HEAD, Role.HEAD, AKIMAT)
    if state == "answered":
        await hall.answer(await hall.again(await hall_case(hall, case)))
        hall.at(date(2026, 6, 1))
    if state == "withdrawn":
        await Withdraw(hall.desk)(CITIZEN, case)
    for name, deed in REFUSED.items():
        before = await everything(hall)
        nested = await hall.session.begin_nested()
        try:
            await deed(hall, by, case)
        except DomainError:
            await hall.session.flush()
            assert await everything(hall) == before, name
        await nested.rollback()


async def hall_case(hall: Hall, case: int):
    return (await CaseQueries(hall.desk).of_person(CITIZEN, case)).case


async def everything(hall: Hall) -> list[object]:
    """All that the database holds of complaints and notices."""
    found: list[object] = []
    for row in (ComplaintRow, MessageRow, TrailRow, OutboxRow):
        table = row.__table__
        found += [
            tuple(one) for one in await hall.session.execute(select(table).order_by(*table.primary_key))
        ]
    return found
