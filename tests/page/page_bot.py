"""A bot without logic: the test makes its calls one by one."""

import asyncio
from collections import deque
from typing import Any

from aiohttp import ClientSession

TIMEOUT_SECONDS = 10


class PageBot:
    def __init__(self, session: ClientSession, token: str) -> None:
        self._session = session
        self._path = f"/bot{token}/"
        self._waiting: deque[dict[str, Any]] = deque()
        self._offset = 0

    async def call(self, method: str, **arguments: Any) -> Any:
        """The result of a call that must succeed."""
        async with self._session.post(self._path + method, json=arguments) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def next(self, kind: str) -> dict[str, Any]:
        """The content of the next update of this kind, skipping others."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while True:
                while self._waiting:
                    update = self._waiting.popleft()
                    if kind in update:
                        return dict(update[kind])
                await self._fetch()

    async def say(self, person: int, text: str, **more: Any) -> dict[str, Any]:
        """Send a person a message in HTML."""
        return dict(await self.call("sendMessage", chat_id=person, text=text, parse_mode="HTML", **more))

    async def offer(self, person: int, text: str, *buttons: dict[str, Any]) -> dict[str, Any]:
        """Send a message with inline buttons, one per row."""
        return await self.say(
            person, text, reply_markup={"inline_keyboard": [[button] for button in buttons]}
        )

    async def _fetch(self) -> None:
        updates = await self.call("getUpdates", offset=self._offset, timeout=TIMEOUT_SECONDS)
        self._waiting.extend(updates)
        self._offset = max([self._offset, *(update["update_id"] + 1 for update in updates)])
