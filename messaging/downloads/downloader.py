"""Fetches the noted files from Telegram, one short transaction before each download and one after it."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from typing import Generic, Protocol

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import ClientError

from database.engine import Database
from kernel.clock import Clock
from kernel.errors import DomainError
from messaging.downloads.queue import MOST_ATTEMPTS, DownloadQueue, DownloadRowT
from messaging.periodic import PeriodicJob

INTERVAL_S = 0.5
DOWNLOAD_S = 60


class DownloadReceiver(Protocol[DownloadRowT]):
    """What becomes of the files of one table."""

    @property
    def table(self) -> type[DownloadRowT]: ...

    def not_fetched(self) -> DomainError:
        """What is said of a file that Telegram does not know, or that never came."""
        ...

    async def take(self, row: DownloadRowT, content: bytes) -> None:
        """The file is here. Raises DomainError where it is not taken: `give_up` is asked then."""
        ...

    async def give_up(self, row: DownloadRowT, error: DomainError) -> None:
        """The file is not taken: the note is finished and its sender told why, once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloader(Generic[DownloadRowT]):
    database: Database
    bot: Bot
    clock: Clock
    taker: DownloadReceiver[DownloadRowT]

    def as_job(self, name: str) -> PeriodicJob:
        return PeriodicJob(name=name, every_s=INTERVAL_S, run=self.fetch_due)

    async def fetch_due(self) -> None:
        """Fetch what is due now."""
        async with self.database.session() as session:
            if not await DownloadQueue(self.taker.table, session, self.clock).is_due():
                return
        async with self.database.unit_of_work() as unit:
            claimed = await DownloadQueue(self.taker.table, unit.session, self.clock).claim()
            await unit.commit()
        for row in claimed:
            await self._fetch(row)

    async def _fetch(self, row: DownloadRowT) -> None:
        try:
            await self.taker.take(row, await self._download(row.file_id))
        except DomainError as error:
            await self.taker.give_up(row, error)
        except TelegramBadRequest:
            await self.taker.give_up(row, self.taker.not_fetched())
        except (AiogramError, ClientError, TimeoutError, OSError):
            await self._later(row)

    async def _download(self, file_id: str) -> bytes:
        held = BytesIO()
        async with asyncio.timeout(DOWNLOAD_S):
            await self.bot.download(file_id, destination=held, timeout=DOWNLOAD_S)
        return held.getvalue()

    async def _later(self, row: DownloadRowT) -> None:
        if row.attempts >= MOST_ATTEMPTS:
            await self.taker.give_up(row, self.taker.not_fetched())
            return
        async with self.database.unit_of_work() as unit:
            await DownloadQueue(self.taker.table, unit.session, self.clock).try_again(row)
            await unit.commit()
