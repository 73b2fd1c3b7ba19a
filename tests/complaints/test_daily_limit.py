"""The daily limit of complaints per person; the next one stays a draft."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts.cipher import Cipher
from complaints.actions.citizens import EscalateToAgency, WithdrawComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.actions.sending import DailyLimit, SubmitDraft, SubmittedComplaint
from complaints.actions.taking import TakeComplaint
from complaints.daily_use import forget_old
from complaints.daily_use_tables import DailyUseRow
from complaints.errors import TooManyComplaintsError
from complaints.forgetting import ForgetComplaints
from complaints.queries.mine import MyComplaints
from complaints.routing import NotConnected
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from tests.complaints.scenario import (
    AGENCY_BODY,
    AKIMAT,
    CITIZEN,
    MORNING,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    ComplaintScenario,
)

TODAY, TOMORROW = MORNING.date(), MORNING.date() + timedelta(days=1)
LIMIT = DailyLimit(most=2)


async def send(scenario: ComplaintScenario, by: int = CITIZEN) -> SubmittedComplaint:
    found = await SubmitDraft(scenario.context, LIMIT)(by, await scenario.drafted(by))
    assert isinstance(found, SubmittedComplaint)
    return found


async def test_default_daily_limit_is_five(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    for _ in range(5):
        await scenario.sent()
    with pytest.raises(TooManyComplaintsError) as refused:
        await scenario.sent()
    assert refused.value.data == {"most": 5}


async def test_complaint_over_the_limit_keeps_its_draft(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await send(scenario)
    await send(scenario)
    with pytest.raises(TooManyComplaintsError):
        await send(scenario)
    stored = await MyComplaints(scenario.context).draft(CITIZEN)
    assert stored is not None
    assert stored.draft == scenario.draft()
    assert (await send(scenario, OTHER_CITIZEN)).created  # the limit is per person


@pytest.mark.parametrize(
    ("sent_at", "tried_at", "refused"),
    [
        ((TODAY, 0, 0), (TODAY, 23, 59), True),
        ((TODAY, 23, 59), (TOMORROW, 0, 0), False),  # the day ends at midnight in Kazakhstan,
        ((TOMORROW, 4, 59), (TOMORROW, 5, 0), True),  # not at midnight UTC
    ],
)
async def test_limit_resets_at_midnight_in_almaty(
    scenario: ComplaintScenario,
    sent_at: tuple[date, int, int],
    tried_at: tuple[date, int, int],
    refused: bool,
):
    await scenario.connect(POLICE)
    scenario.at(*sent_at)
    await send(scenario)
    await send(scenario)
    draft = await scenario.drafted()
    scenario.at(*tried_at)
    if refused:
        with pytest.raises(TooManyComplaintsError):
            await SubmitDraft(scenario.context, LIMIT)(CITIZEN, draft)
    else:
        assert isinstance(await SubmitDraft(scenario.context, LIMIT)(CITIZEN, draft), SubmittedComplaint)


async def test_follow_up_complaints_do_not_count(scenario: ComplaintScenario):
    await scenario.connect(POLICE, AKIMAT, AGENCY_BODY)
    await scenario.staff()
    first = await send(scenario)
    await TakeComplaint(scenario.context)(OFFICER, first.case.id)
    await PassOnComplaint(scenario.context)(
        OFFICER, first.case.id, AKIMAT, MessageContent(text="Біздің өкілетке кірмейді")
    )
    second = await send(scenario)
    with pytest.raises(TooManyComplaintsError):
        await send(scenario)
    assert not isinstance(await EscalateToAgency(scenario.context)(CITIZEN, second.case.id), NotConnected)


async def test_withdrawn_complaint_counts(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    for _ in range(2):
        await WithdrawComplaint(scenario.context)(CITIZEN, (await send(scenario)).case.id)
    with pytest.raises(TooManyComplaintsError):
        await send(scenario)


async def test_repeated_submission_at_the_limit_returns_the_complaint(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await send(scenario)
    draft = await scenario.drafted()
    last = await SubmitDraft(scenario.context, LIMIT)(CITIZEN, draft)
    assert await SubmitDraft(scenario.context, LIMIT)(CITIZEN, draft) == SubmittedComplaint(
        case=last.case, created=False
    )  # type: ignore[union-attr]


async def test_unroutable_draft_is_reported_before_the_limit(scenario: ComplaintScenario):
    found = await SubmitDraft(scenario.context, DailyLimit(most=0))(CITIZEN, await scenario.drafted())
    assert isinstance(found, NotConnected)


async def test_concurrent_submissions_respect_the_limit(scenario_database: Database, cipher: Cipher):
    clock = FixedClock(MORNING)
    calendar = LiveCalendar(clock)

    async def one(*, connecting: bool = False) -> bool:
        """Submit one complaint; whether the limit allowed it."""
        async with scenario_database.unit_of_work() as unit:
            scenario = ComplaintScenario(unit=unit, cipher=cipher, calendar=calendar, clock=clock)
            if connecting:
                await scenario.connect(POLICE)
            try:
                await SubmitDraft(scenario.context, LIMIT)(CITIZEN, await scenario.drafted())
            except TooManyComplaintsError:
                return False
            except IntegrityError:  # both started a draft at the same moment
                return True
            return True

    async def until_refused() -> None:
        while await one():
            pass

    await one(connecting=True)
    await asyncio.gather(*(until_refused() for _ in range(4)))
    async with scenario_database.session() as session:
        assert await session.scalar(select(func.count()).select_from(ComplaintRow)) == LIMIT.most


async def test_forgetting_does_not_reset_the_limit(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    for _ in range(2):
        await WithdrawComplaint(scenario.context)(CITIZEN, (await send(scenario)).case.id)
    await ForgetComplaints(scenario.context)(CITIZEN)
    with pytest.raises(TooManyComplaintsError):
        await send(scenario)
    await forget_old(scenario.session, scenario.clock.now() + timedelta(days=3))
    assert await scenario.session.scalar(select(func.count()).select_from(DailyUseRow)) == 0


async def test_counted_uses_name_nobody(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await send(scenario)
    row = (await scenario.session.scalars(select(DailyUseRow))).one()
    assert str(CITIZEN) not in row.person
    assert len(row.person) == 64
