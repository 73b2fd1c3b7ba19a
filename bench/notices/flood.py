"""Many notices at once through the local Telegram, which holds the bot to Telegram's limits."""

import asyncio
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from localgram.client import SimulatorClient
from localgram.server import TOKEN, Simulator
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.runner import BotSettings, make_bot
from database.engine import Database
from kernel.clock import ALMATY, MovableClock, SystemClock
from messaging.api import TelegramChannel
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import Audience, IsWorking
from messaging.outbox.sending import MessageSender, Pace
from messaging.periodic import PeriodicJobs
from notifications.notices import Notice, Notices

MORNING = datetime(2026, 3, 19, 10, 0, tzinfo=ALMATY)
_GREETED_AT_ONCE = 20
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodFigures:
    """As the simulator saw it; `most_*` are counted over every span of one second."""

    notices: int
    arrived: int
    refused: int
    seconds: float
    most_in_a_second: int
    most_in_a_second_of_a_chat: int

    @property
    def is_good(self) -> bool:
        everything_once = self.arrived == self.notices and self.refused == 0
        return everything_once and self.most_in_a_second <= 30 and self.most_in_a_second_of_a_chat <= 1


async def flood(database: Database, notices: int) -> FloodFigures:
    """Send `notices` (a tenth of them second ones of their chats) into an up-to-date, empty `database`."""
    clock = MovableClock(SystemClock())
    clock.set(MORNING)
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        chats = await _people(client, notices - notices // 10)
        await client.post("/limits", {"enforced": True})
        await _write(database, [*chats, *chats[: notices // 10]], clock.now())
        async with make_bot(BotSettings(token=TOKEN, api_url=simulator.url)) as bot:
            channel = TelegramChannel(bot=bot)
            pace = Pace(monotonic=asyncio.get_running_loop().time)
            sender = MessageSender(channel=channel, clock=clock, pace=pace, sleep=asyncio.sleep)
            delivery = Delivery(database=database, sender=sender, clock=clock, working_days=_ask_working_days)
            async with asyncio.timeout(60 + notices / 15), asyncio.TaskGroup() as group:
                group.create_task(delivery.run())
                periodic = PeriodicJobs([delivery.as_job()])
                periodic.start()
                while _taken(await client.calls("sendMessage")) < notices:  # noqa: ASYNC110  over HTTP
                    await asyncio.sleep(1)
                delivery.stop()
                await periodic.stop(grace_s=10)
        return measured(notices, await client.calls("sendMessage"))


def _taken(calls: Sequence[dict[str, Any]]) -> int:
    return sum(call["status"] == 200 for call in calls)


def measured(notices: int, calls: Sequence[dict[str, Any]]) -> FloodFigures:
    texts = Counter(call["arguments"]["text"] for call in calls if call["status"] == 200)
    times = sorted(call["seconds"] for call in calls)
    of_chats: dict[int, list[float]] = defaultdict(list)
    for call in calls:
        of_chats[call["chat_id"]].append(call["seconds"])
    return FloodFigures(
        notices=notices,
        arrived=len(texts) if texts.total() == len(texts) else -texts.total(),
        refused=len(calls) - _taken(calls),
        seconds=round(times[-1] - times[0], 1),
        most_in_a_second=most_in_a_second(times),
        most_in_a_second_of_a_chat=max(most_in_a_second(sorted(one)) for one in of_chats.values()),
    )


def most_in_a_second(times: Sequence[float]) -> int:
    """The most of the sorted `times` within any second, its end not counted."""
    return max(bisect_left(times, first + 1.0) - place for place, first in enumerate(times))


async def _people(client: SimulatorClient, count: int) -> list[int]:
    """So many people who have written to the bot."""

    async def greet() -> int:
        person = await client.person()
        await person.start()
        return person.number

    numbers: list[int] = []
    for start in range(0, count, _GREETED_AT_ONCE):
        wanted = min(_GREETED_AT_ONCE, count - start)
        numbers += await asyncio.gather(*(greet() for _ in range(wanted)))
    return numbers


async def _write(database: Database, chats: Sequence[int], now: datetime) -> None:
    notices = [
        Notice(
            subject=f"waiver/{number}",
            version=1,
            stage="today",
            recipient=chat,
            audience=Audience.OFFICIAL,
            due_at=now - timedelta(days=1),
            payload={"text": f"№ {number}"},
        )
        for number, chat in enumerate(chats)
    ]
    for start in range(0, len(notices), _BATCH):
        async with database.unit_of_work() as work:
            writer = Notices(session=work.session, is_working=_every_day)
            await writer.write(notices[start : start + _BATCH], now)
            await work.commit()


def _every_day(_: date) -> bool:
    return True


async def _ask_working_days(_: AsyncSession) -> IsWorking:
    return _every_day
