"""The second soak: the faults of the first, and a hostile Telegram, and texts of the longest kind."""

import asyncio
import json
import random
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator
from sqlalchemy.exc import SQLAlchemyError

from accounts.cipher import Cipher, make_key
from bench.soak import letters
from bench.soak.faults import FaultInjector
from bench.soak.hostile import HostileTelegram
from bench.soak.losses import Evidence, LossCount, count_losses, is_settled
from bench.soak.officials import AnsweringOfficials
from bench.soak.parts import SoakEnvironment, SupervisedProcess, shifted_clock, supervise
from bench.throughput.measurement import free_port
from cli.local_database import ready_database
from database.engine import Database
from kernel.clock import Clock, SystemClock

WORKING_HOUR = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)  # ten o'clock in Kazakhstan, a Wednesday
SHORT = ("поставить апостиль", "замена водительских прав", "встать в очередь в детский сад")
PATIENCE_S = 300.0
MOST_LOSSES_SHOWN = 20
CALL_TIMEOUT_S = 20.0  # the bot's own: no answer is late merely because the machine is busy
CALM_S = 4  # a repeat after a crash has come by then


async def second_soak(minutes: float, people: int, seed: int, server: Any) -> int:
    """Exit status 1 where anything was lost, or came again without a crash or a lost answer of its own."""
    shift_s = (WORKING_HOUR - SystemClock().now()).total_seconds()
    clock = shifted_clock(shift_s)
    async with (
        ready_database(server.get_uri(), clock) as database,
        Simulator(clock=clock) as simulator,
        SimulatorClient(simulator.url) as client,
    ):
        place = SoakEnvironment(
            database_url=server.get_uri(),
            api_url=simulator.url,
            port=free_port(),
            key=make_key(),
            shift_s=shift_s,
            call_timeout_s=CALL_TIMEOUT_S,
        )
        soak = SecondSoak(
            place=place, database=database, clock=clock, simulator=simulator, client=client, server=server
        )
        return await soak.run(minutes, people, random.Random(seed))


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondSoak:
    place: SoakEnvironment
    database: Database
    clock: Clock
    simulator: Simulator
    client: SimulatorClient
    server: Any

    async def run(self, minutes: float, people: int, chance: random.Random) -> int:
        parts = [SupervisedProcess(name, self.place) for name in ("web", "worker", "worker")]
        writing = [await self.client.person(language_code="ru") for _ in range(people)]
        officials = await self._officials(chance)
        chats, noisy = [one.number for one in writing], await _started(self.client)
        faults = FaultInjector(client=self.client, victims=parts[:2], server=self.server, chance=chance)
        hostile = HostileTelegram(client=self.client, chats=chats, noisy=noisy, chance=chance)
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(supervise(parts))
            await writing[0].say(SHORT[0])
            await writing[0].wait_for_reply(wait=PATIENCE_S)  # everything has started
            until = asyncio.get_running_loop().time() + minutes * 60
            doing = [faults.run(until), hostile.run(until), officials.run(until)]
            doing += [_write(one, until, random.Random(chance.random())) for one in writing]
            await asyncio.gather(*doing)
            await self.client.delete("/faults")
            settled = await self._settle()
            watching.cancel()
        for part in parts:
            part.kill()
        notified = [*officials.citizens, officials.head, officials.officer]
        evidence = Evidence(calls=await self.client.calls("sendMessage"), crashes_at=faults.crashes_at)
        async with self.database.session() as session:
            found = await count_losses(session, writing, notified, officials.answered, evidence)
        return report(found, faults, hostile, settled=settled)

    async def _officials(self, chance: random.Random) -> AnsweringOfficials:
        officials = AnsweringOfficials(
            database=self.database,
            client=self.client,
            cipher=Cipher.of(self.place.key),
            clock=self.clock,
            chance=chance,
            head=await _started(self.client),
            officer=await _started(self.client),
        )
        await officials.begin()
        return officials

    async def _settle(self) -> bool:
        """Wait until nothing is left to take, to handle or to send; False where that never came."""
        loop = asyncio.get_running_loop()
        deadline, calm = loop.time() + PATIENCE_S, 0
        while calm < CALM_S and loop.time() < deadline:
            await asyncio.sleep(1)
            try:
                async with self.database.session() as session:
                    is_calm = await is_settled(session, self.clock.now())
            except (SQLAlchemyError, OSError):
                is_calm = False
            calm = calm + 1 if is_calm and not self.simulator.waiting_updates else 0
        return calm == CALM_S


async def _started(client: SimulatorClient) -> SimulatedPerson:
    person = await client.person(language_code="ru")
    await person.start()
    return person


async def _write(person: SimulatedPerson, until: float, chance: random.Random) -> None:
    """Write without waiting for answers: short questions, and messages of 4,096 units."""
    texts = cycle(
        chance.sample([*SHORT, *map(letters.message, letters.KINDS)], len(SHORT) + len(letters.KINDS))
    )
    loop = asyncio.get_running_loop()
    while loop.time() < until:
        await person.say(next(texts))
        await asyncio.sleep(chance.uniform(0.5, 4.0))


def report(found: LossCount, faults: FaultInjector, hostile: HostileTelegram, *, settled: bool) -> int:
    hurt = faults.done + hostile.done
    # one message of each chat may have been sent while its mark was lost with a process or the database
    crashes = sum(number for name, number in hurt.items() if not name.startswith(("Telegram", "malformed")))
    broken = sum(number for name, number in hurt.items() if name.split()[1:2] in (["lost"], ["hang"]))
    shown = asdict(found) | {"lost": len(found.lost), "losses": found.lost[:MOST_LOSSES_SHOWN]}
    print(
        json.dumps(
            {**shown, "settled": settled, "hurt": dict(sorted(hurt.items()))}, ensure_ascii=False, indent=1
        )
    )
    explained = found.doubled <= crashes * len(hostile.chats) + broken
    return int(bool(found.lost or found.unexplained) or not explained or not settled)
