"""Open-loop load: updates arrive at set moments, whether or not the bot is ready; measures each answer's
time.
"""

import asyncio
import json
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.throughput.bots import PATH, SECRET
from bench.throughput.measurement import CONNECTIONS
from bench.throughput.questions import CHATS, update
from bench.throughput.wire import Conversation, head_of, request

PATIENCE_S = 60.0
_HEAD = head_of(PATH, SECRET)


def moments(count: int, rate: float, seed: int) -> list[float]:
    """Arrival times in seconds of `count` updates, a Poisson process of `rate` a second."""
    chance, at, found = random.Random(seed), 0.0, []
    for _ in range(count):
        at += chance.expovariate(rate)
        found.append(at)
    return found


@dataclass(slots=True)
class AnswerTimes:
    """From the moment a chat's update was due to its answer's arrival at Telegram."""

    seconds: list[float] = field(default_factory=list)
    _asked: dict[int, deque[float]] = field(default_factory=dict)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def asked(self, chat: int, at: float) -> None:
        self._asked.setdefault(chat, deque()).append(at)

    def answered(self, fields: bytes) -> None:
        """A call that shows a person something; calls nobody waits for do not count."""
        waiting = self._asked.get(json.loads(fields)["chat_id"])
        if waiting:
            self.seconds.append(asyncio.get_running_loop().time() - waiting.popleft())
            self._heard.set()

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while len(self.seconds) < count:
                self._heard.clear()
                await self._heard.wait()


class WebhookConnection(Conversation):
    """One connection to the webhook, returned to `free` when its update was accepted."""

    def __init__(self, free: asyncio.Queue["WebhookConnection"]) -> None:
        super().__init__()
        self._free = free

    def received(self, head: bytes, _: bytes, /) -> None:
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        self._free.put_nowait(self)

    def post(self, body: bytes) -> None:
        self.transport.write(_HEAD + request(body))


async def come(ports: Sequence[int], watch: AnswerTimes, numbers: range, rate: float) -> None:
    """Post these updates at their moments; return when each is answered.

    Without a free connection an update waits for one, as Telegram's do, and the wait counts.
    """
    loop = asyncio.get_running_loop()
    free: asyncio.Queue[WebhookConnection] = asyncio.Queue()
    lines = [
        (await loop.create_connection(lambda: WebhookConnection(free), "127.0.0.1", ports[one % len(ports)]))[
            1
        ]
        for one in range(CONNECTIONS)
    ]
    for line in lines:
        free.put_nowait(line)
    began = loop.time() + 0.1
    for number, moment in zip(numbers, moments(len(numbers), rate, seed=1), strict=True):
        await asyncio.sleep(began + moment - loop.time())
        watch.asked(1_000 + number % CHATS, began + moment)
        (await free.get()).post(update(number))
    await watch.wait_for(len(numbers))
    for line in lines:
        line.transport.close()
