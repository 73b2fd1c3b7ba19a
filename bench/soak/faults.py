"""Faults injected one at a time, at random moments."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from localgram.client import SimulatorClient

from bench.soak.parts import SupervisedProcess

FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 429, "retry_after": 2, "times": 3},
    {"status": 500, "times": 3},
    {"status": 502, "times": 3},
    {"kind": "garbage", "times": 3},
    {"kind": "lost", "times": 1},
    {"kind": "hang", "times": 1},
    {"delay": 2.0, "times": 5},
)
PAUSES_S = (3.0, 12.0)
AWAY_S = (2.0, 15.0)
LIFE_S = 40


@dataclass(slots=True, kw_only=True)
class FaultInjector:
    """`done` counts the faults, which bound how many answers may be repeated; `crashes_at` are the times of
    the event loop at which a process or the database ended, or the database came back.
    """

    client: SimulatorClient
    victims: list[SupervisedProcess]
    server: Any
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)
    crashes_at: list[float] = field(default_factory=list)

    async def run(self, until: float) -> None:
        """Until that time of the event loop; questions asked by then must still be answered."""
        actions = (self._kill, self._kill, self._telegram, self._telegram, self._telegram, self._database)
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(self.chance.uniform(*PAUSES_S))
            await self.chance.choice(actions)()

    async def _kill(self) -> None:
        """Kill a process that has run for a while, so that the soak is not all restarts."""
        grown = [part for part in self.victims if part.lived_s >= LIFE_S]
        if grown:
            part = self.chance.choice(grown)
            part.kill()
            self._crashed()
            self.done[f"kill -9 {part.name}"] += 1

    async def _telegram(self) -> None:
        fault = self.chance.choice(FAULTS)
        await self.client.order_fault(method="sendMessage", **fault)
        self.done[f"Telegram: {fault.get('kind') or fault.get('status') or 'slow'}"] += fault.get("times", 1)

    async def _database(self) -> None:
        self._crashed()
        await asyncio.to_thread(self.server.stop)
        try:
            await asyncio.sleep(self.chance.uniform(*AWAY_S))
        finally:
            await asyncio.shield(asyncio.to_thread(self.server.ensure_postgres_running))
            self._crashed()  # what was sent while it was away could not be marked either
        self.done["PostgreSQL stopped"] += 1

    def _crashed(self) -> None:
        self.crashes_at.append(asyncio.get_running_loop().time())
