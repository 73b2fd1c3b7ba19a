"""Downloads queued files from Telegram, with one short transaction before each download and one after."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Generic, Protocol

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import ClientError

from database.engine import Database
from kernel.clock import Clock
from kernel.errors import DomainError
from messaging.downloads.queue import MAX_ATTEMPTS, MAX_READINGS, DownloadQueue, DownloadRowT
from messaging.periodic import PeriodicJob

INTERVAL_S = 0.5
DOWNLOAD_S = 60
_log = structlog.get_logger(__name__)


class FileNotReadError(DomainError):
    """Reading the file has failed three times, in ways that no reader foresees."""

    code = "file_unread"


class DownloadReceiver(Protocol[DownloadRowT]):
    """Handles the downloaded files of one table."""

    @property
    def table(self) -> type[DownloadRowT]: ...

    def not_fetched(self) -> DomainError:
        """The error for a file that Telegram does not know or that never arrived."""
        ...

    async def take(self, row: DownloadRowT, content: bytes) -> None:
        """Process the file. Raises DomainError to reject it; then `give_up` is called."""
        ...

    async def give_up(self, row: DownloadRowT, error: DomainError) -> None:
        """Remove the row and tell the sender why, once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloader(Generic[DownloadRowT]):
    database: Database
    bot: Bot
    clock: Clock
    receiver: DownloadReceiver[DownloadRowT]

    def as_job(self, name: str) -> PeriodicJob:
        return PeriodicJob(name=name, every_s=INTERVAL_S, run=self.fetch_due)

    async def fetch_due(self) -> None:
        """Download what is due now."""
        async with self.database.session() as session:
            if not await DownloadQueue(self.receiver.table, session, self.clock).is_due():
                return
        async with self.database.unit_of_work() as unit:
            claimed = await DownloadQueue(self.receiver.table, unit.session, self.clock).claim()
            await unit.commit()
        by_person: defaultdict[int, list[DownloadRowT]] = defaultdict(list)
        for row in claimed:
            by_person[row.person].append(row)
        ended = await asyncio.gather(*map(self._fetch_all, by_person.values()), return_exceptions=True)
        for error in ended:
            if error is not None:
                raise error

    async def _fetch_all(self, rows: Sequence[DownloadRowT]) -> None:
        """One person's files in order. Nobody waits for another's file that takes long or fails."""
        for row in rows:
            await self._fetch(row)

    async def _fetch(self, row: DownloadRowT) -> None:
        try:
            content = await self._download(row.file_id)
            await self._begin_reading(row)
            await self.receiver.take(row, content)
        except DomainError as error:
            await self.receiver.give_up(row, error)
        except TelegramBadRequest:
            await self.receiver.give_up(row, self.receiver.not_fetched())
        except (AiogramError, ClientError, TimeoutError, OSError):
            await self._retry_later(row)
        except MemoryError:  # this file's alone; counted, and tried again when its lease ends
            _log.error("a file took more memory than there is", download=row.id)

    async def _begin_reading(self, row: DownloadRowT) -> None:
        """Counted and committed before it begins: a file that ends the process is given up in time."""
        async with self.database.unit_of_work() as unit:
            count = await DownloadQueue(self.receiver.table, unit.session, self.clock).begin_reading(row.id)
            await unit.commit()
        if count > MAX_READINGS:
            raise FileNotReadError

    async def _download(self, file_id: str) -> bytes:
        buffer = BytesIO()
        async with asyncio.timeout(DOWNLOAD_S):
            await self.bot.download(file_id, destination=buffer, timeout=DOWNLOAD_S)
        return buffer.getvalue()

    async def _retry_later(self, row: DownloadRowT) -> None:
        if row.attempts >= MAX_ATTEMPTS:
            await self.receiver.give_up(row, self.receiver.not_fetched())
            return
        async with self.database.unit_of_work() as unit:
            await DownloadQueue(self.receiver.table, unit.session, self.clock).try_again(row)
            await unit.commit()
