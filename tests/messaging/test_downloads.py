"""A file that ends whoever reads it is given up after three readings, and holds up no other."""

from datetime import timedelta
from unittest.mock import AsyncMock

import pytest

from database.engine import Database
from kernel.clock import FixedClock
from kernel.errors import DomainError
from messaging.downloads.downloader import Downloader, FileNotReadError
from messaging.downloads.queue import MAX_READINGS, DownloadQueue
from messaging.voice.tables import VoiceDownloadRow


class KilledError(BaseException):
    """Stands for the end of the process."""


class Receiver:
    """Ends of the file "bad", takes the others."""

    table = VoiceDownloadRow

    def __init__(self, database: Database, clock: FixedClock, end: type[BaseException]) -> None:
        self.database, self.clock, self.end = database, clock, end
        self.read, self.given_up = [], []

    def not_fetched(self) -> DomainError:
        raise NotImplementedError

    async def take(self, row: VoiceDownloadRow, _: bytes) -> None:
        self.read.append(row.file_id)
        if row.file_id == "bad":
            raise self.end
        await self._finish(row)

    async def give_up(self, row: VoiceDownloadRow, error: DomainError) -> None:
        self.given_up.append((row.file_id, type(error)))
        await self._finish(row)

    async def _finish(self, row: VoiceDownloadRow) -> None:
        async with self.database.unit_of_work() as unit:
            await DownloadQueue(VoiceDownloadRow, unit.session, self.clock).finish(row.id)
            await unit.commit()


async def downloader(database: Database, clock: FixedClock, end: type[BaseException]) -> Downloader:
    async with database.unit_of_work() as unit:
        for name in ("bad", "good"):
            row = VoiceDownloadRow(person=1, file_id=name, language="kk", message="{}")
            await DownloadQueue(VoiceDownloadRow, unit.session, clock).add(row)
        await unit.commit()
    receiver = Receiver(database, clock, end)
    return Downloader(database=database, bot=AsyncMock(), clock=clock, receiver=receiver)


async def test_file_that_kills_is_read_three_times(sqlite_database: Database, clock: FixedClock):
    loader = await downloader(sqlite_database, clock, KilledError)
    for _ in range(MAX_READINGS):
        with pytest.raises(KilledError):
            await loader.fetch_due()
        clock.advance(timedelta(minutes=3))
    await loader.fetch_due()
    assert loader.receiver.read == ["bad", "bad", "bad", "good"]
    assert loader.receiver.given_up == [("bad", FileNotReadError)]


async def test_file_that_takes_all_memory_ends_nobody(sqlite_database: Database, clock: FixedClock):
    loader = await downloader(sqlite_database, clock, MemoryError)
    for _ in range(MAX_READINGS + 1):
        await loader.fetch_due()
        clock.advance(timedelta(minutes=3))
    assert loader.receiver.read == ["bad", "good", "bad", "bad"]
    assert loader.receiver.given_up == [("bad", FileNotReadError)]


async def test_nobody_waits_for_the_file_of_another(sqlite_database: Database, clock: FixedClock):
    loader = await downloader(sqlite_database, clock, KilledError)
    async with sqlite_database.unit_of_work() as unit:
        row = VoiceDownloadRow(person=2, file_id="another", language="kk", message="{}")
        await DownloadQueue(VoiceDownloadRow, unit.session, clock).add(row)
        await unit.commit()
    with pytest.raises(KilledError):
        await loader.fetch_due()
    assert sorted(loader.receiver.read) == ["another", "bad"]
