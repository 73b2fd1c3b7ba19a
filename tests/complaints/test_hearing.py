"""The hearing before an unfavourable decision (Administrative Procedure Code Art. 73-74)."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.citizens import AddToComplaint
from complaints.decision_errors import (
    HearingHeldError,
    HearingNeededError,
    HearingOutcomeError,
    HearingRequestLateError,
    HearingWaitsError,
    OralHearingNeededError,
    ProtocolFileError,
)
from complaints.errors import AnswerReasonsError, HearingDayError
from complaints.facts import ComplaintOutcome
from complaints.hearings.actions import (
    AskOralHearing,
    ExceptHearing,
    KeepProtocol,
    NoteHearing,
    RemoveHearing,
    TellPreliminary,
)
from complaints.hearings.hearing import (
    Hearing,
    HearingForm,
    HearingGround,
    check_heard,
    decision_from,
    last_day_to_tell,
    objections_by,
    protocol_by,
    remarks_by,
)
from complaints.hearings.store import HearingStore
from complaints.lifecycle import ComplaintState
from complaints.statistics import Statistics, StatisticsSpan
from complaints.thread import MessageContent
from database.engine import Database
from deadlines.calendar import WorkCalendar
from tests.complaints.deciding import REASONS, REJECTED, SCAN, excepted, told
from tests.complaints.scenario import CITIZEN, HEAD, OFFICER, OTHER_CITIZEN, POLICE, ComplaintScenario
from tests.each import each_case

THURSDAY, WEDNESDAY = date(2026, 3, 19), date(2026, 3, 25)  # Nauryz lies between: 21-25 March are days off
PROTOCOL = MessageContent(text="Хаттама", files=[SCAN])


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


@pytest.fixture
async def police(scenario: ComplaintScenario) -> ComplaintScenario:
    await scenario.connect(POLICE)
    await scenario.staff()
    return scenario


async def hearing_of(scenario: ComplaintScenario, complaint: int) -> Hearing:
    found = await HearingStore(scenario.session).hearing(complaint)
    assert found is not None
    return found


def test_days_of_a_hearing(calendar: WorkCalendar):
    with each_case() as cases:
        for told_on, objections, decision in (
            (THURSDAY, date(2026, 3, 26), date(2026, 3, 27)),  # 20, 26 | 27 March
            (date(2026, 3, 26), date(2026, 3, 30), date(2026, 3, 31)),
            (date(2026, 3, 28), date(2026, 3, 31), date(2026, 4, 1)),  # a Saturday
            (WEDNESDAY, date(2026, 3, 27), date(2026, 3, 30)),  # a holiday
        ):
            with cases.case(told_on):
                found = objections_by(told_on, calendar), decision_from(told_on, calendar)
                assert found == (objections, decision)
        for due_on, last in (
            (date(2026, 3, 31), date(2026, 3, 26)),
            (date(2026, 4, 1), date(2026, 3, 27)),
            (date(2026, 3, 27), THURSDAY),
        ):
            with cases.case(due_on):
                assert last_day_to_tell(due_on, calendar) == last
                assert decision_from(last, calendar) == due_on
    assert protocol_by(THURSDAY, calendar) == date(2026, 3, 26)
    assert remarks_by(THURSDAY, calendar) == date(2026, 3, 27)


def test_decision_waits_for_its_hearing():
    day = date(2026, 3, 27)
    base = {
        "id": 1, "ground": None, "outcome": None, "told_on": THURSDAY, "object_by": None, "act_from": day,
        "oral_asked": False, "held_on": None, "protocol_by": None, "has_protocol": False, "remarks_by": None,
    }  # fmt: skip
    written = Hearing(form=HearingForm.WRITTEN, **base)
    asked = Hearing(form=HearingForm.WRITTEN, **base | {"oral_asked": True})
    oral = Hearing(form=HearingForm.ORAL, **base | {"oral_asked": True})
    left_out = Hearing(form=HearingForm.EXCEPTED, **base | {"act_from": None})
    expected = {
        (None, day): HearingNeededError,
        (written, date(2026, 3, 26)): HearingWaitsError,
        (written, day): None,
        (asked, day): OralHearingNeededError,
        (oral, date(2026, 3, 26)): HearingWaitsError,
        (oral, day): None,
        (left_out, THURSDAY): None,
    }
    with each_case() as cases:
        for (hearing, on), error in expected.items():
            for outcome in (ComplaintOutcome.PARTLY, ComplaintOutcome.REJECTED):
                with cases.case((hearing, on, outcome)):
                    if error is None:
                        check_heard(outcome, hearing, on, day)
                    else:
                        with pytest.raises(error):
                            check_heard(outcome, hearing, on, day)
    check_heard(ComplaintOutcome.UPHELD, None, THURSDAY, day)


async def test_rejection_is_told_before_it_is_decided(police: ComplaintScenario):
    case = await police.taken()
    answer = AnswerComplaint(police.context)
    with pytest.raises(HearingNeededError) as refused:
        await answer(OFFICER, case.id, REJECTED)
    assert refused.value.data == {"last": date(2026, 3, 26)}
    before = len(await police.notices())
    await told(police, case.id)
    assert (await police.notices())[before:] == [("preliminary", CITIZEN)]
    assert (await police.audit_log(case))[-1].what.items() >= {
        "outcome": "rejected", "told_on": "2026-03-19", "object_by": "2026-03-26", "act_from": "2026-03-27",
    }.items()  # fmt: skip
    with pytest.raises(HearingHeldError):
        await told(police, case.id)
    await AddToComplaint(police.context)(CITIZEN, case.id, MessageContent(text="Келіспеймін"))
    police.at(date(2026, 3, 26))
    with pytest.raises(HearingWaitsError):
        await answer(OFFICER, case.id, REJECTED)
    police.at(date(2026, 3, 27))
    assert (await answer(OFFICER, case.id, REJECTED)).state is ComplaintState.ANSWERED


async def test_told_at_night_counts_from_the_morning_it_is_delivered(police: ComplaintScenario):
    case = await police.taken()
    police.at(THURSDAY, 22)
    await told(police, case.id)
    assert (await hearing_of(police, case.id)).told_on == date(2026, 3, 20)


async def test_reasons_are_written(police: ComplaintScenario):
    case = await police.taken()
    await excepted(police, case.id)
    bare = ComplaintReply(outcome=ComplaintOutcome.PARTLY, content=MessageContent(files=[SCAN]))
    with pytest.raises(AnswerReasonsError):
        await AnswerComplaint(police.context)(OFFICER, case.id, bare)
    with pytest.raises(HearingOutcomeError):
        await TellPreliminary(police.context)(OFFICER, case.id, ComplaintOutcome.UPHELD, REASONS)


async def test_oral_hearing_is_asked_for_held_and_written_down(police: ComplaintScenario):
    case = await police.taken()
    await told(police, case.id)
    ask, note, keep = (action(police.context) for action in (AskOralHearing, NoteHearing, KeepProtocol))
    with pytest.raises(NotAllowedError):
        await ask(OTHER_CITIZEN, case.id)
    before = len(await police.notices())
    await ask(CITIZEN, case.id)
    assert (await police.notices())[before:] == [("oral_asked", OFFICER)]
    with pytest.raises(HearingHeldError):
        await ask(CITIZEN, case.id)
    police.at(date(2026, 3, 27))
    with pytest.raises(OralHearingNeededError):
        await AnswerComplaint(police.context)(OFFICER, case.id, REJECTED)
    for day in (date(2026, 3, 18), date(2026, 3, 28)):
        with pytest.raises(HearingDayError):
            await note(OFFICER, case.id, day)
    await note(OFFICER, case.id, date(2026, 3, 26))
    assert (await police.audit_log(case))[-1].what == {"held_on": "2026-03-26", "protocol_by": "2026-03-30"}
    with pytest.raises(HearingHeldError):
        await note(OFFICER, case.id, date(2026, 3, 26))
    with pytest.raises(ProtocolFileError):
        await keep(OFFICER, case.id, REASONS)
    await AnswerComplaint(police.context)(OFFICER, case.id, REJECTED)
    await keep(OFFICER, case.id, PROTOCOL)  # the protocol may follow the answer
    assert (await police.notices())[-1] == ("protocol", CITIZEN)
    assert (await hearing_of(police, case.id)).remarks_by == date(2026, 4, 1)


async def test_oral_hearing_is_asked_for_within_two_working_days(police: ComplaintScenario):
    case = await police.taken()
    with pytest.raises(GoneError):
        await AskOralHearing(police.context)(CITIZEN, case.id)
    await told(police, case.id)
    police.at(date(2026, 3, 27))
    with pytest.raises(HearingRequestLateError):
        await AskOralHearing(police.context)(CITIZEN, case.id)


async def test_every_exception_is_a_ground_of_its_own(police: ComplaintScenario):
    case = await police.taken()
    for place, ground in enumerate(HearingGround, start=1):
        await ExceptHearing(police.context)(OFFICER, case.id, ground)
        assert (await police.audit_log(case))[-1].what == {"ground": ground.value}
        assert ground.subparagraph == place
        with pytest.raises(HearingHeldError):
            await told(police, case.id)
        await RemoveHearing(police.context)(OFFICER, case.id)
    assert len(HearingGround) == 10
    with pytest.raises(HearingNeededError):
        await AnswerComplaint(police.context)(OFFICER, case.id, REJECTED)


async def test_removed_hearing_stays_in_the_log_and_counts_no_more(police: ComplaintScenario):
    year = StatisticsSpan(
        organisations=frozenset({POLICE}),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        as_of=police.clock.now(),
    )
    case = await police.taken()
    await told(police, case.id)
    assert await Statistics(police.session).hearings(year) == 1
    await RemoveHearing(police.context)(HEAD, case.id)
    assert await Statistics(police.session).hearings(year) == 0
    assert [one.step.value for one in await police.audit_log(case)][-2:] == [
        "tell_preliminary",
        "remove_hearing",
    ]
    await excepted(police, case.id)
    assert await Statistics(police.session).hearings(year) == 0
