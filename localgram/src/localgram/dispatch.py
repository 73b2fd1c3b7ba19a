"""Dispatches a Bot API call: finds the method, runs it and wraps its result."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
import telegram

from localgram.arguments import Arguments
from localgram.errors import ApiError, not_modelled, unknown_method
from localgram.methods import about, answers, chats, copying, editing, incoming, media, messages
from localgram.methods.table import Method
from localgram.wire import to_wire
from localgram.world import TelegramWorld

METHODS: Mapping[str, Method] = {
    name.lower(): method
    for table in (
        about.TABLE,
        answers.TABLE,
        chats.TABLE,
        copying.TABLE,
        editing.TABLE,
        incoming.TABLE,
        media.TABLE,
        messages.TABLE,
    )
    for name, method in table.items()
}
UNRECORDED = frozenset({"getupdates"})
SENDING = ("send", "copymessage", "forwardmessage")
UNLIMITED = frozenset({"sendchataction"})
# Telegram's other methods, as the client library names them.
KNOWN: Mapping[str, str] = {name.lower(): name for name in dir(telegram.Bot) if name != name.lower()} | {
    "close": "close"  # the only one in small letters
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiResponse:
    status: int
    body: dict[str, object]


async def call(world: TelegramWorld, name: str, arguments: Arguments, *, fault: str = "") -> ApiResponse:
    """What Telegram would answer to this call. Like Telegram, ignores the case of method names."""
    try:
        result = await _run(world, name, arguments)
        answer = ApiResponse(status=200, body={"ok": True, "result": to_wire(result)})
    except ApiError as error:
        answer = ApiResponse(status=error.code, body=error.as_dict())
    record(world, name, arguments, answer.status, fault=fault)
    return answer


def record(world: TelegramWorld, name: str, arguments: Arguments, status: int, *, fault: str = "") -> None:
    """Add the call to the log. Polls are left out: there are too many of them."""
    if name.lower() in UNRECORDED:
        return
    world.call_log.write(
        method=name,
        at=world.clock.now(),
        seconds=asyncio.get_running_loop().time(),
        status=status,
        chat_id=arguments.integer("chat_id") or None,
        arguments=dict(arguments.values),
        fault=fault,
    )


async def _run(world: TelegramWorld, name: str, arguments: Arguments) -> Any:
    method = METHODS.get(name.lower())
    if method is None:
        log.warning("unknown method", method=name)
        known = KNOWN.get(name.lower())
        raise unknown_method() if known is None else not_modelled(known)
    if name.lower().startswith(SENDING) and name.lower() not in UNLIMITED:
        world.limits.spend(arguments.integer("chat_id"), asyncio.get_running_loop().time())
    return await method(world, arguments)
