"""What officials do with filings, and who may: on both databases."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.permissions import RIGHTS, Action
from accounts.roles import Role
from database.engine import Database
from deadlines.errors import DomainError
from reminders.actions import AskCorrection, AskWaiver, DecideWaiver, Desk, Reopen, Snooze, Submit
from reminders.addresses import AddressStore, NewAddress
from reminders.errors import (
    FilingClosedError,
    FilingDayError,
    NoDocumentError,
    NotCorrectableError,
    NotWaivedError,
    ObligationInForceError,
    WordsTooLongError,
)
from reminders.filing import Document, Filing, State
from reminders.ladder import Ladder, LadderRefusedError, SnoozeTooLateError
from reminders.settings import SetLadder, SwitchObligation, read_ladder
from reminders.store import FilingStore
from tests.reminders.office import DISTRICT, MINISTRY, OBLIGATIONS, POLICE, REGION, Town, queries_of

OFFICER, HEAD = 11, 12
NUMBERED = Document(number="12-3/45")
TODAY = date(2026, 10, 9)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


async def q3(office: Town, moment: str = "2026-10-09 10:00") -> Filing:
    """The ministry's 1-мқ for the third quarter, at `moment`, with an officer and a head there."""
    await office.seat(OFFICER, MINISTRY)
    await office.seat(HEAD, MINISTRY, Role.HEAD)
    await office.tick("2026-09-07 08:00")
    await office.tick(moment)
    return await office.filing(MINISTRY, "form.1-mq", "2026Q3")


async def submit(office: Town, number: int, day: date = TODAY, by: int = OFFICER, **document: str) -> Filing:
    given = Document(**document) if document else NUMBERED
    return await office.do(lambda desk: Submit(desk)(by, number, day, given))


async def trail(office: Town, number: int) -> list[tuple[str, int | None]]:
    async with office.database.session() as session:
        return [(one.what, one.by) for one in await FilingStore(session).trail(number)]


@pytest.mark.parametrize(
    ("moment", "day", "state"),
    [
        ("2026-10-09 10:00", date(2026, 10, 9), State.SUBMITTED),
        ("2026-10-12 10:00", date(2026, 10, 10), State.SUBMITTED),  # a Saturday, in time by «кешіктірмей»
        ("2026-10-12 10:00", date(2026, 10, 12), State.SUBMITTED_LATE),
    ],
)
async def test_a_filing_is_submitted_in_time_or_late(office: Town, moment: str, day: date, state: State):
    filing = await q3(office, moment)
    done = await submit(office, filing.number, day, file_id="AgAD", file_name="1-mq.xlsx")
    calendar = await office.do(lambda desk: desk.calendar())
    assert done.state(day, calendar) is state
    assert (done.submitted_on, done.is_open) == (day, False)
    assert done.document == Document(file_id="AgAD", file_name="1-mq.xlsx")
    assert await trail(office, filing.number) == [("submitted", OFFICER)]
    with pytest.raises(FilingClosedError):
        await submit(office, filing.number)


@pytest.mark.parametrize(
    ("day", "document", "error"),
    [
        (date(2026, 10, 10), NUMBERED, FilingDayError),  # tomorrow
        (date(1999, 1, 1), NUMBERED, FilingDayError),
        (TODAY, Document(), NoDocumentError),
        (TODAY, Document(number=""), NoDocumentError),
        (TODAY, Document(number="9" * 501), WordsTooLongError),
    ],
)
async def test_what_cannot_be_is_refused(
    office: Town, day: date, document: Document, error: type[DomainError]
):
    filing = await q3(office)
    with pytest.raises(error):
        await office.do(lambda desk: Submit(desk)(OFFICER, filing.number, day, document))
    assert (await office.filing(MINISTRY, "form.1-mq", "2026Q3")).is_open


