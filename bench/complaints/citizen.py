"""A citizen who complains: every message and press of the whole dialog, each after the bot's answer."""

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import Any

from aiohttp import ClientSession

from accounts.kept.numbers import check_digit
from bench.complaints.telegram import Chat, Telegram
from bench.throughput.bots import SECRET

CARD, REGION = "driving-licence", "almaty"
QUESTION = "замена водительских прав"
TEXT = "Подал документы три недели назад, до сих пор ничего не готово"
NAME = "Серикова Айгуль"
_HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
_numbers = count(1)


@dataclass(slots=True, kw_only=True)
class Citizen:
    """`hooks` are the webhooks of the bots; each update goes to the next one."""

    number: int
    telegram: Telegram
    session: ClientSession
    hooks: list[str]
    updates: int = 0

    async def complain(self) -> None:
        """From the question to the receipt."""
        await self.say(QUESTION)
        await self.press(f"cp:{CARD}")
        await self.press("agree")
        await self.say(TEXT, after="cancel")
        for data in ("yes", "delivery:office", "none", f"region:{REGION}", "who:self"):
            await self.press(data)
        await self.say(NAME, after="cancel")
        await self.say(iin(self.number), after="cancel")
        await self.press("skip")
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
        body = {"update_id": number, **update}
        async with self.session.post(hook, json=body, headers=_HEADERS) as answer:
            answer.raise_for_status()

    def _message(self, text: str, number: int) -> dict[str, Any]:
        chat = {"id": self.number, "type": "private"}
        return {"message_id": number, "date": 0, "chat": chat, "from": self._person(), "text": text}

    def _person(self) -> dict[str, Any]:
        return {"id": self.number, "is_bot": False, "first_name": "Айгүл", "language_code": "ru"}


def iin(number: int) -> str:
    """A number of somebody born on 1 January 1801, made up of `number`."""
    for serial in range(number % 9000, 10_000):
        digits = f"0101011{serial:04}"
        last = check_digit(digits)
        if last is not None:
            return f"{digits}{last}"
    raise ValueError(f"no number is made of {number}")


async def all_complain(citizens: list[Citizen], at_once: int) -> None:
    """`at_once` of them talk at the same time."""
    gate = asyncio.Semaphore(at_once)

    async def one(citizen: Citizen) -> None:
        async with gate:
            await citizen.complain()

    async with asyncio.TaskGroup() as group:
        for citizen in citizens:
            group.create_task(one(citizen))
