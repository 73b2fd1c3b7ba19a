"""What officials do with filings, and who may."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.permissions import RIGHTS, Action
from accounts.roles import Role
from database.engine import Database
from kernel.errors import DomainError
from reminders.actions import (
    AskFilingCorrection,
    AskWaiver,
    DecideWaiver,
    FilingContext,
    ReopenFiling,
    SnoozeReminder,
    SubmitFiling,
)
from reminders.errors import (
    FilingClosedError,
    FilingDayError,
    NoDocumentError,
    NotCorrectableError,
    NotWaivedError,
    WordsTooLongError,
)
from reminders.filing import Filing, FilingState, SubmittedDocument
from reminders.schedule import SnoozeTooLateError
from reminders.settings import SetReminderSchedule, SwitchObligation
from reminders.store import FilingStore
from tests.reminders.scenario import (
    DISTRICT,
    MINISTRY,
    OBLIGATIONS,
    POLICE,
    REGION,
    ReminderScenario,
    queries_of,
)

OFFICER, HEAD = 11, 12
NUMBERED = SubmittedDocument(number="12-3/45")
TODAY = date(2026, 10, 9)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_database


async def q3(scenario: ReminderScenario, moment: str = "2026-10-09 10:00") -> Filing:
    """The ministry's 1-мқ for the third quarter, at `moment`, with an officer and a head."""
    await scenario.add_membership(OFFICER, MINISTRY)
    await scenario.add_membership(HEAD, MINISTRY, Role.HEAD)
    await scenario.tick("2026-09-07 08:00")
    await scenario.tick(moment)
    return await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")


async def submit(
    scenario: ReminderScenario, number: int, day: date = TODAY, by: int = OFFICER, **document: str
) -> Filing:
    given = SubmittedDocument(**document) if document else NUMBERED
    return await scenario.do(lambda context: SubmitFiling(context)(by, number, day, given))


async def history(scenario: ReminderScenario, number: int) -> list[tuple[str, int | None]]:
    async with scenario.database.session() as session:
        return [(one.what, one.by) for one in await FilingStore(session).history(number)]


@pytest.mark.parametrize(
    ("moment", "day", "state"),
    [
        ("2026-10-09 10:00", date(2026, 10, 9), FilingState.SUBMITTED),
        (
            "2026-10-12 10:00",
            date(2026, 10, 10),
            FilingState.SUBMITTED,
        ),  # a Saturday, in time by «кешіктірмей»
        ("2026-10-12 10:00", date(2026, 10, 12), FilingState.SUBMITTED_LATE),
    ],
)
async def test_filing_is_submitted_on_time_or_late(
    scenario: ReminderScenario, moment: str, day: date, state: FilingState
):
    filing = await q3(scenario, moment)
    done = await submit(scenario, filing.number, day, file_id="AgAD", file_name="1-mq.xlsx")
    calendar = await scenario.do(lambda context: context.calendar())
    assert done.state(day, calendar) is state
    assert (done.submitted_on, done.is_open) == (day, False)
    assert done.document == SubmittedDocument(file_id="AgAD", file_name="1-mq.xlsx")
    assert await history(scenario, filing.number) == [("submitted", OFFICER)]
    with pytest.raises(FilingClosedError):
        await submit(scenario, filing.number)


@pytest.mark.parametrize(
    ("day", "document", "error"),
    [
        (date(2026, 10, 10), NUMBERED, FilingDayError),  # tomorrow
        (date(1999, 1, 1), NUMBERED, FilingDayError),
        (TODAY, SubmittedDocument(), NoDocumentError),
        (TODAY, SubmittedDocument(number=""), NoDocumentError),
        (TODAY, SubmittedDocument(number="9" * 501), WordsTooLongError),
    ],
)
async def test_invalid_submission_is_rejected(
    scenario: ReminderScenario, day: date, document: SubmittedDocument, error: type[DomainError]
):
    filing = await q3(scenario)
    with pytest.raises(error):
        await scenario.do(lambda context: SubmitFiling(context)(OFFICER, filing.number, day, document))
    assert (await scenario.filing(MINISTRY, "form.1-mq", "2026Q3")).is_open


async def test_head_decides_a_waiver(scenario: ReminderScenario):
    filing = await q3(scenario)
    with pytest.raises(NotWaivedError):
        await scenario.do(lambda context: DecideWaiver(context)(HEAD, filing.number, accept=True))
    asked = await scenario.do(
        lambda context: AskWaiver(context)(OFFICER, filing.number, " біз  көрсетпейміз ")
    )
    assert (asked.is_open, asked.waiver_asked_by, asked.waiver_why) == (True, OFFICER, "біз көрсетпейміз")
    with pytest.raises(NotAllowedError):
        await scenario.do(lambda context: DecideWaiver(context)(OFFICER, filing.number, accept=True))
    refused = await scenario.do(lambda context: DecideWaiver(context)(HEAD, filing.number, accept=False))
    assert (refused.is_open, refused.waiver_asked_by) == (True, None)
    await scenario.do(lambda context: AskWaiver(context)(OFFICER, filing.number, "қайта"))
    waived = await scenario.do(lambda context: DecideWaiver(context)(HEAD, filing.number, accept=True))
    assert waived.is_waived
    lines = [line for one in await scenario.tick("2026-10-12 09:00") for line in one.lines]
    assert not any("form.1-mq" in line for line in lines)
    actions = [what for what, _ in await history(scenario, filing.number)]
    assert actions == ["waiver_asked", "waiver_refused", "waiver_asked", "waived"]


