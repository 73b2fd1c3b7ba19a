"""The course of a complaint between citizen and officials: who does what, and who is told."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.membership import NotAMemberError
from complaints.actions.answering import Answer, Close, Reply
from complaints.actions.citizens import AddToComplaint, GoToAgency, Rate, SayNotSolved, SaySolved, Withdraw
from complaints.actions.taking import Assign, Take
from complaints.actions.working import AskCitizen, Correct, NoteHearing
from complaints.errors import (
    AnswerEmptyError,
    AtAgencyAlreadyError,
    HearingDayError,
    HeldAlreadyError,
    IllegalMoveError,
    MessageEmptyError,
    NotHolderError,
    OfferOverError,
    StarsError,
    TextTooLongError,
    TooManyFilesError,
)
from complaints.facts import CameBy, Delivery, Outcome
from complaints.kinds.kind import Kind
from complaints.lifecycle import State, Step
from complaints.queries.cases import CaseQueries
from complaints.routing import NotConnected
from complaints.talk import Saying, Words
from complaints.terms import Rule
from tests.complaints.hall import (
    AGENCY_BODY,
    AGENCY_HEAD,
    AGENT,
    CITIZEN,
    COLLEAGUE,
    HEAD,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    TEXT,
    Hall,
)
from tests.complaints.test_sending import file

WORDS = Words(text="Қосымша мәлімет")


@pytest.fixture
async def police(hall: Hall) -> Hall:
    """The police and the Agency's body are connected, and their people are there."""
    await hall.connect(POLICE, AGENCY_BODY)
    await hall.staff()
    return hall


async def told(hall: Hall, since: int) -> list[tuple[str, int]]:
    return (await hall.notices())[since:]


async def test_taken_once_and_the_citizen_hears_of_it_once(police: Hall):
    case = await police.sent()
    before = len(await police.notices())
    taken = await Take(police.desk)(OFFICER, case.id)
    assert (taken.state, taken.assignee) == (State.IN_WORK, OFFICER)
    assert await Take(police.desk)(OFFICER, case.id) == taken
    with pytest.raises(HeldAlreadyError):
        await Take(police.desk)(COLLEAGUE, case.id)
    assert (await Take(police.desk)(HEAD, case.id)).assignee == HEAD  # the head takes it away
    assert await told(police, before) == [("taken", CITIZEN)]


async def test_given_by_the_head_to_somebody_of_the_organisation(police: Hall):
    case = await police.sent()
    before = len(await police.notices())
    for nobody_here in (AGENT, OTHER_CITIZEN):
        with pytest.raises(NotAMemberError):
            await Assign(police.desk)(HEAD, case.id, nobody_here)
    with pytest.raises(NotAllowedError):
        await Assign(police.desk)(OFFICER, case.id, COLLEAGUE)
    assigned = await Assign(police.desk)(HEAD, case.id, COLLEAGUE)
    assert (assigned.state, assigned.assignee) == (State.IN_WORK, COLLEAGUE)
    assert await told(police, before) == [("assigned", COLLEAGUE), ("taken", CITIZEN)]


async def test_asking_does_not_stop_the_clock_and_what_is_given_reaches_the_holder(police: Hall):
    case = await police.taken()
    before = len(await police.notices())
    asked = await AskCitizen(police.desk)(OFFICER, case.id, Words(text="Өтініш нөмірі қандай?"))
    assert (asked.state, asked.due_on) == (State.INFORMATION_ASKED, case.due_on)
    given = await AddToComplaint(police.desk)(CITIZEN, case.id, Words(text="Міне", files=[file()]))
    assert (given.state, given.due_on) == (State.IN_WORK, case.due_on)
    added = await AddToComplaint(police.desk)(CITIZEN, case.id, WORDS)
    assert added.state is State.IN_WORK
    assert await told(police, before) == [("asked", CITIZEN), ("added", OFFICER), ("added", OFFICER)]
    full = await CaseQueries(police.desk).of_official(OFFICER, case.id)
    assert full.text == TEXT
    assert [(one.saying, one.text, one.by_citizen) for one in full.talk] == [
        (Saying.QUESTION, "Өтініш нөмірі қандай?", False),
        (Saying.ADDITION, "Міне", True),
        (Saying.ADDITION, "Қосымша мәлімет", True),
    ]
    assert [one.name for one in full.talk[1].files] == [file().name]
    steps = [one.step for one in await police.trail(case)]
    assert steps == [Step.REGISTER, Step.TAKE, Step.ASK, Step.GIVE, Step.ADD]


