"""The whole bot is killed between a question and its answer: every question is still answered."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator
from multiprocessing.context import ForkServerContext

import pytest
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator

from cli.local_database import ready_database
from kernel.clock import SystemClock
from tests.bot import bot_process
from tests.killing import forks_of, killed_at_the_end

KILLS = 10
PEOPLE = 3
ANSWERS = {
    "замена водительских прав": "Права: замена",
    "поставить апостиль": "Апостиль",
    "справка о несудимости": "судимости",
    "встать в очередь в детский сад": "детский сад",
}
LONGEST_WAIT_S = 300  # a start takes half a minute on a machine busy with other tests


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(clock=SystemClock()) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    return forks_of("tests.bot.bot_process")


async def started(client: SimulatorClient) -> int:
    """How many bots run: beside polling, the English short description is asked for last."""
    calls = await client.calls("getMyShortDescription")
    return sum(call["arguments"].get("language_code") == "en" for call in calls)


async def answers_of(person: SimulatedPerson) -> list[str]:
    return [message["text"] for message in await person.messages() if message["from"]["is_bot"]]


def without_repeats(texts: list[str]) -> list[str]:
    """Drop repeated texts: nobody asks the same twice in a row, so the second one was sent again."""
    return [text for text, _ in itertools.groupby(texts)]


@pytest.mark.long
async def test_every_question_is_answered_despite_kills(
    database_url: str, simulator: Simulator, processes: ForkServerContext
):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to repeat a failed run
    moments = random.Random(seed)
    async with ready_database(database_url), SimulatorClient(simulator.url) as client:
        people = [await client.person(language_code="ru") for _ in range(PEOPLE)]
        questions = list(itertools.islice(itertools.cycle(ANSWERS), KILLS))
        for question in questions:
            starts = await started(client)
            with killed_at_the_end(processes, bot_process.run, database_url, simulator.url):
                async with asyncio.timeout(LONGEST_WAIT_S):
                    while await started(client) == starts:
                        await asyncio.sleep(0.02)
                for person in people:
                    await person.say(question)
                await asyncio.sleep(
                    moments.uniform(0.0, 0.15)
                )  # while reading, handling, committing or sending
        with killed_at_the_end(processes, bot_process.run, database_url, simulator.url):
            for person in people:
                await answered_all(person, len(questions))
        for person in people:
            answers = await answers_of(person)
            for question, answer in zip(questions, without_repeats(answers), strict=True):
                assert ANSWERS[question] in answer
            repeats = len(answers) - len(questions)
            assert repeats <= KILLS  # at most one per kill, between sending and marking as sent


async def answered_all(person: SimulatedPerson, count: int) -> None:
    async with asyncio.timeout(LONGEST_WAIT_S):
        while len(without_repeats(await answers_of(person))) < count:
            await asyncio.sleep(0.1)
