"""A Telegram stand-in: accepts the bots' calls and stores each chat's latest buttons for the citizen."""

import asyncio
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bench.throughput.wire import Conversation, answer_to, method_of

_CHAT = re.compile(rb'name="chat_id"\r\n(?:[^\r\n]+\r\n)*\r\n(\d+)')  # in a multipart form


@dataclass(slots=True)
class Chat:
    """What the citizen sees: the latest message with buttons, and the calls that arrived."""

    message_id: int = 0
    buttons: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait_for(self, ending: str) -> str:
        """Wait for a button whose data ends so, and return its data."""
        while True:
            self.heard.clear()
            found = next((data for data in self.buttons if data.endswith(ending)), None)
            if found is not None:
                return found
            await self.heard.wait()

    async def wait_for_call(self, method: str) -> None:
        while method not in self.calls:
            self.heard.clear()
            await self.heard.wait()


class Telegram:
    """`connection` is the protocol of each connection a bot opens."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = defaultdict(Chat)
        self._numbers = count(1)

    def connection(self) -> Conversation:
        return _Called(self)

    def call(self, method: str, body: bytes) -> int:
        """Record the call; returns the id of the message it sent or edited."""
        number, fields = next(self._numbers), _fields(body)
        if "chat_id" in fields:
            self._heard(method, number, fields)
        return number

    def _heard(self, method: str, number: int, fields: dict[str, Any]) -> None:
        chat = self.chats[int(fields["chat_id"])]
        if method.startswith(("send", "edit")):
            chat.message_id = number
        rows = (fields.get("reply_markup") or {}).get("inline_keyboard")
        if rows:
            chat.buttons = [one["callback_data"] for row in rows for one in row if "callback_data" in one]
        chat.calls.append(method)
        chat.heard.set()


class _Called(Conversation):
    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self._telegram = telegram

    def received(self, head: bytes, body: bytes, /) -> None:
        method = method_of(head)
        number = self._telegram.call(method.decode(), body)
        self.transport.write(answer_to(method, number))


def _fields(body: bytes) -> dict[str, Any]:
    """The fields of a call; of a multipart form only the chat id."""
    if body.startswith(b"{"):
        return dict(json.loads(body))
    chat = _CHAT.search(body)
    return {} if chat is None else {"chat_id": int(chat[1])}
