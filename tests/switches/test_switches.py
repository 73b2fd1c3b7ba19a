"""Switches in the database: who may turn them, what is stored, what makes a valid reason."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from accounts.errors import NotAllowedError
from accounts.roles import Role
from accounts.switches.store import REFRESH, LiveSwitches, SwitchStore
from accounts.switches.switch import (
    LONGEST_REASON,
    JobSwitch,
    ReasonMissingError,
    ReasonPersonalError,
    ReasonTooLongError,
    SwitchedAlreadyError,
    SwitchedJob,
    read_reason,
)
from database.engine import Database
from kernel.clock import FixedClock
from kernel.errors import DomainError
from tests.switches.switching import (
    ADMINISTRATOR,
    NOBODY,
    OFFICER,
    REASON,
    add_membership,
    seeing,
    turn,
    turning,
)

ANSWERS, COMPLAINTS = SwitchedJob.ANSWERS, SwitchedJob.COMPLAINTS


async def test_job_is_on_until_switched_off(database: Database, clock: FixedClock):
    await add_membership(database, clock, ADMINISTRATOR, Role.ADMINISTRATOR)
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
        assert await SwitchStore(session).history(ANSWERS) == [on, off]
        assert await SwitchStore(session).history() == [other, on, off]
        assert await SwitchStore(session).history(limit=1) == [other]


@pytest.mark.parametrize("role", [*Role, None])
async def test_only_administrators_switch_and_see_the_history(
    sqlite_database: Database, clock: FixedClock, role: Role | None
):
    if role is not None:
        await add_membership(sqlite_database, clock, OFFICER, role)
    may = role is Role.ADMINISTRATOR
    async with sqlite_database.unit_of_work() as unit:
        for ask in (
            lambda: seeing(unit).all(OFFICER),
            lambda: seeing(unit).history(OFFICER, ANSWERS, 5),
            lambda: turning(unit, clock)(OFFICER, ANSWERS, REASON, off=True),
        ):
            if may:
                await ask()
            else:
                with pytest.raises(NotAllowedError):
                    await ask()
    async with sqlite_database.session() as session:
        assert await SwitchStore(session).is_off(ANSWERS) is may


async def test_ended_role_cannot_switch(sqlite_database: Database, clock: FixedClock):
    with pytest.raises(NotAllowedError):
        await turn(sqlite_database, clock, ANSWERS, off=True, by=NOBODY)


@pytest.mark.parametrize("off", [True, False])
async def test_switching_to_the_current_state_is_rejected(database: Database, clock: FixedClock, off: bool):
    if off:
        await turn(database, clock, ANSWERS, off=True)
    with pytest.raises(SwitchedAlreadyError):
        await turn(database, clock, ANSWERS, off=off)


async def test_concurrent_switching_succeeds_once(database: Database, clock: FixedClock):
    turns = [turn(database, clock, ANSWERS, off=True) for _ in range(5)]
    found = await asyncio.gather(*turns, return_exceptions=True)
    assert sum(isinstance(one, SwitchedAlreadyError) for one in found) == 4
    async with database.session() as session:
        assert len(await SwitchStore(session).history()) == 1


@pytest.mark.parametrize("what", ["UPDATE job_switches SET reason = 'x'", "DELETE FROM job_switches"])
async def test_history_is_append_only(database: Database, clock: FixedClock, what: str):
    await turn(database, clock, ANSWERS, off=True)
    async with database.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="only added to"):
            await connection.execute(text(what))


async def test_uncommitted_switch_is_not_stored(database: Database, clock: FixedClock):
    """As if the process were killed in the middle."""
    async with database.unit_of_work() as unit:
        turned = JobSwitch(job=ANSWERS, is_off=True, at=clock.now(), by=None, reason=REASON)
        await SwitchStore(unit.session).add(turned)
    async with database.session() as session:
        assert await SwitchStore(session).history() == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Работы\n на  сервере ", "Работы на сервере"),
        ("<b>&amp;", "<b>&amp;"),  # plain text: escaped where it is shown
        ("Ә" * LONGEST_REASON, "Ә" * LONGEST_REASON),
        ("бага\0лар", "бага лар"),  # no database stores a NUL
    ],
)
def test_reason_is_stored_on_one_line(typed: str, stored: str):
    assert read_reason(typed) == stored


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", ReasonMissingError),
        (" \n\t ", ReasonMissingError),
        ("да", ReasonMissingError),
        ("......", ReasonMissingError),  # punctuation is not text
        ("Ә" * (LONGEST_REASON + 1), ReasonTooLongError),
        ("по просьбе +7 701 000 00 42", ReasonPersonalError),
        ("у 010101200014 не та карточка", ReasonPersonalError),
    ],
)
def test_invalid_reason_is_rejected(typed: str, error: type[DomainError]):
    with pytest.raises(error):
        read_reason(typed)


async def test_every_process_sees_a_switch_after_the_refresh(database: Database, clock: FixedClock):
    first, second = LiveSwitches(), LiveSwitches()
    async with database.session() as session:
        assert await first.off(session, clock.now()) == await second.off(session, clock.now()) == {}
    off = await turn(database, clock, ANSWERS, off=True)
    first.forget()
    async with database.session() as session:
        assert await first.off(session, clock.now()) == {ANSWERS: off}
        assert await second.off(session, clock.now()) == {}
        clock.advance(REFRESH)
        assert await second.off(session, clock.now()) == {ANSWERS: off}
    await turn(database, clock, ANSWERS, off=False)
    clock.advance(REFRESH)
    async with database.session() as session:
        assert await first.off(session, clock.now()) == await second.off(session, clock.now()) == {}


async def test_clock_set_back_still_refreshes_switches(database: Database, clock: FixedClock):
    live = LiveSwitches()
    async with database.session() as session:
        await live.off(session, clock.now())
    await turn(database, clock, ANSWERS, off=True)
    clock.advance(timedelta(days=-1))
    async with database.session() as session:
        assert set(await live.off(session, clock.now())) == {ANSWERS}


async def test_database_is_not_queried_before_the_refresh(database: Database, clock: FixedClock):
    live = LiveSwitches()
    async with database.session() as session:
        await live.off(session, clock.now())
    clock.advance(REFRESH - timedelta(milliseconds=1))
    assert await live.off(None, clock.now()) == {}  # type: ignore[arg-type]  it needs none


def test_refresh_interval_is_under_a_minute():
    assert timedelta(minutes=1) > REFRESH
