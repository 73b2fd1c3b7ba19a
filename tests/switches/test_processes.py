"""A bot in another process obeys switches turned elsewhere, also after being killed."""

import asyncio

import pytest
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator

from accounts.switches.switch import SwitchedJob
from cli.local_database import ready_database
from kernel.clock import SystemClock
from tests.bot import bot_process
from tests.killing import forks_of, killed_at_the_end
from tests.switches.switching import turn

OFF, ANSWER = "ответы на вопросы временно приостановлены", "Апостиль"
WITHIN_S = 60  # the delay promised to administrators


async def until(person: SimulatedPerson, expected: str) -> None:
    """Repeat the question until the answer contains `expected`."""
    async with asyncio.timeout(WITHIN_S):
        while expected not in (await person.ask("поставить апостиль", wait=WITHIN_S))["text"]:
            await asyncio.sleep(0.5)


@pytest.mark.postgres
@pytest.mark.long
async def test_running_process_obeys_a_switch_even_after_a_kill(postgres_url: str):
    clock, processes = SystemClock(), forks_of("tests.bot.bot_process")
    async with (
        ready_database(postgres_url) as database,
        Simulator(clock=clock) as simulator,
        SimulatorClient(simulator.url) as client,
    ):
        person = await client.person(language_code="ru")
        with killed_at_the_end(processes, bot_process.run, postgres_url, simulator.url):
            await until(person, ANSWER)
            await turn(database, clock, SwitchedJob.ANSWERS, off=True)
            await until(person, OFF)
        with killed_at_the_end(processes, bot_process.run, postgres_url, simulator.url):
            first = await person.ask("поставить апостиль", wait=WITHIN_S)
            assert OFF in first["text"]
            await turn(database, clock, SwitchedJob.ANSWERS, off=False)
            await until(person, ANSWER)
