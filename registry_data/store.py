"""Read and write the registry's records in one session. Never commits."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from registry_data.acts import Act
from registry_data.contents import Changes
from registry_data.guide import Guide
from registry_data.indices import MonthlyIndex
from registry_data.organisations import Organisation
from registry_data.regions import Region
from registry_data.schema import Model, ServiceCard
from registry_data.tables import (
    ActRow,
    CardHistoryRow,
    CardRow,
    GuideRow,
    KeyedBody,
    MonthlyIndexRow,
    OrganisationRow,
    RegionRow,
    RegistryVersionRow,
)

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind(Generic[M]):
    """One kind of record: its table, model and key field.

    `known`: the records this process has parsed, each with its digest.
    """

    row: type[KeyedBody]
    model: type[M]
    key_of: Callable[[M], str]
    known: dict[str, tuple[str, M]] = field(default_factory=dict)


CARDS = RecordKind(row=CardRow, model=ServiceCard, key_of=lambda card: card.slug)
ACTS = RecordKind(row=ActRow, model=Act, key_of=lambda act: act.key)
GUIDES = RecordKind(row=GuideRow, model=Guide, key_of=lambda guide: guide.slug)
ORGANISATIONS = RecordKind(
    row=OrganisationRow, model=Organisation, key_of=lambda organisation: organisation.code
)
REGIONS = RecordKind(row=RegionRow, model=Region, key_of=lambda region: region.code)
INDICES = RecordKind(row=MonthlyIndexRow, model=MonthlyIndex, key_of=lambda index: index.since.isoformat())
KINDS: tuple[tuple[str, RecordKind[Any]], ...] = (
    ("cards", CARDS),
    ("acts", ACTS),
    ("guides", GUIDES),
    ("organisations", ORGANISATIONS),
    ("regions", REGIONS),
    ("indices", INDICES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record as stored in the database: `digest` is the SHA-256 of `body`."""

    body: Mapping[str, Any]
    digest: str

    @classmethod
    def of(cls, record: Model) -> "StoredRecord":
        body = record.model_dump(mode="json", by_alias=True, exclude_none=True)
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        return cls(body=body, digest=hashlib.sha256(text.encode()).hexdigest())


class RegistryRepository(Generic[M]):
    """The records of one kind."""

    def __init__(self, session: AsyncSession, kind: RecordKind[M]) -> None:
        self._session = session
        self._kind = kind

    async def all(self) -> tuple[M, ...]:
        """Every record, by key. Records already parsed by this process are not parsed again."""
        row, known = self._kind.row, self._kind.known
        found = await self._session.execute(select(row.key, row.digest))
        digests = dict(found.all())
        unknown = [key for key, digest in digests.items() if key not in known or known[key][0] != digest]
        if unknown:
            for key, body in (await self.bodies(unknown)).items():
                known[key] = digests[key], self._kind.model.model_validate(body)
        # Sorted here: database servers differ in collation
        return tuple(known[key][1] for key in sorted(digests) if key in known)

    async def get(self, key: str) -> M | None:
        """The record under `key`, if any; not parsed again if unchanged."""
        row, known = self._kind.row, self._kind.known
        digest = await self._session.scalar(select(row.digest).where(row.key == key))
        if digest is None:
            return None
        if key not in known or known[key][0] != digest:
            query = select(row.body, row.digest).where(row.key == key)
            found = (await self._session.execute(query)).first()
            if found is None:
                return None
            known[key] = found.digest, self._kind.model.model_validate(found.body)
        return known[key][1]

    async def count(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(self._kind.row)) or 0

    async def digests(self, keys: Collection[str]) -> dict[str, str]:
        """The stored digests of `keys`."""
        row = self._kind.row
        found = await self._session.execute(select(row.key, row.digest).where(row.key.in_(keys)))
        return dict(found.all())

    async def bodies(self, keys: Collection[str]) -> dict[str, Any]:
        """The stored bodies of `keys`."""
        row = self._kind.row
        found = await self._session.execute(select(row.key, row.body).where(row.key.in_(keys)))
        return dict(found.all())

    async def changes(self, records: Iterable[M]) -> Changes:
        """The changes needed to store exactly `records`."""
        row = self._kind.row
        found = await self._session.execute(select(row.key, row.digest))
        standing = dict(found.all())
        wanted = {self._kind.key_of(record): StoredRecord.of(record).digest for record in records}
        return Changes(
            added=tuple(sorted(wanted.keys() - standing.keys())),
            changed=tuple(
                sorted(key for key in wanted.keys() & standing.keys() if wanted[key] != standing[key])
            ),
            gone=tuple(sorted(standing.keys() - wanted.keys())),
        )

    async def apply(self, records: Iterable[M], changes: Changes, at: datetime) -> None:
        """Apply `changes`, computed for the same `records`."""
        row = self._kind.row
        rows = {self._kind.key_of(record): self._values(record, at) for record in records}
        if changes.gone:
            await self._session.execute(delete(row).where(row.key.in_(changes.gone)))
        if changes.changed:
            await self._session.execute(update(row), [rows[key] for key in changes.changed])
        if changes.added:
            await self._session.execute(insert(row), [rows[key] for key in changes.added])

    def _values(self, record: M, at: datetime) -> dict[str, Any]:
        stored = StoredRecord.of(record)
        key = self._kind.key_of(record)
        return {"key": key, "body": stored.body, "digest": stored.digest, "changed_at": at}


