"""Notes about a complaint for colleagues: the citizen never gets them, nor does another organisation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.draft import LONGEST_TEXT
from complaints.errors import MessageEmptyError, TextTooLongError, TooManyNotesError
from complaints.lifecycle import LifecycleStep
from complaints.notes.tables import NoteRow, place_of
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from database.engine import atomic

MOST_NOTES = 50  # a complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    author: int
    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class WriteNote:
    """The trail says that there was one, by whom and when, and nothing of it."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, text: str) -> None:
        """Raises GoneError (also where the complaint was forgotten), NotAllowedError, MessageEmptyError,
        TextTooLongError, TooManyNotesError.
        """
        row = await self.context.complaints.lock(complaint)
        actor, _ = await self.context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        text = text.strip()
        if not text:
            raise MessageEmptyError
        if len(text) > LONGEST_TEXT:
            raise TextTooLongError(longest=LONGEST_TEXT, length=len(text))
        key = (await self.context.keys.of([row.id])).get(row.id)
        if key is None:
            raise GoneError
        if await count_of(self.context, row.id) >= MOST_NOTES:
            raise TooManyNotesError(most=MOST_NOTES)
        note = NoteRow(complaint=row.id, author=by, at=self.context.now())
        note.text_cipher = key.close(text, *place_of(note))
        self.context.session.add(note)
        await self.context.step(row, LifecycleStep.NOTE, actor)


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """Reading them is a look, like reading the complaint's words."""

    queries: CaseQueries

    async def __call__(self, by: int, complaint: int, reason: LookReason | None = None) -> Sequence[Note]:
        """Oldest first. Raises GoneError, NotAllowedError, LookReasonError, WrongKeyError."""
        context = self.queries.context
        await self.queries.enter(by, complaint, LookedAt.NOTES, reason)
        key = (await context.keys.of([complaint])).get(complaint)
        if key is None:
            return ()
        query = select(NoteRow).where(NoteRow.complaint == complaint).order_by(NoteRow.id)
        return [
            Note(author=row.author, text=key.open(row.text_cipher, *place_of(row)), at=row.at)
            for row in await context.session.scalars(query)
        ]


async def count_of(context: ComplaintContext, complaint: int) -> int:
    query = select(func.count()).select_from(NoteRow).where(NoteRow.complaint == complaint)
    return await context.session.scalar(query) or 0
