"""What was forgotten is read in no backup, with the data key and the newest key archive either."""

import gzip
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.cipher import Cipher, ValueKey, make_key
from accounts.keys.tables import RecordKeyRow
from cli.personal_tables import personal_data
from complaints.attachments.eraser import Eraser
from complaints.attachments.folder import FileFolder
from complaints.tables import ComplaintRow
from database.backup.backup import Backup, DataLocation
from database.backup.manifest import BackupKey
from database.backup.sealing import Sealing
from database.engine import Database
from tests.bot.complaint_dialog import NAME, TEXT, CitizenChat
from tests.bot.live_bot import RunningBot
from tests.bot.test_forgotten import PHONE, WORDS, lived, rows

BACKUP = Backup(data=personal_data(), key=BackupKey.of(make_key()), sealing=Sealing())
pytestmark = pytest.mark.http


@dataclass
class Opener:
    """Opens what the holder of some keys can open: what was encrypted is known, and under which key."""

    known: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def close(self, close: Any) -> Any:
        def closed(key: ValueKey, text: str, *place: object) -> str:
            value: str = close(key, text, *place)
            self.known[value] = (text, key.secret)
            return value

        return closed

    def text(self, value: Any, secrets: set[bytes]) -> str:
        text, secret = self.known.get(str(value), (str(value), None))
        return text if secret is None or secret in secrets else ""


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> Opener:
    opener = Opener()
    monkeypatch.setattr(ValueKey, "close", opener.close(ValueKey.close))
    return opener


async def readable(database: Database, cipher: Cipher, opener: Opener, wanted: list[str]) -> set[str]:
    """Where one of the wanted, or a digest of one, is found by the holder of the data key."""
    found = set()
    digests = {cipher.digest(f"{kind}/{one}") for kind in ("iin", "phone", "journal") for one in wanted}
    async with database.session() as session:
        wrapped = (await session.execute(select(RecordKeyRow.record, RecordKeyRow.wrapped))).all()
        secrets = {cipher.record_key(row.wrapped, row.record).secret for row in wrapped}
        secrets |= {key.secret for key in cipher._values}
        async for table, column, value in rows(session):
            if column == "update_id":  # Telegram's count of updates, no person
                continue
            text = opener.text(value, secrets)
            found |= {f"{table}.{column}: {one}" for one in {*wanted, *digests} if one in text}
    return found


@asynccontextmanager
async def restored(archive: Path, folder: Path) -> AsyncIterator[tuple[Database, int]]:
    """The database that the backup gives with the key archive beside it, and the number of forgotten rows."""
    shutil.rmtree(folder, ignore_errors=True)
    database = Database(f"sqlite:///{folder / 'restored.sqlite3'}")
    done = await BACKUP.restore(archive, DataLocation(database=database, files=folder / "files"))
    yield database, done.forgotten
    await database.dispose()


async def forget(bot: RunningBot, one: CitizenChat) -> None:
    await one.says("/forget")
    await one.press("yes")
    assert "Удалено" in await one.sees()
    await Eraser(database=bot.database, folder=FileFolder(bot.files), clock=bot.clock).erase_asked()


async def test_forgotten_person_is_read_in_no_backup(live_bot: RunningBot, opener: Opener, tmp_path: Path):
    one = await lived(live_bot)
    place = DataLocation(database=live_bot.database, files=live_bot.files)
    archive, cipher = tmp_path / "backup.tar.gz", live_bot.cipher
    wanted = [str(one.person.number), NAME, "010101200014", one.iin, PHONE, WORDS, TEXT]
    await BACKUP.save(place, archive, live_bot.clock.now())
    async with restored(archive, tmp_path / "first") as (database, forgotten):
        assert forgotten == 0
        seen = await readable(database, cipher, opener, wanted)
    assert len({one.rpartition(": ")[2] for one in seen}) >= len(wanted), seen
    in_clear = re.sub(rb'"update_id":\d+', b"", gzip.decompress(archive.read_bytes()))
    assert [one for one in wanted if one.encode() in in_clear] == []
    await forget(live_bot, one)
    await BACKUP.save_keys(live_bot.database, tmp_path, live_bot.clock.now())
    async with restored(archive, tmp_path / "second") as (database, forgotten):
        assert await readable(database, cipher, opener, wanted) == set()
        assert forgotten > 10
        async with database.session() as session:
            assert await session.scalar(select(func.count(ComplaintRow.forgotten_at))) == 1
