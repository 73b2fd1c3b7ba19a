"""The message thread of a complaint: stored encrypted, with its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher, ValueKey
from complaints.attachments.folder import StoredFile
from complaints.draft import LONGEST_TEXT, MOST_FILES
from complaints.errors import MessageEmptyError, TextTooLongError, TooManyFilesError
from complaints.store import AttachmentStore, ComplaintKeys
from complaints.tables import AttachmentRow, ComplaintRow, MessageRow


class MessageKind(StrEnum):
    ADDITION = "addition"  # from the citizen
    NOT_SOLVED = "not_solved"  # what the citizen says is not solved
    QUESTION = "question"  # to the citizen
    EXTENSION = "extension"  # to the citizen: the reason of an extension
    PRELIMINARY = "preliminary"  # to the citizen: the decision before it is taken
    PROTOCOL = "protocol"  # to the citizen: of the oral hearing
    PASSED_ON = "passed_on"  # to the citizen: the reason, and the new body
    ANSWER = "answer"  # to the citizen
    RETURNED = "returned"  # to the citizen: why the complaint is returned
    MATERIALS = "materials"  # to the citizen: the file of the case
    RESTORED = "restored"  # to the citizen: how rights were restored


BY_CITIZEN = frozenset({MessageKind.ADDITION, MessageKind.NOT_SOLVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadMessage:
    """One message, decrypted; `text` is None where it had none or was forgotten."""

    id: int
    complaint: int
    message_kind: MessageKind
    author: int | None
    text: str | None
    at: datetime
    files: tuple[AttachmentRow, ...] = ()

    @property
    def by_citizen(self) -> bool:
        return self.message_kind in BY_CITIZEN


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContent:
    """A new message: a text, files, or both; `attached` are ids of files stored before."""

    text: str = ""
    files: Sequence[StoredFile] = ()
    attached: Sequence[int] = ()

    def check(self) -> None:
        """Raises MessageEmptyError, TextTooLongError, TooManyFilesError."""
        count = len(self.files) + len(self.attached)
        if not self.text.strip() and not count:
            raise MessageEmptyError
        if len(self.text) > LONGEST_TEXT:
            raise TextTooLongError(longest=LONGEST_TEXT, length=len(self.text))
        if count > MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)


@dataclass(frozen=True, slots=True)
class MessageThread:
    session: AsyncSession
    cipher: Cipher

    async def say(
        self, row: ComplaintRow, message_kind: MessageKind, author: int, content: MessageContent, at: datetime
    ) -> MessageRow:
        """Store a message with its files."""
        message = MessageRow(complaint=row.id, kind=message_kind.value, author=author, at=at)
        await self._close(message, content.text.strip())
        self.session.add(message)
        await self.session.flush()
        for file in content.files:
            await AttachmentStore(self.session).add(file, at, complaint=row.id, message=message.id)
        if content.attached:
            await AttachmentStore(self.session).move_from_staff(content.attached, row.id, message.id)
        return message

    async def of(self, complaints: Sequence[int]) -> Sequence[ThreadMessage]:
        """All messages of these complaints, oldest first. Raises WrongKeyError."""
        query = select(MessageRow).where(MessageRow.complaint.in_(complaints)).order_by(MessageRow.id)
        rows = (await self.session.scalars(query)).all()
        files = await AttachmentStore(self.session).of_complaints(complaints)
        keys = await self._keys.of(complaints)
        return [
            self._message(row, [file for file in files if file.message == row.id], keys.get(row.complaint))
            for row in rows
        ]

    async def text_of(self, message: int | None) -> str:
        """What a message says; empty where it says nothing, or was forgotten. Raises WrongKeyError."""
        row = await self.session.get(MessageRow, message) if message is not None else None
        if row is None:
            return ""
        return _opened(row, (await self._keys.of([row.complaint])).get(row.complaint)) or ""

    @property
    def _keys(self) -> ComplaintKeys:
        return ComplaintKeys(self.session, self.cipher)

    async def _close(self, message: MessageRow, text: str) -> None:
        key = (await self._keys.of([message.complaint])).get(message.complaint) if text else None
        if key is not None:
            message.text_cipher = key.close(text, *place_of(message))

    def _message(
        self, row: MessageRow, files: Sequence[AttachmentRow], key: ValueKey | None
    ) -> ThreadMessage:
        return ThreadMessage(
            id=row.id,
            complaint=row.complaint,
            message_kind=MessageKind(row.kind),
            author=row.author,
            text=_opened(row, key),
            at=row.at,
            files=tuple(files),
        )


def _opened(row: MessageRow, key: ValueKey | None) -> str | None:
    return key.open(row.text_cipher, *place_of(row)) if row.text_cipher and key is not None else None


def place_of(row: MessageRow) -> tuple[object, ...]:
    """What a text is bound to besides its complaint's key."""
    return "complaint_messages.text", row.kind, row.at