async def test_a_waiver_is_decided_by_the_head(office: Town):
    filing = await q3(office)
    with pytest.raises(NotWaivedError):
        await office.do(lambda desk: DecideWaiver(desk)(HEAD, filing.number, accept=True))
    asked = await office.do(lambda desk: AskWaiver(desk)(OFFICER, filing.number, " біз  көрсетпейміз "))
    assert (asked.is_open, asked.waiver_asked_by, asked.waiver_why) == (True, OFFICER, "біз көрсетпейміз")
    with pytest.raises(NotAllowedError):
        await office.do(lambda desk: DecideWaiver(desk)(OFFICER, filing.number, accept=True))
    refused = await office.do(lambda desk: DecideWaiver(desk)(HEAD, filing.number, accept=False))
    assert (refused.is_open, refused.waiver_asked_by) == (True, None)
    await office.do(lambda desk: AskWaiver(desk)(OFFICER, filing.number, "қайта"))
    waived = await office.do(lambda desk: DecideWaiver(desk)(HEAD, filing.number, accept=True))
    assert waived.is_waived
    told = [line for one in await office.tick("2026-10-12 09:00") for line in one.lines]
    assert not any("form.1-mq" in line for line in told)
    deeds = [what for what, _ in await trail(office, filing.number)]
    assert deeds == ["waiver_asked", "waiver_refused", "waiver_asked", "waived"]


async def test_a_head_waives_at_once_and_opens_again(office: Town):
    filing = await q3(office)
    assert (await office.do(lambda desk: AskWaiver(desk)(HEAD, filing.number, "жоқ"))).is_waived
    opened = await office.do(lambda desk: Reopen(desk)(HEAD, filing.number))
    assert (opened.is_open, opened.waiver_why) == (True, None)
    assert [one.to for one in await office.tick("2026-10-12 09:00")] == [OFFICER, HEAD]


@pytest.mark.parametrize("words", ["", "   ", "а" * 501])
async def test_a_reason_has_words_and_not_too_many(office: Town, words: str):
    filing = await q3(office)
    with pytest.raises(WordsTooLongError):
        await office.do(lambda desk: AskWaiver(desk)(OFFICER, filing.number, words))


async def test_a_submitted_report_is_corrected_with_the_fourth_quarter_s(office: Town):
    filing = await q3(office)

    async def ask(desk: Desk) -> Filing:
        return await AskCorrection(desk, OBLIGATIONS)(OFFICER, filing.number)

    with pytest.raises(NotCorrectableError):
        await office.do(ask)
    await submit(office, filing.number)
    correction = await office.do(ask)
    assert (correction.corrects, correction.occasion) == (filing.number, f"correction/{filing.number}")
    assert correction.dates.named_on == date(2027, 1, 10)
    assert (await office.do(ask)).number == correction.number  # asked for twice, it is the same
    with pytest.raises(NotCorrectableError):
        await office.do(lambda desk: AskCorrection(desk, OBLIGATIONS)(OFFICER, correction.number))
    lines = [line for told in await office.tick("2027-01-08 09:00") for line in told.lines]
    assert any(f"correction/{filing.number}" in line for line in lines)


async def test_an_own_ladder_is_kept_to(office: Town):
    await office.seat(OFFICER, MINISTRY)
    await office.seat(HEAD, MINISTRY, Role.HEAD)
    await office.tick("2026-09-07 08:00")
    set_ladder = await office.do(lambda desk: SetLadder(desk)(HEAD, MINISTRY, "7, 2 14:30"))
    assert set_ladder == Ladder(days=(7, 2), at=set_ladder.at)
    told = []
    for day in (25, 30):
        for hour in ("09:00", "14:30"):
            found = await office.tick(f"2026-09-{day} {hour}")
            told += [f"{day} {hour}" for one in found for line in one.lines if "form.1-mq 2026Q3" in line]
    assert told == ["30 14:30"]  # seven working days before the 9th of October


@pytest.mark.parametrize(
    "text", ["", "abc", "3 5", "10 5 08:59", "10 5 18:30", "70", "5 25:00", "1 09:00 10:00"]
)
def test_no_other_words_are_a_ladder(text: str):
    with pytest.raises(LadderRefusedError):
        read_ladder(text)


async def test_what_is_repealed_is_off_until_an_administrator_turns_it_on(office: Town):
    await office.seat(OFFICER, MINISTRY, Role.ADMINISTRATOR)
    code = "assessment.standards"
    bound = OBLIGATIONS[code].model_copy(
        update={"binds": (OBLIGATIONS["form.1-mq"].binds[0],)}
    )  # of a ministry of the tests
    office.obligations = {**OBLIGATIONS, code: bound}
    await office.tick()
    assert await office.filings(MINISTRY, code) == []
    switch = lambda is_on: office.do(  # noqa: E731
        lambda desk: SwitchObligation(desk, OBLIGATIONS)(OFFICER, code, is_on=is_on)
    )
    await switch(True)
    await office.tick()
    assert [one.occasion for one in await office.filings(MINISTRY, code)] == ["2026"]
    with pytest.raises(ObligationInForceError):
        await office.do(lambda desk: SwitchObligation(desk, OBLIGATIONS)(OFFICER, "form.1-mq", is_on=False))