async def test_what_is_added_before_anybody_took_it_reaches_the_head(police: Hall):
    case = await police.sent()
    before = len(await police.notices())
    await AddToComplaint(police.desk)(CITIZEN, case.id, WORDS)
    assert await told(police, before) == [("added", HEAD)]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (Words(), MessageEmptyError),
        (Words(text=" \n"), MessageEmptyError),
        (Words(text="x" * 4001), TextTooLongError),
        (Words(files=[file(number) for number in range(11)]), TooManyFilesError),
    ],
)
async def test_a_message_has_words_or_files_and_not_too_many(
    police: Hall, words: Words, error: type[Exception]
):
    case = await police.taken()
    with pytest.raises(error):
        await AddToComplaint(police.desk)(CITIZEN, case.id, words)
    with pytest.raises(error):
        await AskCitizen(police.desk)(OFFICER, case.id, words)


async def test_answered_solved_and_rated(police: Hall):
    case = await police.taken()
    before = len(await police.notices())
    reply = Reply(outcome=Outcome.PARTLY, words=Words(text="Қаралды"), restored=True, how="Куәлік берілді")
    answered = await Answer(police.desk)(OFFICER, case.id, reply)
    assert (answered.state, answered.outcome, answered.restored) == (State.ANSWERED, Outcome.PARTLY, True)
    assert (answered.answered_on, answered.is_open) == (date(2026, 3, 19), False)
    assert await told(police, before) == [("answered", CITIZEN)]
    full = await CaseQueries(police.desk).of_person(CITIZEN, case.id)
    assert [(one.saying, one.text) for one in full.talk] == [
        (Saying.ANSWER, "Қаралды"),
        (Saying.RESTORED, "Куәлік берілді"),
    ]
    with pytest.raises(StarsError):
        await Rate(police.desk)(CITIZEN, case.id, 6)
    await Rate(police.desk)(CITIZEN, case.id, 3, "баяу")
    assert (await SaySolved(police.desk)(CITIZEN, case.id)).state is State.SOLVED
    await Rate(police.desk)(CITIZEN, case.id, 5)  # a second one replaces the first
    assert (await CaseQueries(police.desk).of_person(CITIZEN, case.id)).stars == 5


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(outcome=Outcome.UPHELD, words=Words()), MessageEmptyError),
        (Reply(outcome=Outcome.UPHELD, words=WORDS, restored=True), AnswerEmptyError),
        (Reply(outcome=Outcome.UPHELD, words=WORDS, restored=True, how="x" * 4001), TextTooLongError),
    ],
)
async def test_an_answer_says_something(police: Hall, reply: Reply, error: type[Exception]):
    case = await police.taken()
    with pytest.raises(error):
        await Answer(police.desk)(OFFICER, case.id, reply)
    assert (await police.again(case)).state is State.IN_WORK


async def test_not_solved_then_the_agency_and_after_it_the_court(police: Hall):
    case = await police.answered()
    before = len(await police.notices())
    refused = await SayNotSolved(police.desk)(CITIZEN, case.id, Words(text="Әлі жоқ"))
    assert refused.state is State.NOT_SOLVED
    assert await told(police, before) == [("not_solved", OFFICER)]
    following = await GoToAgency(police.desk)(CITIZEN, case.id)
    assert not isinstance(following, NotConnected)
    assert (following.organisation, following.rule, following.came_by) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        CameBy.AGENCY,
    )
    assert (following.due_on, following.previous, following.root) == (date(2026, 4, 14), case.id, case.id)
    assert following.number != case.number
    assert await told(police, before) == [("not_solved", OFFICER), ("new", AGENT), ("new", AGENCY_HEAD)]
    assert await GoToAgency(police.desk)(CITIZEN, case.id) == following  # a second press
    full = await CaseQueries(police.desk).of_official(AGENT, following.id)
    assert full.text == TEXT
    assert [one.text for one in full.talk] == ["Шағымыңыз қаралды", "Әлі жоқ"]  # it sees what was said before
    assert [one.id for one in full.chain] == [case.id, following.id]
    await Take(police.desk)(AGENT, following.id)
    await police.answer(following, by=AGENT)
    await SayNotSolved(police.desk)(CITIZEN, following.id)
    with pytest.raises(AtAgencyAlreadyError):  # after it the way is to court
        await GoToAgency(police.desk)(CITIZEN, following.id)


