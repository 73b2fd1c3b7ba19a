"""Erase files marked for deletion, and files that a crash left without a row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from accounts.keys.tables import destroy_keys
from complaints.attachments.folder import FileFolder, file_record
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow
from database.engine import Database
from kernel.clock import Clock

AT_ONCE = 100
LEFT_AFTER = timedelta(hours=1)  # a younger file may still get its row
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Eraser:
    database: Database
    folder: FileFolder
    clock: Clock

    async def erase_asked(self) -> int:
        """Erase bytes first, then record it, so that a crash only repeats the deletion. Returns the count."""
        async with self.database.session() as session:
            rows = await AttachmentStore(session).to_erase(AT_ONCE)
        for row in rows:
            await self.folder.remove(row.name)
        if rows:
            async with self.database.unit_of_work() as unit:
                await AttachmentStore(unit.session).mark_erased([row.id for row in rows], self.clock.now())
                await destroy_keys(unit.session, [file_record(row.name) for row in rows])
                await unit.commit()
        return len(rows)

    async def erase_left(self) -> int:
        """Erase files that no row names. Returns the count."""
        before: datetime = self.clock.now() - LEFT_AFTER
        names = sorted(await self.folder.names(older_than=before))
        count = 0
        for start in range(0, len(names), _CHUNK):
            chunk = names[start : start + _CHUNK]
            async with self.database.session() as session:
                query = select(AttachmentRow.name).where(AttachmentRow.name.in_(chunk))
                known = set(await session.scalars(query))
            for name in set(chunk) - known:
                await self.folder.remove(name)
                count += 1
        return count
