"""A person sends so many complaints a day and no more; the next one is kept as a draft."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts.cipher import Cipher
from complaints.actions.citizens import GoToAgency, Withdraw
from complaints.actions.passing import PassOn
from complaints.actions.sending import DailyLimit, SendDraft, Sent
from complaints.actions.taking import Take
from complaints.errors import TooManyComplaintsError
from complaints.queries.mine import MyComplaints
from complaints.routing import NotConnected
from complaints.tables import ComplaintRow
from complaints.talk import Words
from database.engine import Database
from deadlines.clock import FixedClock
from deadlines.queries import LiveCalendar
from tests.complaints.hall import (
    AGENCY_BODY,
    AKIMAT,
    CITIZEN,
    MORNING,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    Hall,
)

TODAY, TOMORROW = MORNING.date(), MORNING.date() + timedelta(days=1)
LIMIT = DailyLimit(most=2)


async def send(hall: Hall, by: int = CITIZEN) -> Sent:
    found = await SendDraft(hall.desk, LIMIT)(by, await hall.drafted(by))
    assert isinstance(found, Sent)
    return found


async def test_five_a_day_unless_it_is_set_otherwise(hall: Hall):
    await hall.connect(POLICE)
    for _ in range(5):
        await hall.sent()
    with pytest.raises(TooManyComplaintsError) as refused:
        await hall.sent()
    assert refused.value.data == {"most": 5}


async def test_one_too_many_is_refused_and_its_draft_stays(hall: Hall):
    await hall.connect(POLICE)
    await send(hall)
    await send(hall)
    with pytest.raises(TooManyComplaintsError):
        await send(hall)
    kept = await MyComplaints(hall.desk).draft(CITIZEN)
    assert kept is not None
    assert kept.draft == hall.draft()
    assert (await send(hall, OTHER_CITIZEN)).anew  # it is a measure of each


@pytest.mark.parametrize(
    ("sent_at", "tried_at", "refused"),
    [
        ((TODAY, 0, 0), (TODAY, 23, 59), True),
        ((TODAY, 23, 59), (TOMORROW, 0, 0), False),  # the day ends at midnight in Kazakhstan,
        ((TOMORROW, 4, 59), (TOMORROW, 5, 0), True),  # not in Greenwich
    ],
)
async def test_the_next_day_in_kazakhstan_begins_with_a_full_measure(
    hall: Hall, sent_at: tuple[date, int, int], tried_at: tuple[date, int, int], refused: bool
):
    await hall.connect(POLICE)
    hall.at(*sent_at)
    await send(hall)
    await send(hall)
    draft = await hall.drafted()
    hall.at(*tried_at)
    if refused:
        with pytest.raises(TooManyComplaintsError):
            await SendDraft(hall.desk, LIMIT)(CITIZEN, draft)
    else:
        assert isinstance(await SendDraft(hall.desk, LIMIT)(CITIZEN, draft), Sent)


async def test_what_goes_on_elsewhere_is_no_new_complaint(hall: Hall):
    await hall.connect(POLICE, AKIMAT, AGENCY_BODY)
    await hall.staff()
    first = await send(hall)
    await Take(hall.desk)(OFFICER, first.case.id)
    await PassOn(hall.desk)(OFFICER, first.case.id, AKIMAT, Words(text="Біздің өкілетке кірмейді"))
    second = await send(hall)
    with pytest.raises(TooManyComplaintsError):
        await send(hall)
    assert not isinstance(await GoToAgency(hall.desk)(CITIZEN, second.case.id), NotConnected)


async def test_a_complaint_that_was_withdrawn_was_sent(hall: Hall):
    await hall.connect(POLICE)
    for _ in range(2):
        await Withdraw(hall.desk)(CITIZEN, (await send(hall)).case.id)
    with pytest.raises(TooManyComplaintsError):
        await send(hall)


async def test_a_second_press_on_the_last_one_still_finds_it(hall: Hall):
    await hall.connect(POLICE)
    await send(hall)
    draft = await hall.drafted()
    last = await SendDraft(hall.desk, LIMIT)(CITIZEN, draft)
    assert await SendDraft(hall.desk, LIMIT)(CITIZEN, draft) == Sent(case=last.case, anew=False)  # type: ignore[union-attr]


async def test_who_can_register_nothing_is_told_so_and_no_limit(hall: Hall):
    found = await SendDraft(hall.desk, DailyLimit(most=0))(CITIZEN, await hall.drafted())
    assert isinstance(found, NotConnected)


async def test_many_at_once_are_no_more_than_the_limit(hall_database: Database, cipher: Cipher):
    clock = FixedClock(MORNING)
    calendar = LiveCalendar(clock)

    async def one(*, connecting: bool = False) -> bool:
        """Whether there was room for another one."""
        async with hall_database.unit_of_work() as unit:
            hall = Hall(unit=unit, cipher=cipher, calendar=calendar, clock=clock)
            if connecting:
                await hall.connect(POLICE)
            try:
                await SendDraft(hall.desk, LIMIT)(CITIZEN, await hall.drafted())
            except TooManyComplaintsError:
                return False
            except IntegrityError:  # the other one began a draft in this very moment
                return True
            return True

    async def until_refused() -> None:
        while await one():
            pass

    await one(connecting=True)
    await asyncio.gather(*(until_refused() for _ in range(4)))
    async with hall_database.session() as session:
        assert await session.scalar(select(func.count()).select_from(ComplaintRow)) == LIMIT.most
