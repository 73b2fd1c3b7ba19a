"""The switches in the database: who may turn them, what is kept, what a reason has to be."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from accounts.errors import NotAllowedError
from accounts.roles import Role
from accounts.switches.live import REFRESH, LiveSwitches
from accounts.switches.store import SwitchStore
from accounts.switches.switch import (
    LONGEST_REASON,
    ReasonMissingError,
    ReasonPersonalError,
    ReasonTooLongError,
    Switch,
    SwitchedAlreadyError,
    SwitchedJob,
    read_reason,
)
from database.engine import Database
from deadlines.clock import FixedClock
from deadlines.errors import DomainError
from tests.switches.turning import ADMINISTRATOR, NOBODY, OFFICER, REASON, seat, seeing, turn, turning

ANSWERS, COMPLAINTS = SwitchedJob.ANSWERS, SwitchedJob.COMPLAINTS


async def test_every_job_is_on_until_it_is_turned_off_and_on_again(database: Database, clock: FixedClock):
    await seat(database, clock, ADMINISTRATOR, Role.ADMINISTRATOR)
    async with database.session() as session:
        assert await SwitchStore(session).latest() == {}
        assert not await SwitchStore(session).is_off(ANSWERS)
    off = await turn(database, clock, ANSWERS, off=True, by=ADMINISTRATOR)
    assert (off.is_off, off.by, off.reason, off.at) == (True, ADMINISTRATOR, REASON, clock.now())
    async with database.session() as session:
        assert await SwitchStore(session).latest() == {ANSWERS: off}
        assert await SwitchStore(session).is_off(ANSWERS)
        assert not await SwitchStore(session).is_off(COMPLAINTS)
    clock.advance(timedelta(hours=1))
    on = await turn(database, clock, ANSWERS, off=False)
    other = await turn(database, clock, COMPLAINTS, off=True)
    async with database.session() as session:
        assert await SwitchStore(session).latest() == {ANSWERS: on, COMPLAINTS: other}
        assert not await SwitchStore(session).is_off(ANSWERS)
        assert await SwitchStore(session).trail(ANSWERS) == [on, off]
        assert await SwitchStore(session).trail() == [other, on, off]
        assert await SwitchStore(session).trail(limit=1) == [other]


@pytest.mark.parametrize("role", [*Role, None])
async def test_nobody_but_an_administrator_turns_a_switch_or_sees_the_trail(
    sqlite_database: Database, clock: FixedClock, role: Role | None
):
    if role is not None:
        await seat(sqlite_database, clock, OFFICER, role)
    may = role is Role.ADMINISTRATOR
    async with sqlite_database.unit_of_work() as unit:
        for ask in (
            lambda: seeing(unit).all(OFFICER),
            lambda: seeing(unit).trail(OFFICER, ANSWERS, 5),
            lambda: turning(unit, clock)(OFFICER, ANSWERS, REASON, off=True),
        ):
            if may:
                await ask()
            else:
                with pytest.raises(NotAllowedError):
                    await ask()
    async with sqlite_database.session() as session:
        assert await SwitchStore(session).is_off(ANSWERS) is may


async def test_a_role_that_has_ended_turns_nothing(sqlite_database: Database, clock: FixedClock):
    with pytest.raises(NotAllowedError):
        await turn(sqlite_database, clock, ANSWERS, off=True, by=NOBODY)


@pytest.mark.parametrize("off", [True, False])
async def test_a_job_is_not_turned_where_it_stands(database: Database, clock: FixedClock, off: bool):
    if off:
        await turn(database, clock, ANSWERS, off=True)
    with pytest.raises(SwitchedAlreadyError):
        await turn(database, clock, ANSWERS, off=off)


async def test_of_any_number_who_turn_it_at_once_one_does(database: Database, clock: FixedClock):
    turns = [turn(database, clock, ANSWERS, off=True) for _ in range(5)]
    found = await asyncio.gather(*turns, return_exceptions=True)
    assert sum(isinstance(one, SwitchedAlreadyError) for one in found) == 4
    async with database.session() as session:
        assert len(await SwitchStore(session).trail()) == 1


@pytest.mark.parametrize("what", ["UPDATE job_switches SET reason = 'x'", "DELETE FROM job_switches"])
async def test_the_trail_is_only_added_to(database: Database, clock: FixedClock, what: str):
    await turn(database, clock, ANSWERS, off=True)
    async with database.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="only added to"):
            await connection.execute(text(what))


async def test_a_turn_that_is_not_committed_never_was(database: Database, clock: FixedClock):
    """As where the process is killed in the middle."""
    async with database.unit_of_work() as unit:
        turned = Switch(job=ANSWERS, is_off=True, at=clock.now(), by=None, reason=REASON)
        await SwitchStore(unit.session).add(turned)
    async with database.session() as session:
        assert await SwitchStore(session).trail() == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Работы\n на  сервере ", "Работы на сервере"),
        ("<b>&amp;", "<b>&amp;"),  # HTML is what somebody typed: it is escaped where it is shown
        ("Ә" * LONGEST_REASON, "Ә" * LONGEST_REASON),
        ("бага\0лар", "бага лар"),  # no database keeps a NUL
    ],
)
def test_a_reason_is_kept_on_one_line(said: str, kept: str):
    assert read_reason(said) == kept


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("", ReasonMissingError),
        (" \n\t ", ReasonMissingError),
        ("да", ReasonMissingError),
        ("......", ReasonMissingError),  # signs are no words
        ("Ә" * (LONGEST_REASON + 1), ReasonTooLongError),
        ("по просьбе +7 701 000 00 42", ReasonPersonalError),
        ("у 010101200014 не та карточка", ReasonPersonalError),
    ],
)
def test_what_is_no_reason_is_refused(said: str, error: type[DomainError]):
    with pytest.raises(error):
        read_reason(said)


async def test_every_process_sees_a_turn_within_seconds(database: Database, clock: FixedClock):
    here, there = LiveSwitches(clock), LiveSwitches(clock)
    async with database.session() as session:
        assert await here.off(session) == await there.off(session) == {}
    off = await turn(database, clock, ANSWERS, off=True)
    here.forget()
    async with database.session() as session:
        assert await here.off(session) == {ANSWERS: off}
        assert await there.off(session) == {}
        clock.advance(REFRESH)
        assert await there.off(session) == {ANSWERS: off}
    await turn(database, clock, ANSWERS, off=False)
    clock.advance(REFRESH)
    async with database.session() as session:
        assert await here.off(session) == await there.off(session) == {}


async def test_a_clock_that_was_set_back_makes_no_state_last(database: Database, clock: FixedClock):
    live = LiveSwitches(clock)
    async with database.session() as session:
        await live.off(session)
    await turn(database, clock, ANSWERS, off=True)
    clock.advance(timedelta(days=-1))
    async with database.session() as session:
        assert set(await live.off(session)) == {ANSWERS}


async def test_within_the_seconds_the_database_is_not_asked(database: Database, clock: FixedClock):
    live = LiveSwitches(clock)
    async with database.session() as session:
        await live.off(session)
    clock.advance(REFRESH - timedelta(milliseconds=1))
    assert await live.off(None) == {}  # type: ignore[arg-type]  it needs none


def test_a_switch_is_seen_within_a_minute_at_most():
    assert timedelta(minutes=1) > REFRESH
