"""Which tables are about people and their complaints, and what forgetting leaves of each, for backups.

docs/privacy.md says the same in words; `tests/database/test_forgotten_in_backups.py` walks a backup.
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Table, Text, case, func, literal, select
from sqlalchemy import cast as as_type
from sqlalchemy.orm import InstrumentedAttribute

from accounts.access_log.tables import LogActorRow
from accounts.checklists import ChecklistRow
from accounts.keys.tables import ArchiveKeyRow, RecordKeyRow
from accounts.officials.tables import InvitationRow, WrongGuessRow
from accounts.profile.tables import ConsentRow, ProfileValueRow
from accounts.tables import PersonRow
from complaints.attachments.download_tables import AttachmentDownloadRow, SourceMessageRow
from complaints.daily_use_tables import DailyUseRow
from complaints.notes.tables import NoteRow
from complaints.service_rating_tables import ServiceRatingRow
from complaints.staff_drafts.tables import StaffDraftRow
from complaints.tables import (
    AttachmentRow,
    ComplaintConsentRow,
    ComplaintRow,
    DraftRow,
    MessageRow,
    RatingRow,
    SelfFiledRow,
)
from database.backup.personal import PersonalData, PersonalTable, Values
from knowledge.journal.tables import QuestionRow, VerdictRow
from messaging.dialog_tables import DialogState
from messaging.inbox.tables import FailedUpdate, InboxRow
from messaging.outbox.tables import NoticeSubject, OutboxFile, OutboxRow, UnreachableChat
from messaging.voice.tables import VoiceDownloadRow
from notifications.notices import NoticeKind
from reports.uploads.tables import SheetDownloadRow

_PERSON, _AUTHOR, _COMPLAINT, _FILE = "person/", "author/", "complaint/", "file/"
_OWN: tuple[InstrumentedAttribute[Any], ...] = (  # rows that go as a whole, by whose they are
    PersonRow.telegram_id,
    ConsentRow.telegram_id,
    ProfileValueRow.telegram_id,
    ChecklistRow.telegram_id,
    ComplaintConsentRow.person,
    DraftRow.person,
    SelfFiledRow.person,
    StaffDraftRow.person,
    AttachmentDownloadRow.person,
    SheetDownloadRow.person,
    VoiceDownloadRow.person,
    SourceMessageRow.person,
    FailedUpdate.chat_id,
    UnreachableChat.chat_id,
    DialogState.user_id,
)
_DIGESTS = tuple(f"{kind.value}/" for kind in (NoticeKind.COMPLAINT_DIGEST, NoticeKind.REMINDERS))


def _table(row: type[Any]) -> Table:
    return cast(Table, row.__table__)


def _owner(prefix: str, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return literal(prefix, Text) + as_type(column, Text)


def _person_of_subject() -> ColumnElement[Any]:
    subject = NoticeSubject.subject
    numbers = [(subject.startswith(one), func.substr(subject, len(one) + 1)) for one in _DIGESTS]
    return case(*((here, literal(_PERSON, Text) + number) for here, number in numbers))


def _behind_a_pseudonym() -> ColumnElement[Any]:
    """A citizen goes with the complaint; an official stays for as long as anything of him does."""
    number = as_type(func.substr(LogActorRow.subject, len(_COMPLAINT) + 1), BigInteger)
    of_complaint = case((LogActorRow.subject.startswith(_COMPLAINT), number))
    citizen = select(ComplaintRow.person).where(ComplaintRow.id == of_complaint).correlate(LogActorRow)
    return case(
        (citizen.scalar_subquery() == LogActorRow.person, LogActorRow.subject),
        else_=_owner(_PERSON, LogActorRow.person),
    )


def _erased_complaint(row: Values, at: datetime) -> Values:
    ciphers = ("name_cipher", "iin_cipher", "phone_cipher", "represented_cipher", "text_cipher")
    return dict.fromkeys((*ciphers, "person", "seal", "iin_digest", "phone_digest")) | {
        "forgotten_at": row["forgotten_at"] or at
    }


def _erased_message(_row: Values, _at: datetime) -> Values:
    return {"text_cipher": None, "author": None}


def _erased_rating(_row: Values, _at: datetime) -> Values:
    return {"word_cipher": None}


def _erased_file(row: Values, at: datetime) -> Values:
    return {"erase_asked_at": row["erase_asked_at"] or at}


def _refused_invitation(row: Values, at: datetime) -> Values:
    return {"decided_at": row["decided_at"] or at, "accepted": False, "taken_by": None}


def _nobodys_update(row: Values, _at: datetime) -> Values | None:
    """Handled ones stay, so that none is handled again."""
    return {"chat_id": 0, "payload": ""} if row["handled_at"] else None


def _nobodys_message(row: Values, at: datetime) -> Values | None:
    """Notices stay, so that none is written again."""
    if row["key"] is None:
        return None
    is_open = row["sent_at"] is None and row["given_up_at"] is None
    key = row["key"].replace(f"/{row['chat_id']}", f"/-{row['id']}")
    given_up = {"given_up_at": at, "reason": "dropped"} if is_open else {}
    return {"chat_id": 0, "payload": "", "subject": None, "key": key, "has_files": False} | given_up


def personal_data() -> PersonalData:
    """In the order in which foreign keys let the rows be written."""
    chat = select(OutboxRow.chat_id).where(OutboxRow.id == OutboxFile.row_id).correlate(OutboxFile)
    opened = case((InvitationRow.accepted.is_not(True), _owner(_PERSON, InvitationRow.taken_by)))
    tables = (
        *(PersonalTable(table=_table(cast(Any, one.class_)), owner=_owner(_PERSON, one)) for one in _OWN),
        PersonalTable(table=_table(RecordKeyRow), owner=RecordKeyRow.record),
        PersonalTable(
            table=_table(ComplaintRow), owner=_owner(_COMPLAINT, ComplaintRow.id), left=_erased_complaint
        ),
        PersonalTable(
            table=_table(MessageRow), owner=_owner(_COMPLAINT, MessageRow.complaint), left=_erased_message
        ),
        PersonalTable(table=_table(NoteRow), owner=_owner(_COMPLAINT, NoteRow.complaint)),
        PersonalTable(
            table=_table(RatingRow), owner=_owner(_COMPLAINT, RatingRow.complaint), left=_erased_rating
        ),
        PersonalTable(
            table=_table(ServiceRatingRow),
            owner=_owner(_COMPLAINT, ServiceRatingRow.complaint),
            left=_erased_rating,
        ),
        PersonalTable(
            table=_table(AttachmentRow), owner=_owner(_FILE, AttachmentRow.name), left=_erased_file
        ),
        PersonalTable(table=_table(LogActorRow), owner=_behind_a_pseudonym()),
        PersonalTable(table=_table(InvitationRow), owner=opened, left=_refused_invitation),
        PersonalTable(table=_table(QuestionRow), owner=_owner(_AUTHOR, QuestionRow.author)),
        PersonalTable(table=_table(VerdictRow), owner=_owner(_AUTHOR, VerdictRow.author)),
        PersonalTable(table=_table(InboxRow), owner=_owner(_PERSON, InboxRow.chat_id), left=_nobodys_update),
        PersonalTable(
            table=_table(OutboxRow), owner=_owner(_PERSON, OutboxRow.chat_id), left=_nobodys_message
        ),
        PersonalTable(
            table=_table(OutboxFile), owner=literal(_PERSON, Text) + as_type(chat.scalar_subquery(), Text)
        ),
        PersonalTable(table=_table(NoticeSubject), owner=_person_of_subject()),
    )
    return PersonalData(
        keys=_table(ArchiveKeyRow), tables=tables, passing=(_table(DailyUseRow), _table(WrongGuessRow))
    )
