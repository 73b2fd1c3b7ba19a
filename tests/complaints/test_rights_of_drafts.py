"""Rights to staff drafts and to actions of certain states: each role, at home and elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.tables import MembershipRow
from accounts.roles import Role
from complaints.actions.answering import CloseComplaint
from complaints.actions.drafting import AttachToDraft, DetachFromDraft
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.self_filed import RecordSelfFiledAnswer, StopTracking, TrackSelfFiled
from complaints.actions.sending import SubmitDraft
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.draft import TextPart
from complaints.errors import NotAssigneeError
from complaints.facts import ComplaintSource, ExtensionReason, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.queries.mine import MyComplaints
from complaints.staff_drafts.actions import EntryDrafts, ReplyDrafts, SendReply
from complaints.staff_drafts.drafts import EntryDraft, ReplyPurpose
from complaints.tables import AttachmentRow, ComplaintRow, SelfFiledRow
from database.engine import Database
from tests.complaints.scenario import (
    AKIMAT,
    CITIZEN,
    COLLEAGUE,
    HEAD,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    STRANGER,
    ComplaintScenario,
)
from tests.complaints.test_rights import ROLE_CODES, is_allowed, scene

ELSEWHERE = "akimat-almaty"
ENTRY = EntryDraft(
    source=ComplaintSource.AKIM,
    received_on=date(2026, 3, 19),
    delivery=ServiceDelivery.OFFICE,
    service_known=True,
    kind=ComplaintKind.OTHER,
)
Ready = Callable[[ComplaintScenario], Awaitable[int]]


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


async def asked(scenario: ComplaintScenario) -> int:
    """A complaint whose extension awaits the head's decision."""
    case = await scene(scenario)
    await AskExtension(scenario.context)(OFFICER, case, 1, ExtensionReason.STUDY)
    return case


async def answered(scenario: ComplaintScenario) -> int:
    await scenario.connect(AKIMAT)
    await scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
    scenario.service = OF_AKIMAT
    return (await scenario.answered()).id


async def unannounced(scenario: ComplaintScenario) -> int:
    """A complaint on paper whose extension an official must still announce."""
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    case = await scenario.entered(by=HEAD, organisation=AKIMAT)
    await TakeComplaint(scenario.context)(HEAD, case.id)
    await AskExtension(scenario.context)(HEAD, case.id, 1, ExtensionReason.STUDY)
    return case.id


async def begin_and_send(scenario: ComplaintScenario, by: int, case: int) -> None:
    replies = ReplyDrafts(scenario.context)
    await replies.begin(by, case, ReplyPurpose.ASK)
    part = TextPart(message=1, text="Қай күні?")
    await replies.change(by, case, lambda draft: replace(draft, parts=(part,)))
    await SendReply(scenario.context)(by, case)


async def enter(scenario: ComplaintScenario, by: int, _: int) -> None:
    entries = EntryDrafts(scenario.context)
    await entries.change(by, AKIMAT, lambda _: ENTRY)
    await entries.send(by, AKIMAT)


ATTEMPTS: dict[str, tuple[Ready, str, Callable[[ComplaintScenario, int, int], Awaitable[object]]]] = {
    "decide": (
        asked,
        "h",
        lambda scenario, by, case: DecideExtension(scenario.context)(by, case, approve=True),
    ),
    "refuse": (
        asked,
        "h",
        lambda scenario, by, case: DecideExtension(scenario.context)(by, case, approve=False),
    ),
    "close": (answered, "h", lambda scenario, by, case: CloseComplaint(scenario.context)(by, case)),
    "tell": (unannounced, "h", lambda scenario, by, case: ConfirmExtensionNotice(scenario.context)(by, case)),
    "reply": (scene, "h", begin_and_send),
    "read an entry": (scene, "ohci", lambda scenario, by, _: EntryDrafts(scenario.context).find(by, AKIMAT)),
    "enter": (scene, "ohci", enter),
}


