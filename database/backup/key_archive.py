"""The key archive: one file beside the backups, with the keys of people's rows in all of them.

Only the newest is kept. It is signed and encrypted as a backup is, and takes the place of the one before in
one step.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from database.backup.archive import Targets, pack, unpack
from database.backup.contents import contents_of_file
from database.backup.manifest import DUMP, KEYS, BackupError, BackupKey, Manifest, PackedFile, digest_of
from database.backup.personal import PersonalData, label_of, make_secret
from database.backup.sealing import Sealing
from database.engine import Database
from database.types import insert_into

LINEAGE = "lineage"  # the record that tells a database's backups from those of another one
_AT_ONCE = 1_000
_TABLE = "CREATE TABLE keys (record TEXT PRIMARY KEY, secret TEXT NOT NULL, label TEXT NOT NULL UNIQUE)"


def key_archive_names(lineage: str) -> tuple[str, str]:
    """What the key archive of a database is called, in clear and encrypted."""
    plain = f"qyzmet-keys-{lineage[:12]}.tar.gz"
    return plain, f"{plain}.age"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersKeys:
    """The keys of owners in a database."""

    database: Database
    data: PersonalData

    async def complete(self) -> str:
        """Make the keys of owners that have none. Returns the lineage of the database's backups."""
        keys = self.data.keys.c
        async with self.database.unit_of_work() as unit:
            lineage = await unit.session.scalar(select(keys.secret).where(keys.record == LINEAGE))
            if lineage is None:
                lineage = make_secret()
                await self._write(unit.session, {LINEAGE: lineage})
            for query in self.data.new_owners():
                while owners := (await unit.session.scalars(query.limit(_AT_ONCE))).all():
                    await self._write(unit.session, {str(one): make_secret() for one in owners})
            await unit.commit()
        return lineage

    async def add(self, made: Mapping[str, str]) -> None:
        if made:
            async with self.database.unit_of_work() as unit:
                await self._write(unit.session, made)
                await unit.commit()

    async def fill(self, path: Path) -> None:
        """Write all keys to a new SQLite file."""
        with closing(sqlite3.connect(path)) as file:
            file.execute(_TABLE)
            async for rows in self._stored():
                file.executemany("INSERT INTO keys VALUES (?, ?, ?)", rows)
            file.commit()

    async def _stored(self) -> AsyncIterator[list[tuple[str, str, str]]]:
        keys = self.data.keys.c
        async with self.database.session() as session:
            found = await session.stream(select(keys.record, keys.secret))
            async for batch in found.partitions(_AT_ONCE):
                yield [(row.record, row.secret, label_of(row.secret)) for row in batch]

    async def _write(self, session: AsyncSession, made: Mapping[str, str]) -> None:
        rows = [{"record": record, "secret": secret} for record, secret in made.items()]
        await session.execute(insert_into(session, self.data.keys).on_conflict_do_nothing(), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyArchive:
    """Writes and reads key archives."""

    key: BackupKey
    sealing: Sealing

    async def save(self, keys: OwnersKeys, lineage: str, folder: Path, temporary: Path, at: datetime) -> Path:
        """Put the keys as they are now in the place of the key archive in `folder`. Raises BackupError."""
        sources = Targets(dump=temporary / "keys.sqlite3", files=temporary / "none")
        await keys.fill(sources.dump)
        contents = contents_of_file(sources.dump)
        packed = PackedFile(size=sources.dump.stat().st_size, digest=digest_of(sources.dump))

        def describe() -> Manifest:
            members = {DUMP: packed}
            return Manifest(
                engine=KEYS, made_at=at.isoformat(), contents=contents, members=members, lineage=lineage
            )

        archive = temporary / "keys"
        pack(archive, describe, self.key, sources)
        sealed = self.sealing.close(archive, temporary / "keys.sealed")
        names = key_archive_names(lineage)
        target = folder / names[sealed != archive]
        _write_through(sealed)
        sealed.replace(target)
        for name in names:
            if name != target.name:  # the same in clear, or encrypted for others
                (folder / name).unlink(missing_ok=True)
        _write_through(folder)
        return target

    @contextmanager
    def opened(self, source: Path | None, of: Manifest, temporary: Path) -> Iterator["OpenedKeys"]:
        """The keys in `source` for the backup `of`, None if they are lost. Raises BackupError if they are of
        another database, or too old.
        """
        if source is None:
            with closing(sqlite3.connect(":memory:", check_same_thread=False)) as file:
                file.execute(_TABLE)
                yield OpenedKeys(file)
            return
        targets = Targets(dump=temporary / "keys.sqlite3", files=temporary / "none")
        archive = self.sealing.open(source, temporary / "keys")
        unpack(archive, self.key, targets, lambda found: _check(found, of))
        with closing(sqlite3.connect(targets.dump, check_same_thread=False)) as file:
            yield OpenedKeys(file)


@dataclass(frozen=True, slots=True)
class OpenedKeys:
    file: sqlite3.Connection

    def secret_of(self, label: str) -> str | None:
        row = self.file.execute("SELECT secret FROM keys WHERE label = ?", [label]).fetchone()
        return None if row is None else str(row[0])

    def write(self, connection: Connection, keys: Table) -> None:
        """Put them back into the database."""
        found = self.file.execute("SELECT record, secret FROM keys")
        while rows := found.fetchmany(_AT_ONCE):
            connection.execute(
                insert(keys), [{"record": record, "secret": secret} for record, secret in rows]
            )


def _check(found: Manifest, backup: Manifest) -> None:
    if found.engine != KEYS:
        raise BackupError("what is named as the key archive is a backup: its name begins with qyzmet-keys-")
    if found.lineage != backup.lineage:
        raise BackupError("the key archive is of another database than the backup")
    if datetime.fromisoformat(found.made_at) < datetime.fromisoformat(backup.made_at):
        raise BackupError(
            f"the key archive is of {found.made_at}, older than the backup: take the newest one there is"
        )


def _write_through(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
