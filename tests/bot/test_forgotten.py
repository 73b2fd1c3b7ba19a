"""After /forget nothing of the person is left: every table, every column and every file is read."""

import re
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import ValueKey
from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.citizens import AddToComplaint
from complaints.actions.rating import RateComplaint, RateService
from complaints.actions.taking import TakeComplaint
from complaints.attachments.eraser import Eraser
from complaints.attachments.folder import FileFolder
from complaints.facts import ComplaintOutcome
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent
from tests.bot.complaint_dialog import (
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    TEXT,
    CitizenChat,
    citizen,
    connect,
    make_context,
    to_the_story,
)
from tests.bot.drafting import until_fetched
from tests.bot.live_bot import RunningBot
from tests.complaints.files import PDF

PHONE = "+77017654321"
WORDS = "қорғасын сандық"
pytestmark = pytest.mark.http


async def rows(session: AsyncSession) -> AsyncIterator[tuple[str, str, Any]]:
    """Every value of every column of every table."""
    connection = await session.connection()
    metadata = MetaData()
    await connection.run_sync(metadata.reflect)
    for table in metadata.sorted_tables:
        for row in (await session.execute(select(table))).mappings():
            for column, value in row.items():
                yield table.name, column, value


@pytest.fixture
def encrypted(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What was encrypted, by its ciphertext: a value opens only where it is known to stand."""
    texts, close = {}, ValueKey.close

    def closed(key: ValueKey, text: str, *place: object) -> str:
        value = close(key, text, *place)
        texts[value] = text
        return value

    monkeypatch.setattr(ValueKey, "close", closed)
    return texts


def as_text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


async def left(bot: RunningBot, wanted: Iterable[str], encrypted: dict[str, str]) -> list[str]:
    """Where one of the wanted is still found; numbers as whole numbers."""
    forms = {one: re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", re.IGNORECASE) for one in wanted}
    found = set()
    async with bot.database.session() as session:
        async for table, column, value in rows(session):
            if value is None or column == "update_id":  # Telegram's count of updates, no person
                continue
            text = encrypted.get(as_text(value), as_text(value))
            found |= {f"{table}.{column}: {one}" for one, form in forms.items() if form.search(text)}
    for path in bot.files.rglob("*"):
        if path.is_file():
            found |= {f"{path.name}: {one}" for one in wanted if one.encode() in path.read_bytes()}
    return sorted(found)


async def answer(bot: RunningBot, person: int) -> None:
    """The citizen adds something, the officer takes and answers, the citizen rates."""
    async with make_context(bot) as context:
        for complaint in (await context.session.scalars(select(ComplaintRow.id))).all():
            await TakeComplaint(context)(OFFICER, complaint)
            await AddToComplaint(context)(person, complaint, MessageContent(text=f"Ещё {WORDS}"))
            content = MessageContent(text="Шағымыңыз қаралды")
            reply = ComplaintReply(outcome=ComplaintOutcome.UPHELD, content=content)
            await AnswerComplaint(context)(OFFICER, complaint, reply)
            await RateComplaint(context)(person, complaint, 1, WORDS)
            await RateService(context)(person, complaint, 1, WORDS)


async def lived(bot: RunningBot) -> CitizenChat:
    """A person who has used everything that stores something."""
    await connect(bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(bot, name=NAME, number="010101200014", telephone=PHONE)
    await one.says(f"где взять {WORDS}")  # nothing answers it: the question log
    await one.says("/start inv_wrong")
    await to_the_story(one)
    await one.says(f"{TEXT} {WORDS}")
    await one.person.upload(PDF + WORDS.encode(), name="c.pdf")
    await until_fetched(bot)
    await one.press("yes")
    await one.press("send")
    await answer(bot, one.person.number)
    await bot.tick.run()
    return one


async def test_nothing_of_the_person_is_left(live_bot: RunningBot, encrypted: dict[str, str]):
    one = await lived(live_bot)
    wanted = [str(one.person.number), NAME, "010101200014", one.iin, PHONE, WORDS, TEXT]
    before = await left(live_bot, wanted, encrypted)
    assert len({found.rpartition(": ")[2] for found in before}) >= 6, before
    await one.says("/forget")
    await one.press("yes")
    assert "Удалено" in await one.sees()
    await Eraser(
        database=live_bot.database, folder=FileFolder(live_bot.files), clock=live_bot.clock
    ).erase_asked()
    assert await left(live_bot, wanted, encrypted) == []
