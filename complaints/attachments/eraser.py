"""Files whose rows ask for it are erased from the disk; so is what a crash has left without a row."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from complaints.attachments.folder import FileFolder
from complaints.store import AttachmentStore
from complaints.tables import AttachmentRow
from database.engine import Database
from kernel.clock import Clock

AT_ONCE = 100
LEFT_AFTER = timedelta(hours=1)  # a file without a row that is younger may be on its way to one
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Eraser:
    database: Database
    folder: FileFolder
    clock: Clock

    async def erase_asked(self) -> int:
        """Erase the bytes first, then note it: a crash between the two erases once more. How many."""
        async with self.database.session() as session:
            rows = await AttachmentStore(session).to_erase(AT_ONCE)
        for row in rows:
            await self.folder.remove(row.name)
        if rows:
            async with self.database.unit_of_work() as unit:
                await AttachmentStore(unit.session).mark_erased([row.id for row in rows], self.clock.now())
                await unit.commit()
        return len(rows)

    async def erase_left(self) -> int:
        """Erase the files that no row names. How many."""
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
