"""A citizen who complains: every message and press of the whole dialog, each after the bot's answer."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bench.complaints.telegram import Chat, Telegram
from bench.throughput.bots import PATH, SECRET
from bench.throughput.wire import Hook
from tests.accounts.numbers import iin_from

CARD, REGION = "driving-licence", "almaty"
QUESTION = "замена водительских прав"
TEXT = "Подал документы три недели назад, до сих пор ничего не готово"
NAME = "Серикова Айгуль"
_numbers = count(1)


@dataclass(slots=True, kw_only=True)
class ScriptedCitizen:
    """`hooks` are his connections to the bots' webhooks; each update goes to the next one."""

    number: int
    telegram: Telegram
    hooks: list[Hook]
    updates: int = 0

    async def complain(self) -> None:
        """From the question to the receipt."""
        await self.say(QUESTION)
        await self.press(f"cp:{CARD}")
        for data in ("agree:office", f"region:{REGION}"):
            await self.press(data)
        await self.say(TEXT, after="cancel")
        await self.press("yes")
        await self.say(f"{NAME} {iin_from(self.number % 9000)}", after="cancel")
        await self.press("send")
        await self.chat.wait_for_call("sendDocument")

    @property
    def chat(self) -> Chat:
        return self.telegram.chats[self.number]

    async def say(self, text: str, after: str = "") -> None:
        if after:
            await self.chat.wait_for(after)
        self.chat.buttons = []
        await self._post({"message": self._message(text, self.updates + 1)})

    async def press(self, ending: str) -> None:
        data = await self.chat.wait_for(ending)
        self.chat.buttons = []
        message = self._message("…", self.chat.message_id)
        await self._post(
            {
                "callback_query": {
                    "id": str(next(_numbers)),
                    "from": self._person(),
                    "chat_instance": "1",
                    "message": message,
                    "data": data,
                }
            }
        )

    async def _post(self, update: dict[str, Any]) -> None:
        self.updates += 1
        number = next(_numbers)
        hook = self.hooks[number % len(self.hooks)]
        await hook.post(json.dumps({"update_id": number, **update}).encode())

    def _message(self, text: str, number: int) -> dict[str, Any]:
        chat = {"id": self.number, "type": "private"}
        return {"message_id": number, "date": 0, "chat": chat, "from": self._person(), "text": text}

    def _person(self) -> dict[str, Any]:
        return {"id": self.number, "is_bot": False, "first_name": "Айгүл", "language_code": "ru"}


async def all_complain(telegram: Telegram, ports: Sequence[int], numbers: range, at_once: int) -> None:
    """`at_once` of them talk at the same time, each on connections of its own."""
    waiting = iter(numbers)
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(_complain_in_turn(telegram, ports, waiting))


async def _complain_in_turn(telegram: Telegram, ports: Sequence[int], numbers: Iterator[int]) -> None:
    loop = asyncio.get_running_loop()
    opened = [await loop.create_connection(lambda: Hook(PATH, SECRET), "127.0.0.1", port) for port in ports]
    for number in numbers:
        citizen = ScriptedCitizen(number=1000 + number, telegram=telegram, hooks=[hook for _, hook in opened])
        await citizen.complain()
    for transport, _ in opened:
        transport.close()
