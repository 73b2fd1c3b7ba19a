"""One call of the Bot API: find the method, run it, wrap what it gives."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from simulator.arguments import Arguments
from simulator.errors import Refusal, unknown_method
from simulator.methods import about, answers, chats, incoming, media, messages
from simulator.methods.table import Method
from simulator.wire import to_wire
from simulator.world import World

METHODS: Mapping[str, Method] = {
    name.lower(): method
    for table in (
        about.TABLE,
        answers.TABLE,
        chats.TABLE,
        incoming.TABLE,
        media.TABLE,
        messages.TABLE,
    )
    for name, method in table.items()
}
UNRECORDED = frozenset({"getupdates"})
LIMITED = frozenset({"sendmessage", "senddocument", "sendphoto", "sendmediagroup"})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    body: dict[str, object]


async def call(world: World, name: str, arguments: Arguments) -> Answer:
    """What Telegram would answer to this call; method names are taken in any case, as Telegram takes them."""
    try:
        result = await _run(world, name, arguments)
        answer = Answer(status=200, body={"ok": True, "result": to_wire(result)})
    except Refusal as refusal:
        answer = Answer(status=refusal.code, body=refusal.as_dict())
    record(world, name, arguments, answer.status)
    return answer


def record(world: World, name: str, arguments: Arguments, status: int) -> None:
    """Write the call into the journal; polls are left out, there are too many of them."""
    if name.lower() in UNRECORDED:
        return
    world.journal.write(
        method=name,
        at=world.clock.now(),
        seconds=asyncio.get_running_loop().time(),
        status=status,
        chat_id=arguments.whole("chat_id") or None,
        arguments=dict(arguments.values),
    )


async def _run(world: World, name: str, arguments: Arguments) -> Any:
    method = METHODS.get(name.lower())
    if method is None:
        log.warning("unknown method", method=name)
        raise unknown_method()
    if name.lower() in LIMITED:
        world.limits.spend(arguments.whole("chat_id"), asyncio.get_running_loop().time())
    return await method(world, arguments)