async def test_an_address_opens_for_its_owner_until_it_is_changed(office: Town):
    await office.seat(OFFICER, MINISTRY)

    async def new(desk: Desk) -> str:
        return await NewAddress(desk, AddressStore(desk.unit.session))(OFFICER)

    first, second = await office.do(new), await office.do(new)
    async with office.database.session() as session:
        store = AddressStore(session)
        assert [await store.owner(token) for token in (first, second, "", "x" * 500)] == [
            None,
            OFFICER,
            None,
            None,
        ]
    with pytest.raises(NotAllowedError):
        await office.do(lambda desk: NewAddress(desk, AddressStore(desk.unit.session))(999))


DEEDS: dict[str, tuple[Action, Callable[[Desk, int, int], Awaitable[Any]]]] = {
    "submit": (Action.FILE, lambda desk, by, number: Submit(desk)(by, number, TODAY, NUMBERED)),
    "put off": (Action.FILE, lambda desk, by, number: Snooze(desk)(by, number, 1)),
    "ask": (Action.FILE, lambda desk, by, number: AskWaiver(desk)(by, number, "жоқ")),
    "decide": (
        Action.LEAD_FILINGS,
        lambda desk, by, number: DecideWaiver(desk)(by, number, accept=False),
    ),
    "set the ladder": (Action.LEAD_FILINGS, lambda desk, by, _: SetLadder(desk)(by, REGION, "5 09:00")),
    "switch": (
        Action.SWITCH_OBLIGATIONS,
        lambda desk, by, _: SwitchObligation(desk, OBLIGATIONS)(by, "assessment.standards", is_on=True),
    ),
    "see": (Action.SEE_FILINGS, lambda desk, by, number: queries_of(desk).get(by, number)),
}
ALLOWED_ALL_THE_SAME = (
    SnoozeTooLateError,
    NotWaivedError,
    FilingClosedError,
    FilingDayError,
)  # the right was there


@pytest.mark.parametrize("role", [*Role, None])
async def test_every_deed_by_every_role_in_its_place_and_elsewhere(sqlite_office: Town, role: Role | None):
    office = sqlite_office
    await office.tick("2026-10-01 10:00")
    for person, place in ((1, DISTRICT), (2, REGION), (3, POLICE)):
        if role is not None:
            await office.seat(person, place, role)
    found = {}
    for name, (action, deed) in DEEDS.items():
        for person, place in ((1, "below"), (2, "own"), (3, "elsewhere")):
            number = (await office.filing(REGION, "form.2-mq", "2026Q3")).number
            async with office.desk() as desk:
                try:
                    await deed(desk, person, number)
                except NotAllowedError:
                    found[name, place] = False
                except ALLOWED_ALL_THE_SAME:
                    found[name, place] = True
                else:
                    found[name, place] = True
            anywhere = RIGHTS.get((action, role)) if role else None  # type: ignore[arg-type]
            own = anywhere is not None and (place == "own" or anywhere.value == "anywhere")
            assert found[name, place] is own, (name, place)


async def test_a_head_sees_those_under_him_and_they_do_not_see_him(office: Town):
    await office.tick("2026-10-01 10:00")
    await office.seat(HEAD, REGION, Role.HEAD)
    await office.seat(OFFICER, DISTRICT)
    days = (date(2026, 10, 1), date(2026, 12, 31))
    found = await office.do(lambda desk: queries_of(desk).overview(HEAD, REGION, *days))
    assert list(found.organisations) == [REGION, DISTRICT]
    assert {code: len(filings) for code, filings in found.filings.items()} == {REGION: 4, DISTRICT: 4}
    own = await office.do(lambda desk: queries_of(desk).overview(OFFICER, DISTRICT, *days))
    assert list(own.organisations) == [DISTRICT]
    with pytest.raises(NotAllowedError):
        await office.do(lambda desk: queries_of(desk).overview(OFFICER, REGION, *days))


async def test_what_is_not_there_is_gone(office: Town):
    await office.seat(OFFICER, MINISTRY)
    for deed in (Snooze, AskWaiver):
        with pytest.raises(GoneError):
            await office.do(lambda desk, deed=deed: deed(desk)(OFFICER, 404, "x" if deed is AskWaiver else 1))
