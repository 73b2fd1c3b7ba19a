"""The bot is killed at every step of a complaint: no input is lost and exactly one complaint exists."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerContext
from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient, labels
from localgram.server import Simulator
from sqlalchemy import select

from accounts.cipher import Cipher
from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow
from cli.local_database import ready_database
from complaints.store import ComplaintKeys
from complaints.tables import AttachmentRow, ComplaintRow, DraftRow
from database.engine import Database
from kernel.clock import ALMATY, SystemClock
from tests.accounts.numbers import made_up_iin
from tests.bot import complaint_process
from tests.bot.complaint_dialog import CARD, NAME, POLICE, REGION
from tests.bot.test_killed import started
from tests.complaints.files import PDF
from tests.killing import forks_of, killed_at_the_end

LONGEST_WAIT_S = 120
PARTS = ("До сих пор ничего не готово", "Обещали за два часа")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What the person does once the chat shows `after`: press the button that ends so, type, or send."""

    after: str
    press: str = ""
    say: str = ""
    file: bytes = b""


def moves(iin: str) -> Sequence[Move]:
    return (
        Move(after="Права: замена", press=f"cp:{CARD}"),
        Move(after="Подать жалобу", press="agree:office"),
        Move(after="В каком регионе", press=f"region:{REGION}"),
        Move(after="Что случилось?", say=PARTS[0]),
        Move(after="Записано: 27", say=PARTS[1]),
        Move(after="Записано: 48", file=PDF),
        Move(after="Записано: 48", press="yes"),
        Move(after="Напишите фамилию", say=NAME),
        Move(after="Напишите ИИН", say=iin),
        Move(after="Проверьте и отправьте", press="send"),
    )


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with Simulator(clock=SystemClock()) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    return forks_of("tests.bot.complaint_process_ready")


async def shows(person: SimulatedPerson, words: str) -> list[dict[str, Any]]:
    """Wait for a message of the bot that contains `words`; return the chat, newest last."""
    return await person.wait_until(
        lambda seen: any(one["from"]["is_bot"] and words in one.get("text", "") for one in seen),
        wait=LONGEST_WAIT_S,
    )


async def do(person: SimulatedPerson, move: Move) -> None:
    """Do not wait for an answer: the bot may be killed before it."""
    seen = await shows(person, move.after)
    if move.say:
        await person.say(move.say)
    elif move.file:
        await person.upload(move.file, name="раписка.pdf")
    else:
        number, button = next(
            (one["message_id"], label)
            for one in reversed(seen)
            for label in labels(one)
            if label.endswith(move.press)
        )
        await person.send_callback(button, number, wait=0)


async def connect(database: Database) -> None:
    async with database.unit_of_work() as unit:
        accepted = ConnectionRow(
            organisation=POLICE, accepted_by=1, accepted_at=datetime(2026, 1, 5, tzinfo=ALMATY), text="…"
        )
        await ConnectionStore(unit.session).add(accepted)
        await unit.commit()


@pytest.mark.long
async def test_bot_killed_at_any_step_registers_the_complaint_once(
    sqlite_url: str, simulator: Simulator, processes: ForkServerContext
):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  to repeat a failed run
    moments = random.Random(seed)
    iin = made_up_iin()
    async with ready_database(sqlite_url) as database, SimulatorClient(simulator.url) as client:
        await connect(database)
        person = await client.person(language_code="ru")
        await person.say(f"/start svc_{CARD}")
        with killed_at_the_end(processes, complaint_process.run, sqlite_url, simulator.url):
            await shows(person, "Выберите язык")
            await person.press("Русский")
            await shows(person, "Права: замена")
        for move in moves(iin):
            starts = await started(client)
            with killed_at_the_end(processes, complaint_process.run, sqlite_url, simulator.url):
                await restarted(client, starts)
                await do(person, move)
                await asyncio.sleep(
                    moments.uniform(0.0, 0.3)
                )  # while reading, handling, committing or sending
        with killed_at_the_end(processes, complaint_process.run, sqlite_url, simulator.url):
            await shows(person, "Жалоба зарегистрирована")
            await fetched(database)
        await check(database, iin)


async def restarted(client: SimulatorClient, starts: int) -> None:
    async with asyncio.timeout(LONGEST_WAIT_S):
        while await started(client) == starts:
            await asyncio.sleep(0.02)


async def fetched(database: Database) -> None:
    """Wait until the file is downloaded from Telegram."""
    async with asyncio.timeout(LONGEST_WAIT_S):
        while True:
            async with database.session() as session:
                if await session.scalar(select(AttachmentRow.id)) is not None:
                    return
            await asyncio.sleep(0.1)


async def check(database: Database, iin: str) -> None:
    """One complaint with all its data and file, and no draft left."""
    cipher = Cipher.of(complaint_process.KEY)
    async with database.session() as session:
        complaints = (await session.scalars(select(ComplaintRow))).all()
        assert len(complaints) == 1
        told = complaints[0]
        content = await ComplaintKeys(session, cipher).content(told)
        assert (content.text, content.name, content.iin) == ("\n\n".join(PARTS), NAME, iin)
        assert list(await session.scalars(select(AttachmentRow.complaint))) == [told.id]
        assert await session.scalar(select(DraftRow.id)) is None
