"""An edited calendar moves the last day to tell a citizen of an extension, with a ladder of its own."""

from datetime import date

import pytest
from sqlalchemy import select, update

from accounts.cipher import Cipher
from complaints.actions.extending import TellExtension
from complaints.lifecycle import Step
from complaints.redating import FindRedatings, Redate
from complaints.redating_extensions import find_tellings, redate_telling
from complaints.tables import ComplaintRow, ExtensionRow, TrailRow
from complaints.telling import Told
from database.engine import Database
from deadlines.calendar import WorkCalendar
from tests.complaints.hall import AKIMAT, HEAD, MORNING, Hall
from tests.complaints.test_jobs import Office, extended_on_paper
from tests.complaints.test_redating import edit, with_day_off

FRIDAY, MONDAY = date(2026, 3, 27), date(2026, 3, 30)


@pytest.fixture
async def office(hall_database: Database, cipher: Cipher, calendar: WorkCalendar) -> Office:
    """By Friday a citizen is to be told of an extension, then Friday becomes a day off."""
    office = Office(hall_database, cipher)

    await office.work(extended_on_paper)
    await office.told()
    assert await office.ticked(3, 26, 9) == [("one_day", HEAD)]
    await office.work(lambda hall: edit(hall, with_day_off(calendar)))
    return office


async def redate(office: Office) -> int:
    done = await Redate(unit_of_work=office.database.unit_of_work, clock=office.clock)()
    return done.tellings


async def day_of(office: Office) -> tuple[date | None, int]:
    async with office.database.session() as session:
        row = (await session.scalars(select(ExtensionRow))).one()
    return row.tell_by, row.tell_version


async def test_a_dry_run_tells_of_it_and_changes_nothing(office: Office):
    async with office.database.session() as session:
        found = await FindRedatings(session=session).tellings()
    assert [(one.organisation, one.before, one.after) for one in found] == [(AKIMAT, FRIDAY, MONDAY)]
    assert await day_of(office) == (FRIDAY, 1)


async def test_the_day_moves_once_with_its_reason_in_the_trail(office: Office):
    assert await redate(office) == 1
    assert await redate(office) == 0
    assert await day_of(office) == (MONDAY, 2)
    async with office.database.session() as session:
        steps = (await session.scalars(select(TrailRow).where(TrailRow.step == Step.REDATE.value))).all()
        row = (await session.scalars(select(ComplaintRow))).one()
        extension = (await session.scalars(select(ExtensionRow.id))).one()
        count = len((await session.scalars(select(TrailRow.id))).all())
    told = [dict(one.what) for one in steps if "extension" in one.what]
    assert told == [
        {
            "reason": "calendar",
            "calendar": 2,
            "extension": extension,
            "tell_before": FRIDAY.isoformat(),
            "tell_by": MONDAY.isoformat(),
        }
    ]
    assert row.steps == count


async def test_the_moved_day_has_a_ladder_of_its_own(office: Office):
    await redate(office)
    await office.told()
    office.calendar = type(office.calendar)(office.clock)  # as a process that has seen the new calendar
    office.tick = office.new_tick()
    assert ("one_day", HEAD) in await office.ticked(3, 26, 10)  # Thursday is the working day before Monday
    assert await office.ticked(3, 27, 9) == []
    assert ("due_today", HEAD) in await office.ticked(3, 30, 9)
    assert Told.EXTENSION_UNTOLD in {one.told for one in office.words.told}


async def told(hall: Hall) -> None:
    await TellExtension(hall.desk)(HEAD, (await hall.session.scalars(select(ComplaintRow.id))).one())


async def closed(hall: Hall) -> None:
    await hall.session.execute(update(ComplaintRow).values(closed_at=MORNING))


@pytest.mark.parametrize("deed", [told, closed])
async def test_what_was_told_or_is_closed_stays_as_it_was(office: Office, deed):
    await office.work(deed)
    assert await redate(office) == 0
    assert await day_of(office) == (FRIDAY, 1)


@pytest.mark.parametrize("deed", [told, closed])
async def test_what_ends_between_the_look_and_the_change_stays(office: Office, calendar, deed):
    async with office.database.session() as session:
        (found,) = await find_tellings(session, with_day_off(calendar))
    await office.work(deed)

    async def change(hall: Hall) -> bool:
        return await redate_telling(hall.session, found, 2, MORNING)

    assert await office.work(change) is False
    assert await day_of(office) == (FRIDAY, 1)
    async with office.database.session() as session:
        assert Step.REDATE.value not in (await session.scalars(select(TrailRow.step))).all()
