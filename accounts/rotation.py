"""Encrypt what is under the data keys again with the newest one.

What is under the key of a complaint or of a file stays as it is: its key is wrapped anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, inspect, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.keys.tables import WRAPPED
from accounts.profile.tables import VALUE
from database.engine import UnitOfWork
from database.types import EncryptedColumn

ENCRYPTED = (VALUE, WRAPPED)
Renewed = Callable[[str, EncryptedColumn, Sequence[object]], str]  # of a value, its column and its row


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKeys:
    """All or nothing: one value that no key decrypts stops it. `columns` are encrypted by `cipher`.

    Holds `at_once` values in memory at a time.
    """

    unit_of_work: Callable[[], UnitOfWork]
    cipher: Cipher
    columns: Sequence[EncryptedColumn] = ENCRYPTED
    at_once: int = 1_000

    async def __call__(self) -> int:
        """The number of values re-encrypted. Raises WrongKeyError."""
        async with self.unit_of_work() as unit:
            count = 0
            for column in self.columns:
                count += await rewrite(unit.session, column, self._renewed, self.at_once)
            await unit.commit()
        return count

    def _renewed(self, closed: str, column: EncryptedColumn, row: Sequence[object]) -> str:
        return self.cipher.renew(closed, column.field, *row)


async def rewrite(
    session: AsyncSession, column: EncryptedColumn, renewed: Renewed, at_once: int = 1_000
) -> int:
    """Replace every value of the column; the caller commits. Returns the number of values."""
    table: Table = inspect(column.column.class_).local_table
    keys = list(table.primary_key)
    names = [f"key_{key.name}" for key in keys]
    here = [key == bindparam(name) for key, name in zip(keys, names, strict=True)]
    write = update(table).where(*here).values({column.column.key: bindparam("renewed")})
    first = (
        select(*(key.label(name) for key, name in zip(keys, names, strict=True)), column.column, *column.row)
        .where(column.column.is_not(None))
        .order_by(*keys)
        .limit(at_once)
        .with_for_update()
    )
    query, count = first, 0
    while rows := (await session.execute(query)).all():
        await session.execute(write, [_written(row, names, column, renewed) for row in rows])
        count += len(rows)
        query = first.where(tuple_(*keys) > tuple(rows[-1][: len(keys)]))
    return count


def _written(
    row: Sequence[Any], names: list[str], column: EncryptedColumn, renewed: Renewed
) -> dict[str, Any]:
    key, closed, place = row[: len(names)], row[len(names)], row[len(names) + 1 :]
    return {**dict(zip(names, key, strict=True)), "renewed": renewed(closed, column, place)}
