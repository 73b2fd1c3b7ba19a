"""What officials type, and what is only asked for in certain states: each role, at home and elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.tables import MembershipRow
from accounts.roles import Role
from complaints.actions.answering import Close
from complaints.actions.drafting import AttachToDraft, DetachFromDraft
from complaints.actions.extending import AskExtension, DecideExtension, TellExtension
from complaints.actions.keeping import KeepDates, StopKeeping
from complaints.actions.sending import SendDraft
from complaints.actions.taking import Assign, Take
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.desk_drafts.actions import Entries, Replies, SendReply
from complaints.desk_drafts.drafts import EntryDraft, Purpose
from complaints.draft import Part
from complaints.errors import NotHolderError
from complaints.facts import Delivery, ExtensionReason, Source
from complaints.kinds.kind import Kind
from complaints.tables import AttachmentRow, ComplaintRow, SelfKeptRow
from database.engine import Database
from tests.complaints.hall import (
    AKIMAT,
    CITIZEN,
    COLLEAGUE,
    HEAD,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    STRANGER,
    Hall,
)
from tests.complaints.test_rights import LETTERS, happens, scene

ELSEWHERE = "akimat-almaty"
ENTRY = EntryDraft(
    source=Source.AKIM,
    received_on=date(2026, 3, 19),
    delivery=Delivery.OFFICE,
    service_known=True,
    kind=Kind.OTHER,
)
Ready = Callable[[Hall], Awaitable[int]]


@pytest.fixture
def untouched_hall(untouched_sqlite_hall: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return untouched_sqlite_hall


async def asked(hall: Hall) -> int:
    """A complaint whose extension waits for the head's word."""
    case = await scene(hall)
    await AskExtension(hall.desk)(OFFICER, case, 1, ExtensionReason.STUDY)
    return case


async def answered(hall: Hall) -> int:
    await hall.connect(AKIMAT)
    await hall.seat(OFFICER, Role.OFFICER, AKIMAT)
    hall.service = OF_AKIMAT
    return (await hall.answered()).id


async def untold(hall: Hall) -> int:
    """A complaint of paper whose extension an official has still to tell."""
    await hall.seat(HEAD, Role.HEAD, AKIMAT)
    case = await hall.entered(by=HEAD, organisation=AKIMAT)
    await Take(hall.desk)(HEAD, case.id)
    await AskExtension(hall.desk)(HEAD, case.id, 1, ExtensionReason.STUDY)
    return case.id


async def begin_and_send(hall: Hall, by: int, case: int) -> None:
    replies = Replies(hall.desk)
    await replies.begin(by, case, Purpose.ASK)
    part = Part(message=1, text="Қай күні?")
    await replies.change(by, case, lambda draft: replace(draft, parts=(part,)))
    await SendReply(hall.desk)(by, case)


async def enter(hall: Hall, by: int, _: int) -> None:
    entries = Entries(hall.desk)
    await entries.change(by, AKIMAT, lambda _: ENTRY)
    await entries.send(by, AKIMAT)


DEEDS: dict[str, tuple[Ready, str, Callable[[Hall, int, int], Awaitable[object]]]] = {
    "decide": (asked, "h", lambda hall, by, case: DecideExtension(hall.desk)(by, case, approve=True)),
    "refuse": (asked, "h", lambda hall, by, case: DecideExtension(hall.desk)(by, case, approve=False)),
    "close": (answered, "h", lambda hall, by, case: Close(hall.desk)(by, case)),
    "tell": (untold, "h", lambda hall, by, case: TellExtension(hall.desk)(by, case)),
    "reply": (scene, "h", begin_and_send),
    "read an entry": (scene, "ohci", lambda hall, by, _: Entries(hall.desk).find(by, AKIMAT)),
    "enter": (scene, "ohci", enter),
}


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_role_does_what_it_may_at_home_and_nothing_elsewhere(hall: Hall, deed: str):
    ready, letters, act = DEEDS[deed]
    case = await ready(hall)
    done = {}
    for organisation in (AKIMAT, ELSEWHERE):
        for role in Role:
            nested = await hall.session.begin_nested()
            await hall.seat(STRANGER, role, organisation)
            done[organisation, role] = await happens(hall, act, STRANGER, case)
            await nested.rollback()
    assert done == {
        (organisation, role): organisation == AKIMAT and LETTERS[role] in letters
        for organisation in (AKIMAT, ELSEWHERE)
        for role in Role
    }
    assert not await happens(hall, act, STRANGER, case)
    if deed != "enter":
        assert not await happens(hall, act, CITIZEN, case)


