"""What is about a person or a complaint goes into a backup row by row, each under its owner's key.

These keys are in no backup but in the key archive, of which only the newest is kept. A key that is destroyed
closes the rows of its owner in every backup there is.
"""

import base64
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    SQLColumnExpression,
    Table,
    column,
    insert,
    select,
    table,
    type_coerce,
)
from sqlalchemy.types import Text, TypeEngine

from database.types import JsonText

Values = dict[str, Any]
Left = Callable[[Values, datetime], Values | None]
_NONCE, _AT_ONCE = 12, 500


def nothing(_row: Values, _at: datetime) -> None:
    """What is left of a row that goes as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalTable:
    """`owner` is whom a row is about ("person/17", "complaint/4"), NULL for nobody.

    `left` gives the columns that forgetting writes into a row, of the row and the moment; None where the row
    goes as a whole.
    """

    table: Table
    owner: SQLColumnExpression[Any]
    left: Left = nothing

    def columns(self) -> list[ColumnElement[Any]]:
        """JSON that is stored as text stays the text it is."""
        return [
            type_coerce(one, Text).label(one.name) if isinstance(one.type, JsonText) else one.label(one.name)
            for one in self.table.columns
        ]

    def types(self) -> dict[str, TypeEngine[Any]]:
        return {
            one.name: Text() if isinstance(one.type, JsonText) else one.type for one in self.table.columns
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """`keys` is the table of owners' keys (record, secret). Rows of `passing` are in no backup."""

    keys: Table
    tables: Sequence[PersonalTable] = ()
    passing: Sequence[Table] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that a dump holds without their rows."""
        return (self.keys.name, *(one.table.name for one in self.tables), *(one.name for one in self.passing))

    def new_owners(self) -> Iterator[Any]:
        """Queries for the owners that have no key."""
        for one in self.tables:
            known = select(self.keys.c.record).where(self.keys.c.record == one.owner).exists()
            yield select(one.owner).select_from(one.table).where(one.owner.is_not(None), ~known).distinct()


def make_secret() -> str:
    return os.urandom(32).hex()


def label_of(secret: str) -> str:
    """What a row says of its key: it names nobody, and gives the key not away."""
    return sha256(b"qyzmet archive key\0" + bytes.fromhex(secret)).hexdigest()[:32]


@dataclass(slots=True)
class RowWriter:
    """Writes the rows of a snapshot to a file, a line each.

    `made` collects the keys of owners that had none, because their first row was written just before.
    """

    data: PersonalData
    at: datetime
    made: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def write(self, connection: Connection, to: Path) -> None:
        with to.open("w", encoding="utf-8") as file:
            for one in self.data.tables:
                for row in self._rows(connection, one):
                    file.write(json.dumps(self._line(one, row), separators=(",", ":")) + "\n")
                    self.written += 1

    def _rows(self, connection: Connection, one: PersonalTable) -> Iterator[Row[Any]]:
        keys = self.data.keys
        query = select(*one.columns(), one.owner.label("owner_"), keys.c.secret.label("secret_"))
        query = query.select_from(one.table.outerjoin(keys, keys.c.record == one.owner))
        found = connection.execute(query, execution_options={"stream_results": True, "yield_per": _AT_ONCE})
        yield from cast(Iterator[Row[Any]], found)

    def _line(self, one: PersonalTable, row: Row[Any]) -> Values:
        values = dict(row._mapping)  # noqa: SLF001  public API of SQLAlchemy despite the underscore
        owner, secret = values.pop("owner_"), values.pop("secret_")
        if owner is None:
            return {"table": one.table.name, "left": _packed(values)}
        secret = secret or self.made.setdefault(owner, make_secret())
        nonce = os.urandom(_NONCE)
        content = json.dumps(_packed(values), separators=(",", ":")).encode()
        sealed = nonce + AESGCMSIV(bytes.fromhex(secret)).encrypt(nonce, content, one.table.name.encode())
        left = one.left(values, self.at)
        return {
            "table": one.table.name,
            "key": label_of(secret),
            "sealed": base64.b64encode(sealed).decode(),
            "left": None if left is None else _packed(values | left),
        }


@dataclass(slots=True)
class RowReader:
    """Puts the rows of a file back; `secret_of` gives the key with a label, None where it is destroyed.

    `forgotten` counts the rows whose key is gone: of them remains what forgetting leaves.
    """

    data: PersonalData
    secret_of: Callable[[str], str | None]
    forgotten: int = 0

    def read(self, connection: Connection, source: Path) -> None:
        types = {one.table.name: one.types() for one in self.data.tables}
        with source.open(encoding="utf-8") as file:
            rows = (row for row in map(self._opened, file) if row is not None)
            for (name, names), same in groupby(rows, key=lambda row: (row[0], tuple(row[1]))):
                columns = (column(one, types.get(name, {}).get(one)) for one in names)
                statement = insert(table(name, *columns))
                for batch in _batches(values for _, values in same):
                    connection.execute(statement, batch)

    def _opened(self, text: str) -> tuple[str, Values] | None:
        line = json.loads(text)
        name, left = str(line["table"]), line["left"]
        secret = self.secret_of(line["key"]) if "key" in line else None
        if secret is not None:
            sealed = base64.b64decode(line["sealed"])
            key = AESGCMSIV(bytes.fromhex(secret))
            left = json.loads(key.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode()))
        elif "key" in line:
            self.forgotten += 1
        return None if left is None else (name, _unpacked(left))


def _batches(rows: Iterator[Values]) -> Iterator[list[Values]]:
    batch: list[Values] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _packed(values: Mapping[str, Any]) -> Values:
    return {name: _pack(value) for name, value in values.items()}


def _pack(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"on": value.isoformat()}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case dict() | list():
            return {"json": value}
    raise TypeError(f"no backup of a {type(value).__name__}")


_UNPACK: Mapping[str, Callable[[Any], Any]] = {
    "at": datetime.fromisoformat,
    "on": date.fromisoformat,
    "bytes": base64.b64decode,
    "json": lambda value: value,
}


def _unpacked(values: Values) -> Values:
    return {name: _unpack(value) for name, value in values.items()}


def _unpack(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, packed),) = value.items()
    return _UNPACK[kind](packed)