@pytest.mark.parametrize("action", ATTEMPTS)
async def test_role_acts_only_in_its_own_organisation(scenario: ComplaintScenario, action: str):
    ready, codes, act = ATTEMPTS[action]
    case = await ready(scenario)
    done = {}
    for organisation in (AKIMAT, ELSEWHERE):
        for role in Role:
            nested = await scenario.session.begin_nested()
            await scenario.add_membership(STRANGER, role, organisation)
            done[organisation, role] = await is_allowed(scenario, act, STRANGER, case)
            await nested.rollback()
    assert done == {
        (organisation, role): organisation == AKIMAT and ROLE_CODES[role] in codes
        for organisation in (AKIMAT, ELSEWHERE)
        for role in Role
    }
    assert not await is_allowed(scenario, act, STRANGER, case)
    if action != "enter":
        assert not await is_allowed(scenario, act, CITIZEN, case)


async def test_former_assignee_cannot_send_a_drafted_reply(scenario: ComplaintScenario):
    case = await scene(scenario)
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    await scenario.add_membership(COLLEAGUE, Role.OFFICER, AKIMAT)
    await ReplyDrafts(scenario.context).begin(OFFICER, case, ReplyPurpose.ASK)
    await AssignComplaint(scenario.context)(HEAD, case, COLLEAGUE)
    with pytest.raises(NotAssigneeError):
        await SendReply(scenario.context)(OFFICER, case)
    with pytest.raises(GoneError):  # a colleague's reply is not theirs
        await SendReply(scenario.context)(COLLEAGUE, case)


async def test_former_official_cannot_submit_an_entry(scenario: ComplaintScenario):
    await scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
    await EntryDrafts(scenario.context).change(OFFICER, AKIMAT, lambda _: ENTRY)
    row = await scenario.session.scalar(select(MembershipRow).where(MembershipRow.telegram_id == OFFICER))
    assert row is not None
    row.ended_at = scenario.clock.now()
    await scenario.session.flush()
    with pytest.raises(NotAllowedError):
        await EntryDrafts(scenario.context).send(OFFICER, AKIMAT)
    with pytest.raises(NotAllowedError):
        await EntryDrafts(scenario.context).find(OFFICER, AKIMAT)


async def test_entry_is_private_to_its_official_and_sent_once(scenario: ComplaintScenario):
    await scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
    await scenario.add_membership(COLLEAGUE, Role.OFFICER, AKIMAT)
    entries = EntryDrafts(scenario.context)
    await entries.change(OFFICER, AKIMAT, lambda _: ENTRY)
    assert await entries.find(COLLEAGUE, AKIMAT) == EntryDraft()
    with pytest.raises(GoneError):
        await entries.send(COLLEAGUE, AKIMAT)
    await entries.send(OFFICER, AKIMAT)
    with pytest.raises(GoneError):
        await entries.send(OFFICER, AKIMAT)
    assert await scenario.session.scalar(select(func.count()).select_from(ComplaintRow)) == 1


async def test_draft_and_dates_are_private_to_the_citizen(scenario: ComplaintScenario):
    await scenario.connect("police-abai")
    stored = await TrackSelfFiled(scenario.context)(CITIZEN, await scenario.drafted(), date(2026, 3, 19))
    draft = await scenario.drafted()
    upload = StoredFile(name="a.jpg", kind=FileKind.JPEG, size=10, digest="0" * 64)
    file = (await AttachToDraft(scenario.context)(CITIZEN, upload)).id
    await scenario.drafted(OTHER_CITIZEN)
    for refused in (
        SubmitDraft(scenario.context)(OTHER_CITIZEN, draft),
        TrackSelfFiled(scenario.context)(OTHER_CITIZEN, draft, date(2026, 3, 19)),
        StopTracking(scenario.context)(OTHER_CITIZEN, stored.id),
        RecordSelfFiledAnswer(scenario.context)(OTHER_CITIZEN, stored.id, date(2026, 3, 19), "x"),
        MyComplaints(scenario.context).self_filed_body(OTHER_CITIZEN, stored.id),
    ):
        with pytest.raises((GoneError, NotAllowedError)):
            await refused
    await DetachFromDraft(scenario.context)(OTHER_CITIZEN, file)  # deletes only their own: nothing
    assert await scenario.session.scalar(select(AttachmentRow.erase_asked_at)) is None
    assert await scenario.session.scalar(select(SelfFiledRow.closed_at)) is None
    assert await scenario.session.scalar(select(func.count()).select_from(ComplaintRow)) == 0