class OrganisationRepository(RegistryRepository[Organisation]):
    """The organisations and the ones above them."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session, ORGANISATIONS)

    async def above(self, code: str) -> frozenset[str]:
        """The codes of the organisations above `code`, from its parent upwards."""
        found: set[str] = set()
        one = await self.get(code)
        while one is not None and one.parent is not None and one.parent not in found:
            found.add(one.parent)
            one = await self.get(one.parent)
        return frozenset(found)

    async def below(self, code: str) -> frozenset[str]:
        """The codes of the organisations below `code`, its children and theirs."""
        found: set[str] = set()
        level = {code}
        while level:
            parent = OrganisationRow.body["parent"].as_string()
            children = await self._session.scalars(select(OrganisationRow.key).where(parent.in_(level)))
            level = set(children) - found - {code}
            found |= level
        return frozenset(found)


class CardRepository(RegistryRepository[ServiceCard]):
    """The cards, their history, and the registry's version."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session, CARDS)

    async def all_cards(self) -> tuple[ServiceCard, ...]:
        return await self.all()

    async def card(self, slug: str) -> ServiceCard | None:
        return await self.get(slug)

    async def keep_history(self, changes: Changes, by: str, at: datetime) -> None:
        """Append the current state of the changed cards to the history, before it is overwritten."""
        bodies = await self.bodies((*changes.changed, *changes.gone))
        past = [
            {"slug": slug, "body": bodies.get(slug), "changed_by": by, "changed_at": at} for slug in changes
        ]
        if past:
            await self._session.execute(insert(CardHistoryRow), past)

    async def version(self) -> int:
        """The number that grows with every change of the registry; 0 if nothing was ever loaded."""
        return await RegistryVersionStore(self._session).number()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedVersion:
    """The last shipped registry seen, and the version number after it was loaded."""

    fingerprint: str = ""
    number: int = 0


class RegistryVersionStore:
    """The registry's version: a single row."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def number(self) -> int:
        return await self._session.scalar(select(RegistryVersionRow.number)) or 0

    async def lock(self) -> None:
        """Serialise imports across processes; blocks until the running import ends."""
        first = insert_into(self._session, RegistryVersionRow).values(id=1, number=0)
        await self._session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
        await self._session.execute(select(RegistryVersionRow.id).with_for_update())

    async def shipped(self) -> ShippedVersion:
        query = select(RegistryVersionRow.shipped, RegistryVersionRow.shipped_number)
        row = (await self._session.execute(query)).first()
        return ShippedVersion(fingerprint=row.shipped, number=row.shipped_number) if row else ShippedVersion()

    async def note_shipped(self, fingerprint: str, number: int) -> None:
        noted = update(RegistryVersionRow).values(shipped=fingerprint, shipped_number=number)
        await self._session.execute(noted)

    async def raise_by_one(self) -> None:
        await self._session.execute(update(RegistryVersionRow).values(number=RegistryVersionRow.number + 1))
