"""A minimal fake Telegram: accepts every call, numbers messages, records everything."""

import asyncio
import itertools
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.quick_session import QuickSession

TOKEN = "42:TEST"
QUIET_LOOKS = 3


@dataclass(slots=True, kw_only=True)
class FakeTelegram:
    """`refusals` are returned first, by method: the fields of Telegram's error. Each call takes `delay_s`.
    `polls` counts getUpdates; `clients` counts messages by the client name prefixed to the path.
    """

    delay_s: float = 0.0
    polls: int = 0
    under_way: int = 0
    clients: Counter[str] = field(default_factory=Counter)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    updates: list[Any] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: itertools.count(100))

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        app.router.add_post("/{client}/bot{token}/{method}", self._answer)
        return app

    def texts(self) -> list[str]:
        return [fields["text"] for method, fields in self.calls if method == "sendMessage"]

    async def at_rest(self) -> None:
        """Wait until nothing is in flight and no call has come for a while."""
        quiet = 0
        while quiet < QUIET_LOOKS:
            taken = len(self.calls)
            await asyncio.sleep(max(self.delay_s, 0.05))
            quiet = 0 if self.under_way or len(self.calls) > taken else quiet + 1

    async def _answer(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "getUpdates":  # a running bot polls endlessly
            return await self._take(request)
        self.under_way += 1
        try:
            return await self._take(request)
        finally:
            self.under_way -= 1

    async def _take(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = await _fields(request)
        if method == "getUpdates" and not self.refusals.get(method):
            self.polls += 1
            await asyncio.sleep(0.01)
            return web.json_response({"ok": True, "result": self._offered(fields)})
        await asyncio.sleep(self.delay_s)
        self.calls.append((method, fields))
        self.clients[request.match_info.get("client", "")] += 1
        if self.refusals.get(method):
            refusal = self.refusals[method].pop(0)
            return web.json_response({"ok": False, **refusal}, status=refusal["error_code"])
        return web.json_response({"ok": True, "result": self._result(method, fields)})

    def _offered(self, fields: dict[str, Any]) -> list[Any]:
        offset = int(fields.get("offset", 0))
        self.updates = [one for one in self.updates if not _is_confirmed(one, offset)]
        return self.updates

    def _result(self, method: str, fields: dict[str, Any]) -> Any:
        if not method.startswith(("send", "editMessage")) or method == "sendChatAction":
            return True
        number = fields.get("message_id") or next(self._numbers)
        return {"message_id": number, "date": 0, "chat": {"id": fields["chat_id"], "type": "private"}}


def _is_confirmed(update: Any, offset: int) -> bool:
    """What is no update is never confirmed."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and number < offset


async def _fields(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post()
    return {name: value if isinstance(value, str) else value.file.read() for name, value in form.items()}


def bot_of(server: TestServer) -> Bot:
    api = TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/"))
    return Bot(TOKEN, session=QuickSession(api=api))


def message(update_id: int, text: str, chat_id: int = 7) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Person"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_700_000_000,
            "chat": {"id": chat_id, "type": "private", "first_name": "Person"},
            "from": person,
            "text": text,
        },
    }


def press(update_id: int, data: str, message_id: int, chat_id: int = 7) -> dict[str, Any]:
    shown = {
        "message_id": message_id,
        "date": 1_700_000_000,
        "chat": {"id": chat_id, "type": "private"},
        "text": "?",
    }
    return {
        "update_id": update_id,
        "callback_query": {
            "id": str(update_id),
            "chat_instance": "1",
            "data": data,
            "from": {"id": chat_id, "is_bot": False, "first_name": "Person"},
            "message": shown,
        },
    }


def as_text(update: dict[str, Any]) -> str:
    return json.dumps(update)
