"""Ciphertext of complaints after an upgrade and after a rotation.

An upgrade reads Fernet tokens under the data key, and gives each complaint and each file a key of its own.
"""

from collections.abc import Mapping

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher, ValueKey
from accounts.keys.earlier import EarlierCipher
from accounts.keys.tables import RecordKeyRow
from complaints.actions.rating import RATING_WORD
from complaints.attachments.folder import FileFolder, file_record
from complaints.store import CONTENT, ComplaintContent, ComplaintKeys
from complaints.tables import AttachmentRow, ComplaintRow, MessageRow, RatingRow
from complaints.thread import place_of
from database.engine import Database

AT_ONCE, FILES_AT_ONCE = 500, 50
EARLIER_COLUMNS = (
    ComplaintRow.name_cipher,
    ComplaintRow.iin_cipher,
    ComplaintRow.phone_cipher,
    ComplaintRow.represented_cipher,
    ComplaintRow.text_cipher,
    MessageRow.text_cipher,
    RatingRow.word_cipher,
)


async def rewrite_complaints(session: AsyncSession, cipher: Cipher) -> None:
    """Bind every value to its place, under its complaint's own key; the caller commits. Raises WrongKeyError.

    What was forgotten stays without a key.
    """
    earlier, last = EarlierCipher.of(cipher), 0
    here = select(ComplaintRow).where(ComplaintRow.forgotten_at.is_(None)).order_by(ComplaintRow.id)
    while rows := (await session.scalars(here.where(ComplaintRow.id > last).limit(AT_ONCE))).all():
        keys = ComplaintKeys(session, cipher)
        for row in rows:
            keys.seal(row, _content(row, earlier))
        await session.flush()
        last = rows[-1].id
        await _rewrite_messages(session, await keys.of([row.id for row in rows]), earlier)
        session.expunge_all()


def _content(row: ComplaintRow, earlier: EarlierCipher) -> ComplaintContent:
    closed = {name: getattr(row, f"{name}_cipher") for name in CONTENT}
    return ComplaintContent(**{name: earlier.open(one) for name, one in closed.items() if one is not None})


async def _rewrite_messages(
    session: AsyncSession, keys: Mapping[int, ValueKey], earlier: EarlierCipher
) -> None:
    messages = select(MessageRow).where(MessageRow.complaint.in_(keys), MessageRow.text_cipher.is_not(None))
    for row in await session.scalars(messages):
        row.text_cipher = keys[row.complaint].close(earlier.open(row.text_cipher or ""), *place_of(row))
    ratings = select(RatingRow).where(RatingRow.complaint.in_(keys), RatingRow.word_cipher.is_not(None))
    for rating in await session.scalars(ratings):
        word = earlier.open(rating.word_cipher or "")
        rating.word_cipher = keys[rating.complaint].close(word, RATING_WORD)
    await session.flush()


async def renew_digests(session: AsyncSession, cipher: Cipher) -> None:
    """After a rotation complaints are found by digests under the newest key. The caller commits."""
    last = 0
    held = select(ComplaintRow).where(
        ComplaintRow.iin_digest.is_not(None) | ComplaintRow.phone_digest.is_not(None)
    )
    here = held.order_by(ComplaintRow.id).limit(AT_ONCE)
    while rows := (await session.scalars(here.where(ComplaintRow.id > last))).all():
        keys = ComplaintKeys(session, cipher)
        for row in rows:
            keys.digest(row, await keys.content(row))
        await session.flush()
        last = rows[-1].id
        session.expunge_all()


async def seal_files(database: Database, folder: FileFolder, cipher: Cipher) -> int:
    """Encrypt the files that an earlier version wrote in clear. Returns how many there were.

    A key is stored before its file takes the place of the one in clear, so that a kill loses nothing.
    """
    await _finish_sealed(database, folder)
    count, last = 0, ""
    while names := await _seal_some(database, folder, cipher, last):
        count, last = count + len(names), names[-1]
    return count


async def _finish_sealed(database: Database, folder: FileFolder) -> None:
    names = {file_record(name): name for name in await folder.unfinished()}
    async with database.session() as session:
        query = select(RecordKeyRow.record).where(RecordKeyRow.record.in_(names))
        stored = list(await session.scalars(query)) if names else []
    for record in stored:
        await folder.finish(names[record])


async def _seal_some(database: Database, folder: FileFolder, cipher: Cipher, last: str) -> list[str]:
    has_key = exists().where(RecordKeyRow.record == file_record("") + AttachmentRow.name)
    query = select(AttachmentRow.name).where(
        AttachmentRow.erased_at.is_(None), AttachmentRow.name > last, ~has_key
    )
    query = query.order_by(AttachmentRow.name).limit(FILES_AT_ONCE).with_for_update(skip_locked=True)
    async with database.unit_of_work() as unit:
        names = list(await unit.session.scalars(query))
        sealed = []
        for name in names:
            key, wrapped = cipher.new_record_key(file_record(name))
            if await folder.seal(name, key):
                unit.session.add(RecordKeyRow(record=file_record(name), wrapped=wrapped))
                sealed.append(name)
        await unit.commit()
    for name in sealed:
        await folder.finish(name)
    return names
