"""Joining two complaints of one person: one goes on, no term grows, each counts once as received."""

from datetime import date, timedelta

import pytest

from accounts.errors import NotAllowedError
from accounts.roles import Role
from complaints.actions.extending import AskExtension
from complaints.case import ComplaintCase
from complaints.errors import IllegalTransitionError, NotAssigneeError, NotDuplicatesError
from complaints.facts import ExtensionReason
from complaints.forgetting import ForgetComplaints, forget_old
from complaints.joining.actions import JoinComplaints, joined_to
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.queries.cases import CaseQueries, LookedAt
from complaints.routing import Concern
from complaints.statistics import Statistics, StatisticsSpan
from kernel.retention import ASKED
from tests.complaints.scenario import (
    AKIMAT,
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    IIN,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    ComplaintScenario,
)

LATER = date(2026, 3, 26)


@pytest.fixture
async def akimat(scenario: ComplaintScenario) -> ComplaintScenario:
    """A region's akimat, which may extend."""
    await scenario.connect(AKIMAT)
    await scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    scenario.service = OF_AKIMAT
    return scenario


async def two(scenario: ComplaintScenario) -> tuple[ComplaintCase, ComplaintCase]:
    """The same citizen twice about the same service, both taken by OFFICER."""
    first = await scenario.taken()
    scenario.at(LATER)
    return first, await scenario.taken()


async def test_the_one_due_first_goes_on(police: ComplaintScenario):
    first, second = await two(police)
    for by in (OFFICER, HEAD):
        assert [one.id for one in await JoinComplaints(police.context).candidates(by, second.id)] == [
            first.id
        ]
    done = await JoinComplaints(police.context)(OFFICER, second.id, first.id)
    assert (done.kept.id, done.joined.id) == (first.id, second.id)
    kept, joined = await police.again(first), await police.again(second)
    assert (kept.state, kept.due_on) == (first.state, first.due_on)
    assert joined.state is ComplaintState.JOINED
    found = await joined_to(police.session, second.id)
    assert found is not None
    assert found.number == first.number
    assert ("joined", CITIZEN) in await police.notices()


async def test_extension_does_not_make_the_other_wait(akimat: ComplaintScenario):
    first = await akimat.taken()
    await AskExtension(akimat.context)(HEAD, first.id, 10, ExtensionReason.STUDY)  # the head's needs nobody
    akimat.at(date(2026, 3, 20))
    second = await akimat.taken()
    assert second.due_on < (await akimat.again(first)).due_on
    done = await JoinComplaints(akimat.context)(OFFICER, first.id, second.id)
    assert done.kept.id == second.id


async def test_everything_said_is_read_in_the_one_that_goes_on(police: ComplaintScenario):
    first, second = await two(police)
    await JoinComplaints(police.context)(OFFICER, first.id, second.id)
    full = await CaseQueries(police.context).look(OFFICER, first.id, LookedAt.WORDS)
    assert [message.text for message in full.thread] == [second_text := full.text]
    assert second_text
    assert [one.id for one in full.chain] == [first.id, second.id]
    assert full.is_last


async def test_logs_of_both_name_the_other(police: ComplaintScenario):
    first, second = await two(police)
    await JoinComplaints(police.context)(OFFICER, first.id, second.id)
    kept, joined = await police.audit_log(first), await police.audit_log(second)
    assert (kept[-1].step, kept[-1].what) == (LifecycleStep.TAKE_IN, {"number": second.number.stored})
    assert (joined[-1].step, joined[-1].what) == (LifecycleStep.JOIN, {"number": first.number.stored})


async def test_each_counts_once_as_received(police: ComplaintScenario):
    first, second = await two(police)
    await JoinComplaints(police.context)(OFFICER, first.id, second.id)
    await police.answer(first, restored=True)
    span = StatisticsSpan(
        organisations=frozenset({POLICE}),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        as_of=police.clock.now(),
    )
    figures = await Statistics(police.session).figures(span)
    assert (figures.received(), figures.late(), figures.restored()) == (2, 0, 1)


async def test_forgotten_together_when_the_one_that_goes_on_is_over(police: ComplaintScenario):
    first, second = await two(police)
    await JoinComplaints(police.context)(OFFICER, first.id, second.id)
    assert (await ForgetComplaints(police.context)(CITIZEN)).now == 0
    await police.answer(first)
    police.clock.advance(ASKED + timedelta(days=1))
    await forget_old(police.session, police.clock.now())
    assert (await police.again(first)).forgotten
    assert (await police.again(second)).forgotten


async def test_only_duplicates_are_joined(police: ComplaintScenario):
    join = JoinComplaints(police.context)
    mine = await police.taken()
    another_service = await police.taken(service=None, concern=Concern.NAMED, named=POLICE)
    another_person = await police.sent(by=OTHER_CITIZEN)
    on_paper = await police.entered(by=HEAD, service=mine.service, number=IIN)
    for other in (another_service, another_person, on_paper, mine):
        with pytest.raises(NotDuplicatesError):
            await join(HEAD, mine.id, other.id)
    assert await join.candidates(HEAD, mine.id) == []


async def test_papers_of_one_number_are_joined(police: ComplaintScenario):
    one, two_ = [await police.entered(by=HEAD, service="driving-licence", number=IIN) for _ in range(2)]
    other = await police.entered(by=HEAD, service="driving-licence", number="010101200024")
    join = JoinComplaints(police.context)
    assert [found.id for found in await join.candidates(HEAD, two_.id)] == [one.id]
    with pytest.raises(NotDuplicatesError):
        await join(HEAD, one.id, other.id)
    assert (await join(HEAD, one.id, two_.id)).kept.id == one.id


async def test_only_who_has_both_joins(police: ComplaintScenario):
    first, second = await two(police)
    join = JoinComplaints(police.context)
    for by, error in (
        (COLLEAGUE, NotAssigneeError),
        (COORDINATOR, NotAllowedError),
        (CITIZEN, NotAllowedError),
    ):
        with pytest.raises(error):
            await join(by, first.id, second.id)
    await police.answer(second)
    with pytest.raises(IllegalTransitionError):
        await join(OFFICER, first.id, second.id)
    assert await join.candidates(OFFICER, first.id) == []