async def test_who_lost_the_complaint_cannot_send_what_he_typed(hall: Hall):
    case = await scene(hall)
    await hall.seat(HEAD, Role.HEAD, AKIMAT)
    await hall.seat(COLLEAGUE, Role.OFFICER, AKIMAT)
    await Replies(hall.desk).begin(OFFICER, case, Purpose.ASK)
    await Assign(hall.desk)(HEAD, case, COLLEAGUE)
    with pytest.raises(NotHolderError):
        await SendReply(hall.desk)(OFFICER, case)
    with pytest.raises(GoneError):  # a colleague's reply is no reply of his
        await SendReply(hall.desk)(COLLEAGUE, case)


async def test_who_lost_his_role_cannot_send_what_he_entered(hall: Hall):
    await hall.seat(OFFICER, Role.OFFICER, AKIMAT)
    await Entries(hall.desk).change(OFFICER, AKIMAT, lambda _: ENTRY)
    row = await hall.session.scalar(select(MembershipRow).where(MembershipRow.telegram_id == OFFICER))
    assert row is not None
    row.ended_at = hall.clock.now()
    await hall.session.flush()
    with pytest.raises(NotAllowedError):
        await Entries(hall.desk).send(OFFICER, AKIMAT)
    with pytest.raises(NotAllowedError):
        await Entries(hall.desk).find(OFFICER, AKIMAT)


async def test_an_entry_of_one_official_is_nothing_to_another_and_is_sent_once(hall: Hall):
    await hall.seat(OFFICER, Role.OFFICER, AKIMAT)
    await hall.seat(COLLEAGUE, Role.OFFICER, AKIMAT)
    entries = Entries(hall.desk)
    await entries.change(OFFICER, AKIMAT, lambda _: ENTRY)
    assert await entries.find(COLLEAGUE, AKIMAT) == EntryDraft()
    with pytest.raises(GoneError):
        await entries.send(COLLEAGUE, AKIMAT)
    await entries.send(OFFICER, AKIMAT)
    with pytest.raises(GoneError):
        await entries.send(OFFICER, AKIMAT)
    assert await hall.session.scalar(select(func.count()).select_from(ComplaintRow)) == 1


async def test_a_citizen_s_draft_and_kept_dates_are_nobody_else_s(hall: Hall):
    await hall.connect("police-abai")
    kept = await KeepDates(hall.desk)(CITIZEN, await hall.drafted(), date(2026, 3, 19))
    draft = await hall.drafted()
    stored = StoredFile(name="a.jpg", kind=FileKind.JPEG, size=10, digest="0" * 64)
    file = (await AttachToDraft(hall.desk)(CITIZEN, stored)).id
    await hall.drafted(OTHER_CITIZEN)
    for refused in (
        SendDraft(hall.desk)(OTHER_CITIZEN, draft),
        KeepDates(hall.desk)(OTHER_CITIZEN, draft, date(2026, 3, 19)),
        StopKeeping(hall.desk)(OTHER_CITIZEN, kept.id),
    ):
        with pytest.raises((GoneError, NotAllowedError)):
            await refused
    await DetachFromDraft(hall.desk)(OTHER_CITIZEN, file)  # takes off what is his: nothing
    assert await hall.session.scalar(select(AttachmentRow.erase_asked_at)) is None
    assert await hall.session.scalar(select(SelfKeptRow.closed_at)) is None
    assert await hall.session.scalar(select(func.count()).select_from(ComplaintRow)) == 0