async def test_the_agency_may_be_gone_to_while_the_first_body_is_late_and_that_body_still_owes_an_answer(
    police: Hall,
):
    case = await police.taken()
    police.at(date(2026, 4, 2))
    following = await GoToAgency(police.desk)(CITIZEN, case.id)
    assert not isinstance(following, NotConnected)
    assert following.registered_on == date(2026, 4, 2)
    first = await police.again(case)
    assert (first.state, first.due_on) == (State.IN_WORK, date(2026, 3, 31))
    assert first.is_late(date(2026, 4, 2))
    assert (await police.answer(first)).state is State.ANSWERED


async def test_where_no_body_of_the_agency_is_connected_nothing_changes(hall: Hall):
    await hall.connect(POLICE)
    await hall.staff()
    case = await hall.answered()
    found = await GoToAgency(hall.desk)(CITIZEN, case.id)
    assert isinstance(found, NotConnected)
    assert found.assessor is not None
    assert found.assessor.code == AGENCY_BODY
    assert (await hall.again(case)).state is State.ANSWERED


@pytest.mark.parametrize(("day", "is_taken"), [(date(2026, 4, 18), True), (date(2026, 4, 19), False)])
async def test_not_solved_is_taken_for_thirty_days(police: Hall, day: date, is_taken: bool):
    case = await police.answered()
    police.at(day, hour=23, minute=59)
    if is_taken:
        assert (await SayNotSolved(police.desk)(CITIZEN, case.id)).state is State.NOT_SOLVED
    else:
        with pytest.raises(OfferOverError):
            await SayNotSolved(police.desk)(CITIZEN, case.id)
        assert not isinstance(
            await GoToAgency(police.desk)(CITIZEN, case.id), NotConnected
        )  # no limit of law


async def test_a_closed_complaint_may_still_be_called_not_solved(police: Hall):
    case = await police.answered()
    assert (await Close(police.desk)(OFFICER, case.id)).state is State.CLOSED
    assert (await SayNotSolved(police.desk)(CITIZEN, case.id)).state is State.NOT_SOLVED


async def test_withdrawn_by_its_citizen_alone_and_nothing_more_happens(police: Hall):
    case = await police.taken()
    with pytest.raises(NotAllowedError):
        await Withdraw(police.desk)(OTHER_CITIZEN, case.id)
    before = len(await police.notices())
    assert (await Withdraw(police.desk)(CITIZEN, case.id)).state is State.WITHDRAWN
    assert await told(police, before) == [("withdrawn", OFFICER)]
    for late in (
        Withdraw(police.desk)(CITIZEN, case.id),
        AddToComplaint(police.desk)(CITIZEN, case.id, WORDS),
    ):
        with pytest.raises(IllegalMoveError):
            await late
    with pytest.raises(IllegalMoveError):
        await police.answer(case)


async def test_only_the_holder_and_the_head_work_on_a_complaint(police: Hall):
    case = await police.taken()
    with pytest.raises(NotHolderError):
        await AskCitizen(police.desk)(COLLEAGUE, case.id, WORDS)
    with pytest.raises(NotHolderError):
        await police.answer(case, by=COLLEAGUE)
    assert (await police.answer(case, by=HEAD)).state is State.ANSWERED


async def test_a_hearing_is_noted_on_a_day_that_was(police: Hall):
    case = await police.taken()
    police.at(date(2026, 3, 27))
    for day in (date(2026, 3, 18), date(2026, 3, 28)):
        with pytest.raises(HearingDayError):
            await NoteHearing(police.desk)(OFFICER, case.id, day)
    assert (await NoteHearing(police.desk)(OFFICER, case.id, date(2026, 3, 26))).state is State.IN_WORK
    assert (await police.trail(case))[-1].what == {"held_on": "2026-03-26"}


async def test_an_official_corrects_how_the_forms_count_it(police: Hall):
    case = await police.answered()
    corrected = await Correct(police.desk)(
        OFFICER, case.id, kind=Kind.REFUSAL, service=OF_AKIMAT, delivery=Delivery.CORPORATION
    )
    assert (corrected.kind, corrected.service, corrected.delivery) == (
        Kind.REFUSAL,
        OF_AKIMAT,
        Delivery.CORPORATION,
    )
    with pytest.raises(GoneError):
        await Correct(police.desk)(OFFICER, case.id, service="no-such-service")


async def test_a_complaint_that_is_not_there_is_gone(police: Hall):
    for action in (Take(police.desk)(OFFICER, 10**9), Withdraw(police.desk)(CITIZEN, 10**9)):
        with pytest.raises(GoneError):
            await action
