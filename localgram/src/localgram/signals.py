"""Wakes waiting tasks."""

import asyncio


class Signal:
    """Wakes the tasks that are waiting when it fires; later ones wait for the next time.

    `waiting` counts them.
    """

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.waiting = 0

    def fire(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Whether it fired within `seconds` of real time."""
        event = self._event
        self.waiting += 1
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await event.wait()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True
