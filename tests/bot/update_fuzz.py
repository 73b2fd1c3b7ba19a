"""Damages recorded updates and gives them to the whole bot: none is lost, none raises."""

import copy
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import Message
from localgram.client import SimulatedPerson
from sqlalchemy import select

from bot.app.filters import SAID
from messaging.inbox.intake import Arrival, arrival_of
from messaging.inbox.reading import UnreadableUpdateError, addressee_of, read
from messaging.inbox.tables import FailedUpdate, InboxRow
from messaging.outbox.tables import OutboxRow
from tests.bot.live_bot import RunningBot

RECORDED = Path(__file__).parent / "recorded_updates.json"
RECORDED_PERSON = "7000001"
FIRST_ID = 10**12
BATCH = 25
OPENERS = ("/start", "/menu", "/complaint", "/me", "/deadline", "/complaints", "/language", "замена прав")
WRONG: tuple[Any, ...] = (
    *(None, True, 0, -1, 5, 1.5, 2**70, -(2**63), 10**400),
    *("", " ", "x", "/start", "\x00", "\ud83d", "қ" * 5_000, "c:d:-1:0:x", "<b>"),
    *([], [[]], [None], [{}], {}, {"id": "x"}, {"type": "new"}, [1, "x", {}]),
)
NEW_FIELDS = (
    "new_kind",
    "forward_origin",
    "rich_message",
    "entities",
    "caption",
    "media_group_id",
    "via_bot",
)
Place = tuple[Any, Any]  # a dict or list, and the key in it


def recorded(person: int) -> list[dict[str, Any]]:
    text = RECORDED.read_text(encoding="utf-8").replace(RECORDED_PERSON, str(person))
    return list(json.loads(text))


def mutated(chance: random.Random, update: dict[str, Any]) -> dict[str, Any]:
    """One to three pieces are gone, of another type, unknown, renamed, or another piece of the update."""
    update = copy.deepcopy(update)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(update))
        if places:
            _damage(chance, *chance.choice(places), places)
    return update


def _places(value: Any) -> Iterator[Place]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in list(pairs):
        yield value, key
        if isinstance(held, dict | list):
            yield from _places(held)


def _damage(chance: random.Random, holder: Any, key: Any, places: list[Place]) -> None:
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = copy.deepcopy(chance.choice(WRONG))
        case 3:
            other, place = chance.choice(places)
            holder[key] = copy.deepcopy(other[place])
        case 4 if isinstance(holder, dict):
            holder[chance.choice(NEW_FIELDS)] = copy.deepcopy(chance.choice(WRONG))
        case 5 if isinstance(holder, dict):
            holder[f"new_{key}"] = holder.pop(key)
        case _:
            holder[key] = [holder[key]]


@dataclass(slots=True, kw_only=True)
class Fuzz:
    """`faults` are what was lost or raised, each with the update."""

    live_bot: RunningBot
    chance: random.Random
    tried: int = 0
    faults: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_ID))
    reader: Bot = field(default_factory=lambda: Bot("42:TEST"))

    async def run(self, count: int) -> None:
        person = await self.live_bot.person("ru")
        updates = recorded(person.number)
        while self.tried < count:
            damaged = [mutated(self.chance, self.chance.choice(updates)) for _ in range(BATCH)]
            await self._try(person, damaged)
            self.tried += BATCH

    async def _try(self, person: SimulatedPerson, damaged: list[dict[str, Any]]) -> None:
        """Among talk as it goes on: some window is open."""
        await person.ask(self.chance.choice(OPENERS))
        raws = {number: raw | {"update_id": number} for raw in damaged for number in (next(self.numbers),)}
        await self.live_bot.runner.intake.accept([self._arrival(raw) for raw in raws.values()])
        await self.live_bot.quiet.wait()
        await self._check(raws)

    def _arrival(self, raw: dict[str, Any]) -> Arrival:
        return arrival_of(raw, json.dumps(raw))

    async def _check(self, raws: dict[int, dict[str, Any]]) -> None:
        async with self.live_bot.database.session() as session:
            handled = select(InboxRow.update_id).where(InboxRow.handled_at.is_not(None))
            done = set(await session.scalars(handled.where(InboxRow.update_id.in_(raws))))
            failed = select(FailedUpdate.update_id, FailedUpdate.why)
            why = {row.update_id: row.why for row in await session.execute(failed)}
            said = select(OutboxRow.update_id).where(OutboxRow.update_id.in_(raws))
            answered = set(await session.scalars(said))
        for number, raw in raws.items():
            fault = None
            if number not in done:
                fault = "not handled"
            elif not why.get(number, "UnreadableUpdateError").startswith("UnreadableUpdateError"):
                fault = why[number]
            elif number not in answered and self._asks(raw):
                fault = "not answered"
            if fault is not None:
                self.faults.append(f"{fault}: {json.dumps(raw)[:1500]}")

    def _asks(self, raw: dict[str, Any]) -> bool:
        """Whether the bot owes an answer: to what it cannot read wherever it can tell who asks."""
        try:
            update = read(json.dumps(raw), self.reader)
        except UnreadableUpdateError:
            addressee = addressee_of(raw)
            return addressee.chat_id is not None or addressee.callback_id is not None
        if update is None:
            return False
        if update.callback_query is not None or update.inline_query is not None:
            return True
        return update.message is not None and _is_question(update.message)


def _is_question(message: Message) -> bool:
    is_ours = message.via_bot is not None and message.via_bot.id == Bot("42:TEST").id
    return (
        message.chat.type == ChatType.PRIVATE
        and message.content_type in SAID
        and message.media_group_id is None
        and not is_ours
    )
