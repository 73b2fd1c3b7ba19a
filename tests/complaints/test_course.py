"""A complaint's course between citizen and officials: who may do what, and who is notified."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.membership import NotAMemberError
from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.citizens import (
    AddToComplaint,
    MarkSolved,
    WithdrawComplaint,
)
from complaints.actions.rating import RateComplaint
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.actions.working import AskCitizen, CorrectComplaint
from complaints.draft import LONGEST_TEXT
from complaints.errors import (
    AlreadyAssignedError,
    AnswerEmptyError,
    IllegalTransitionError,
    MessageEmptyError,
    NotAssigneeError,
    StarsError,
    TextTooLongError,
    TooManyFilesError,
)
from complaints.facts import ComplaintOutcome, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.queries.cases import CaseQueries, LookedAt
from complaints.thread import MessageContent, MessageKind
from tests.complaints.deciding import excepted
from tests.complaints.scenario import (
    AGENT,
    CITIZEN,
    COLLEAGUE,
    HEAD,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    TEXT,
    ComplaintScenario,
)
from tests.complaints.test_sending import file

LONG = "x" * (LONGEST_TEXT + 1)
WORDS = MessageContent(text="Қосымша мәлімет")


async def notices_since(scenario: ComplaintScenario, since: int) -> list[tuple[str, int]]:
    return (await scenario.notices())[since:]


async def test_taking_is_idempotent_and_notifies_once(police: ComplaintScenario):
    case = await police.sent()
    before = len(await police.notices())
    taken = await TakeComplaint(police.context)(OFFICER, case.id)
    assert (taken.state, taken.assignee) == (ComplaintState.IN_WORK, OFFICER)
    assert await TakeComplaint(police.context)(OFFICER, case.id) == taken
    with pytest.raises(AlreadyAssignedError):
        await TakeComplaint(police.context)(COLLEAGUE, case.id)
    assert (await TakeComplaint(police.context)(HEAD, case.id)).assignee == HEAD  # the head reassigns
    assert await notices_since(police, before) == [("taken", CITIZEN), ("taken_away", OFFICER)]


async def test_head_assigns_within_the_organisation(police: ComplaintScenario):
    case = await police.sent()
    before = len(await police.notices())
    for nobody_here in (AGENT, OTHER_CITIZEN):
        with pytest.raises(NotAMemberError):
            await AssignComplaint(police.context)(HEAD, case.id, nobody_here)
    with pytest.raises(NotAllowedError):
        await AssignComplaint(police.context)(OFFICER, case.id, COLLEAGUE)
    assigned = await AssignComplaint(police.context)(HEAD, case.id, COLLEAGUE)
    assert (assigned.state, assigned.assignee) == (ComplaintState.IN_WORK, COLLEAGUE)
    assert await notices_since(police, before) == [("assigned", COLLEAGUE), ("taken", CITIZEN)]


async def test_question_keeps_the_term_and_answer_reaches_the_assignee(police: ComplaintScenario):
    case = await police.taken()
    before = len(await police.notices())
    asked = await AskCitizen(police.context)(OFFICER, case.id, MessageContent(text="Өтініш нөмірі қандай?"))
    assert (asked.state, asked.due_on) == (ComplaintState.INFORMATION_ASKED, case.due_on)
    given = await AddToComplaint(police.context)(
        CITIZEN, case.id, MessageContent(text="Міне", files=[file()])
    )
    assert (given.state, given.due_on) == (ComplaintState.IN_WORK, case.due_on)
    added = await AddToComplaint(police.context)(CITIZEN, case.id, WORDS)
    assert added.state is ComplaintState.IN_WORK
    assert await notices_since(police, before) == [("asked", CITIZEN), ("added", OFFICER), ("added", OFFICER)]
    full = await CaseQueries(police.context).look(OFFICER, case.id, LookedAt.WORDS)
    assert full.text == TEXT
    assert [(one.message_kind, one.text, one.by_citizen) for one in full.thread] == [
        (MessageKind.QUESTION, "Өтініш нөмірі қандай?", False),
        (MessageKind.ADDITION, "Міне", True),
        (MessageKind.ADDITION, "Қосымша мәлімет", True),
    ]
    assert [one.name for one in full.thread[1].files] == [file().name]
    steps = [one.step for one in await police.audit_log(case)]
    assert steps == [
        LifecycleStep.REGISTER,
        LifecycleStep.TAKE,
        LifecycleStep.ASK,
        LifecycleStep.GIVE,
        LifecycleStep.ADD,
    ]


async def test_addition_to_unassigned_complaint_reaches_the_head(police: ComplaintScenario):
    case = await police.sent()
    before = len(await police.notices())
    await AddToComplaint(police.context)(CITIZEN, case.id, WORDS)
    assert await notices_since(police, before) == [("added", HEAD)]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (MessageContent(), MessageEmptyError),
        (MessageContent(text=" \n"), MessageEmptyError),
        (MessageContent(text=LONG), TextTooLongError),
        (MessageContent(files=[file(number) for number in range(11)]), TooManyFilesError),
    ],
)
async def test_message_needs_text_or_files_within_limits(
    police: ComplaintScenario, words: MessageContent, error: type[Exception]
):
    case = await police.taken()
    with pytest.raises(error):
        await AddToComplaint(police.context)(CITIZEN, case.id, words)
    with pytest.raises(error):
        await AskCitizen(police.context)(OFFICER, case.id, words)


async def test_complaint_is_answered_solved_and_rated(police: ComplaintScenario):
    case = await police.taken()
    await excepted(police, case.id)
    before = len(await police.notices())
    reply = ComplaintReply(
        outcome=ComplaintOutcome.PARTLY,
        content=MessageContent(text="Қаралды"),
        restored=True,
        how="Куәлік берілді",
    )
    answered = await AnswerComplaint(police.context)(OFFICER, case.id, reply)
    assert (answered.state, answered.outcome, answered.restored) == (
        ComplaintState.ANSWERED,
        ComplaintOutcome.PARTLY,
        True,
    )
    assert (answered.answered_on, answered.is_open) == (date(2026, 3, 19), False)
    assert await notices_since(police, before) == [("answered", CITIZEN)]
    full = await CaseQueries(police.context).of_person(CITIZEN, case.id)
    assert [(one.message_kind, one.text) for one in full.thread] == [
        (MessageKind.ANSWER, "Қаралды"),
        (MessageKind.RESTORED, "Куәлік берілді"),
    ]
    with pytest.raises(StarsError):
        await RateComplaint(police.context)(CITIZEN, case.id, 6)
    await RateComplaint(police.context)(CITIZEN, case.id, 3, "баяу")
    assert (await MarkSolved(police.context)(CITIZEN, case.id)).state is ComplaintState.SOLVED
    await RateComplaint(police.context)(CITIZEN, case.id, 5)  # a second rating replaces the first
    assert (await CaseQueries(police.context).of_person(CITIZEN, case.id)).stars == 5


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (ComplaintReply(outcome=ComplaintOutcome.UPHELD, content=MessageContent()), MessageEmptyError),
        (ComplaintReply(outcome=ComplaintOutcome.UPHELD, content=WORDS, restored=True), AnswerEmptyError),
        (
            ComplaintReply(
                outcome=ComplaintOutcome.UPHELD, content=WORDS, restored=True, how="x" * (LONGEST_TEXT + 1)
            ),
            TextTooLongError,
        ),
    ],
)
async def test_empty_answer_is_rejected(
    police: ComplaintScenario, reply: ComplaintReply, error: type[Exception]
):
    case = await police.taken()
    with pytest.raises(error):
        await AnswerComplaint(police.context)(OFFICER, case.id, reply)
    assert (await police.again(case)).state is ComplaintState.IN_WORK


async def test_only_the_citizen_withdraws_and_it_is_final(police: ComplaintScenario):
    case = await police.taken()
    with pytest.raises(NotAllowedError):
        await WithdrawComplaint(police.context)(OTHER_CITIZEN, case.id)
    before = len(await police.notices())
    assert (await WithdrawComplaint(police.context)(CITIZEN, case.id)).state is ComplaintState.WITHDRAWN
    assert await notices_since(police, before) == [("withdrawn", OFFICER)]
    for late in (
        WithdrawComplaint(police.context)(CITIZEN, case.id),
        AddToComplaint(police.context)(CITIZEN, case.id, WORDS),
    ):
        with pytest.raises(IllegalTransitionError):
            await late
    with pytest.raises(IllegalTransitionError):
        await police.answer(case)


async def test_only_assignee_and_head_work_on_a_complaint(police: ComplaintScenario):
    case = await police.taken()
    with pytest.raises(NotAssigneeError):
        await AskCitizen(police.context)(COLLEAGUE, case.id, WORDS)
    with pytest.raises(NotAssigneeError):
        await police.answer(case, by=COLLEAGUE)
    assert (await police.answer(case, by=HEAD)).state is ComplaintState.ANSWERED


async def test_official_corrects_form_classification(police: ComplaintScenario):
    case = await police.answered()
    corrected = await CorrectComplaint(police.context)(
        OFFICER, case.id, kind=ComplaintKind.REFUSAL, service=OF_AKIMAT, delivery=ServiceDelivery.CORPORATION
    )
    assert (corrected.kind, corrected.service, corrected.delivery) == (
        ComplaintKind.REFUSAL,
        OF_AKIMAT,
        ServiceDelivery.CORPORATION,
    )
    with pytest.raises(GoneError):
        await CorrectComplaint(police.context)(OFFICER, case.id, service="no-such-service")


async def test_missing_complaint_is_gone(police: ComplaintScenario):
    for action in (
        TakeComplaint(police.context)(OFFICER, 10**9),
        WithdrawComplaint(police.context)(CITIZEN, 10**9),
    ):
        with pytest.raises(GoneError):
            await action
