"""Encrypted drafts in the database; a draft locked in a transaction is not read again in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from complaints.draft import Draft, from_json, to_json
from complaints.store import CONSENT
from complaints.tables import DraftRow

_HELD, _READ = "complaint_draft", "complaint_draft_read"  # key in the session: a _Held and what was last read
# Module level: building the statement dominates its cost.
_DRAFTS = cast(Table, DraftRow.__table__)
_DRAFT = select(_DRAFTS.c.id, _DRAFTS.c.person, _DRAFTS.c.body_cipher).where(
    _DRAFTS.c.person == bindparam("person_")
)
_LOCKED = _DRAFT.with_for_update()
_CONSENTED = _DRAFT.where(CONSENT.exists()).with_for_update(of=_DRAFTS)
_ADD = insert(_DRAFTS).returning(_DRAFTS.c.id)
_CHANGE = (
    update(_DRAFTS)
    .where(_DRAFTS.c.id == bindparam("draft_"))
    .values(body_cipher=bindparam("closed_"), changed_at=bindparam("at_"))
)
_DROP = delete(_DRAFTS).where(_DRAFTS.c.id.in_(bindparam("drafts_", expanding=True)))
_ABANDONED = (
    select(_DRAFTS.c.id)
    .where(_DRAFTS.c.changed_at < bindparam("before_"))
    .limit(bindparam("limit_"))
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True)
class ClosedDraft:
    """A draft as stored; `DraftStore.read` decrypts it."""

    id: int
    person: int
    body_cipher: str


@dataclass(frozen=True, slots=True)
class _LockedDraft:
    """What `transaction` has locked; `version` is the consent read with it."""

    transaction: Any
    draft: ClosedDraft
    version: str | None = None


@dataclass(frozen=True, slots=True)
class DraftStore:
    session: AsyncSession
    cipher: Cipher

    async def of(self, person: int) -> ClosedDraft | None:
        """The person's draft."""
        held = self._held(person)
        return held.draft if held is not None else await self._find(_DRAFT, {"person_": person})

    async def lock(self, person: int) -> ClosedDraft | None:
        """The person's draft, for this transaction alone."""
        held = self._held(person)
        if held is not None:
            return held.draft
        return self._hold(await self._find(_LOCKED, {"person_": person}))

    async def lock_consented(self, person: int, version: str) -> ClosedDraft | None:
        """The draft of a person who has agreed to `version`; None where either is missing."""
        held = self._held(person)
        if held is not None and held.version == version:
            return held.draft
        return self._hold(await self._find(_CONSENTED, {"person_": person, "version_": version}), version)

    def read(self, closed: ClosedDraft) -> Draft:
        """Raises WrongKeyError where no configured key decrypts it."""
        known: tuple[str, Draft] | None = self.session.info.get(_READ)
        if known is not None and known[0] == closed.body_cipher:
            return known[1]
        return self._remember(closed.body_cipher, from_json(self.cipher.open(closed.body_cipher)))

    async def add(self, person: int, draft: Draft, at: datetime) -> ClosedDraft:
        body = self._close(draft)
        values = {"person": person, "body_cipher": body, "made_at": at, "changed_at": at}
        number = (await self.session.execute(_ADD, values)).scalar_one()
        added = ClosedDraft(id=number, person=person, body_cipher=body)
        self._hold(added)
        return added

    async def change(self, closed: ClosedDraft, draft: Draft, at: datetime) -> None:
        body = self._close(draft)
        await self.session.execute(_CHANGE, {"draft_": closed.id, "closed_": body, "at_": at})
        held = self._held(closed.person)
        if held is not None:
            self._hold(replace(closed, body_cipher=body), held.version)

    async def drop(self, closed: ClosedDraft) -> None:
        await drop(self.session, [closed.id])

    async def _find(self, query: Select[Any], given: dict[str, Any]) -> ClosedDraft | None:
        row = (await self.session.execute(query, given)).first()
        return None if row is None else ClosedDraft(row.id, row.person, row.body_cipher)

    def _held(self, person: int) -> _LockedDraft | None:
        """The draft locked in the current transaction, if any."""
        held: _LockedDraft | None = self.session.info.get(_HELD)
        if held is None or held.draft.person != person:
            return None
        return held if held.transaction is self.session.sync_session.get_transaction() else None

    def _hold(self, draft: ClosedDraft | None, version: str | None = None) -> ClosedDraft | None:
        self.session.info.pop(_HELD, None)
        if draft is not None:
            transaction = self.session.sync_session.get_transaction()
            self.session.info[_HELD] = _LockedDraft(transaction=transaction, draft=draft, version=version)
        return draft

    def _close(self, draft: Draft) -> str:
        closed = self.cipher.close(to_json(draft))
        self._remember(closed, draft)
        return closed

    def _remember(self, closed: str, draft: Draft) -> Draft:
        self.session.info[_READ] = closed, draft
        return draft


async def abandoned(session: AsyncSession, before: datetime, limit: int) -> Sequence[int]:
    """Drafts last changed before then, locked; those locked elsewhere are skipped."""
    return (await session.scalars(_ABANDONED, {"before_": before, "limit_": limit})).all()


async def drop(session: AsyncSession, drafts: Sequence[int]) -> None:
    session.info.pop(_HELD, None)
    await session.execute(_DROP, {"drafts_": drafts})
