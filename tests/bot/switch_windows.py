"""Data for the switch windows: all three jobs off, each with a reason of maximal length."""

from typing import Any

from aiogram.fsm.state import State

from accounts.switches.store import SwitchStore
from accounts.switches.switch import LONGEST_REASON, JobSwitch, SwitchedJob
from bot.dialogs.switches.states import Switches
from database.engine import UnitOfWork
from kernel.clock import Clock

LONG = ("«Ұзын» <b>& " * 100)[:LONGEST_REASON]
TURNS = 5  # more than a window shows
DATA: dict[State, dict[str, Any]] = {
    Switches.job: {"job": SwitchedJob.COMPLAINTS.value},
    Switches.reason: {"job": SwitchedJob.COMPLAINTS.value, "off": False},
}


async def seed(unit: UnitOfWork, clock: Clock, person: int) -> None:
    for number in range(TURNS):
        for job in SwitchedJob:
            turn = JobSwitch(job=job, is_off=number % 2 == 0, at=clock.now(), by=person, reason=LONG)
            await SwitchStore(unit.session).add(turn)
