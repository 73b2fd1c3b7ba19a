"""A Telegram that means harm: refusals for random chats, broken answers, and updates that are none."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from localgram.client import SimulatedPerson, SimulatorClient

FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"status": 429, "retry_after": 1, "times": 2},
    {"status": 429, "retry_after": 4},
    {"status": 500, "times": 2},
    {"status": 502},
    {"status": 503, "times": 2},
    {"kind": "garbage", "times": 2},
    {"kind": "reset", "times": 2},
    {"kind": "lost"},
    {"delay": 1.0, "times": 3},
)
METHODS: Final = ("sendMessage", "sendMessage", "*")
MOST_WAITING: Final = 4  # faults that have met no call yet: more would fail every attempt of one chat
PAUSES_S: Final = (0.3, 1.5)
# Numbers beyond 64 bits are refused at the door, and sent again for ever: tests/messaging/test_intake.py.
_WRONG: Final[tuple[Any, ...]] = (
    None, True, -1, 2**62, 1.5, "", "x" * 5_000, "\x00", [], [[]], {}, {"type": "moon"}, [None, {}],
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class HostileTelegram:
    """`done` counts what was ordered; `noisy` is in whose name malformed updates come."""

    client: SimulatorClient
    chats: Sequence[int]
    noisy: SimulatedPerson
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)

    async def run(self, until: float) -> None:
        """Until that time of the event loop."""
        loop = asyncio.get_running_loop()
        while loop.time() < until:
            await asyncio.sleep(self.chance.uniform(*PAUSES_S))
            await self.chance.choice((self._fault, self._malformed))()

    async def _fault(self) -> None:
        fault, method = self.chance.choice(FAULTS), self.chance.choice(METHODS)
        chat = self.chance.choice((0, self.chance.choice(self.chats)))
        waiting = (await self.client.get("/faults"))["faults"]
        if len(waiting) >= MOST_WAITING or any(one["chat_id"] == chat for one in waiting if chat):
            return
        await self.client.order_fault(method=method, chat_id=chat, **fault)
        name = fault.get("kind") or fault.get("status") or "slow"
        self.done[f"Telegram: {name}{' of a chat' if chat else ''}"] += fault.get("times", 1)

    async def _malformed(self) -> None:
        update = self.chance.choice(_UPDATES)(self.noisy.number)
        for _ in range(self.chance.randint(1, 3)):
            damage(update, self.chance)
        await self.client.post(f"/people/{self.noisy.number}/updates", update)
        self.done["malformed update"] += 1


def damage(update: dict[str, Any], chance: random.Random) -> None:
    """Take away, add or replace one value somewhere in the update, but not whose chat it is."""
    places = [(part, name) for part in _parts(update) for name in part if name not in {"chat", "from"}]
    if not places:
        return
    part, name = chance.choice(places)
    match chance.randrange(3):
        case 0:
            del part[name]
        case 1:
            part[name] = chance.choice(_WRONG)
        case _:
            part[f"new_{chance.randrange(9)}"] = chance.choice(_WRONG)


def _parts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        below = [part for name, one in value.items() if name not in {"chat", "from"} for part in _parts(one)]
        return [value, *below]
    return [part for one in value for part in _parts(one)] if isinstance(value, list) else []


def _message(person: int) -> dict[str, Any]:
    return {
        "message_id": 1_000_000,
        "date": 1_790_000_000,
        "chat": {"id": person, "type": "private", "first_name": "N"},
        "from": {"id": person, "is_bot": False, "first_name": "N", "language_code": "ru"},
        "text": "поставить апостиль",
        "entities": [{"type": "bold", "offset": 0, "length": 9}],
        "forward_origin": {"type": "hidden_user", "date": 1_790_000_000, "sender_user_name": "N"},
        "reply_to_message": {
            "message_id": 1,
            "date": 1_790_000_000,
            "chat": {"id": person, "type": "private", "first_name": "N"},
            "text": "x",
        },
    }


_UPDATES: Final = (
    lambda person: {"message": _message(person)},
    lambda person: {"edited_message": _message(person) | {"edit_date": 1_790_000_001}},
    lambda person: {
        "callback_query": {
            "id": "1",
            "from": _message(person)["from"],
            "chat_instance": "1",
            "message": _message(person),
            "data": "x",
        }
    },
    lambda person: {
        "inline_query": {"id": "1", "from": _message(person)["from"], "query": "апостиль", "offset": ""}
    },
    lambda person: {"moon_phase": {"chat": _message(person)["chat"], "phase": "new"}},
)