async def test_head_waives_at_once_and_reopens(scenario: ReminderScenario):
    filing = await q3(scenario)
    assert (await scenario.do(lambda context: AskWaiver(context)(HEAD, filing.number, "жоқ"))).is_waived
    opened = await scenario.do(lambda context: ReopenFiling(context)(HEAD, filing.number))
    assert (opened.is_open, opened.waiver_why) == (True, None)
    assert [one.to for one in await scenario.tick("2026-10-12 09:00")] == [OFFICER, HEAD]


@pytest.mark.parametrize("words", ["", "   ", "а" * 501])
async def test_reason_length_is_limited(scenario: ReminderScenario, words: str):
    filing = await q3(scenario)
    with pytest.raises(WordsTooLongError):
        await scenario.do(lambda context: AskWaiver(context)(OFFICER, filing.number, words))


async def test_correction_is_due_with_the_fourth_quarter(scenario: ReminderScenario):
    filing = await q3(scenario)

    async def ask(context: FilingContext) -> Filing:
        return await AskFilingCorrection(context, OBLIGATIONS)(OFFICER, filing.number)

    with pytest.raises(NotCorrectableError):
        await scenario.do(ask)
    await submit(scenario, filing.number)
    correction = await scenario.do(ask)
    assert (correction.corrects, correction.occasion) == (filing.number, f"correction/{filing.number}")
    assert correction.dates.named_on == date(2027, 1, 10)
    assert (await scenario.do(ask)).number == correction.number  # idempotent
    with pytest.raises(NotCorrectableError):
        await scenario.do(
            lambda context: AskFilingCorrection(context, OBLIGATIONS)(OFFICER, correction.number)
        )
    lines = [line for reminder in await scenario.tick("2027-01-08 09:00") for line in reminder.lines]
    assert any(f"correction/{filing.number}" in line for line in lines)


ATTEMPTS: dict[str, tuple[Action, Callable[[FilingContext, int, int], Awaitable[Any]]]] = {
    "submit": (Action.FILE, lambda context, by, number: SubmitFiling(context)(by, number, TODAY, NUMBERED)),
    "put off": (Action.FILE, lambda context, by, number: SnoozeReminder(context)(by, number, 1)),
    "ask": (Action.FILE, lambda context, by, number: AskWaiver(context)(by, number, "жоқ")),
    "decide": (
        Action.LEAD_FILINGS,
        lambda context, by, number: DecideWaiver(context)(by, number, accept=False),
    ),
    "set the ladder": (
        Action.LEAD_FILINGS,
        lambda context, by, _: SetReminderSchedule(context)(by, REGION, "5 09:00"),
    ),
    "switch": (
        Action.SWITCH_OBLIGATIONS,
        lambda context, by, _: SwitchObligation(context, OBLIGATIONS)(by, "assessment.standards", is_on=True),
    ),
    "see": (Action.SEE_FILINGS, lambda context, by, number: queries_of(context).get(by, number)),
}


ALLOWED_ALL_THE_SAME = (
    SnoozeTooLateError,
    NotWaivedError,
    FilingClosedError,
    FilingDayError,
)  # the right existed


@pytest.mark.parametrize("role", [*Role, None])
async def test_actions_of_each_role_at_home_and_elsewhere(
    sqlite_scenario: ReminderScenario, role: Role | None
):
    scenario = sqlite_scenario
    await scenario.tick("2026-10-01 10:00")
    for person, place in ((1, DISTRICT), (2, REGION), (3, POLICE)):
        if role is not None:
            await scenario.add_membership(person, place, role)
    found = {}
    for name, (action, attempt) in ATTEMPTS.items():
        for person, place in ((1, "below"), (2, "own"), (3, "elsewhere")):
            number = (await scenario.filing(REGION, "form.2-mq", "2026Q3")).number
            async with scenario.context() as context:
                try:
                    await attempt(context, person, number)
                except NotAllowedError:
                    found[name, place] = False
                except ALLOWED_ALL_THE_SAME:
                    found[name, place] = True
                else:
                    found[name, place] = True
            anywhere = RIGHTS.get((action, role)) if role else None  # type: ignore[arg-type]
            own = anywhere is not None and (place == "own" or anywhere.value == "anywhere")
            assert found[name, place] is own, (name, place)


async def test_head_sees_subordinate_organisations_only(scenario: ReminderScenario):
    await scenario.tick("2026-10-01 10:00")
    await scenario.add_membership(HEAD, REGION, Role.HEAD)
    await scenario.add_membership(OFFICER, DISTRICT)
    days = (date(2026, 10, 1), date(2026, 12, 31))
    found = await scenario.do(lambda context: queries_of(context).overview(HEAD, REGION, *days))
    assert list(found.organisations) == [REGION, DISTRICT]
    assert {code: len(filings) for code, filings in found.filings.items()} == {REGION: 4, DISTRICT: 4}
    own = await scenario.do(lambda context: queries_of(context).overview(OFFICER, DISTRICT, *days))
    assert list(own.organisations) == [DISTRICT]
    with pytest.raises(NotAllowedError):
        await scenario.do(lambda context: queries_of(context).overview(OFFICER, REGION, *days))


async def test_missing_filing_is_gone(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    for action in (SnoozeReminder, AskWaiver):
        with pytest.raises(GoneError):
            await scenario.do(
                lambda context, action=action: action(context)(
                    OFFICER, 404, "x" if action is AskWaiver else 1
                )
            )
