"""Notices to officials over a complaint's whole life, in three languages: no personal data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.person import PersonStore
from accounts.roles import Role
from bot.views.complaints.notices import ComplaintNoticeRenderer
from complaints.actions.citizens import AddToComplaint, MarkNotSolved, WithdrawComplaint
from complaints.actions.completing import AskToComplete
from complaints.actions.extending import AskExtension, DecideExtension
from complaints.actions.materials import RequestMaterials
from complaints.actions.paper import VoidComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.actions.working import AskCitizen
from complaints.approvals.actions import ApproveAnswer, RequireApproval, ReturnAnswer
from complaints.case import case_of
from complaints.digest import ComplaintDigest
from complaints.facts import ExtensionReason
from complaints.hearings.actions import AskOralHearing, NoteHearing
from complaints.hearings.telling import preliminary_undelivered
from complaints.notifier import ComplaintNotification, NotificationTopic
from complaints.paper import VoidReason
from complaints.requests.rules import Requisite
from complaints.staff_drafts.actions import SendReply
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent
from database.engine import Database
from kernel.clock import FixedClock
from kernel.language import Language
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.outbox.hours import Audience
from messaging.outbox.tables import OutboxRow
from tests.complaints.deciding import sent_for_approval, told
from tests.complaints.scenario import (
    AKIMAT,
    CITIZEN,
    COORDINATOR,
    HEAD,
    IIN,
    MORNING,
    NAME,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    PHONE,
    TEXT,
    ComplaintScenario,
)
from tests.complaints.test_jobs import TickScenario, last

TO_CITIZENS = {
    *(
        NotificationTopic.TAKEN,
        NotificationTopic.JOINED,
        NotificationTopic.ASKED,
        NotificationTopic.EXTENDED,
        NotificationTopic.PRELIMINARY,
        NotificationTopic.PROTOCOL,
        NotificationTopic.COMPLETION_ASKED,
        NotificationTopic.COMPLETION_DUE,
        NotificationTopic.RETURNED,
        NotificationTopic.MATERIALS_SHOWN,
        NotificationTopic.PASSED_OUT,
        NotificationTopic.ANSWERED,
    ),
    *(NotificationTopic.SELF_KEPT_DUE, NotificationTopic.SELF_KEPT_OVERDUE),
}
DECIDED, LACKING = 105, 106  # citizens: one complaint goes through a hearing, one lacks something
MESSAGE = "Тағы бір айтарым бар еді"
OFFICIALS = {HEAD, OFFICER, COORDINATOR}


class RecordedNotice(NamedTuple):
    topics: set[NotificationTopic]
    complaints: set[int]
    payload: Mapping[str, Any]


@dataclass(slots=True)
class RecordingBotRenderer:
    """The bot's own renderer, run for each official in each language; the last text is sent."""

    renderer: ComplaintNoticeRenderer
    recorded: list[RecordedNotice] = field(default_factory=list)

    async def __call__(
        self, session: AsyncSession, notifications: Sequence[ComplaintNotification]
    ) -> Sequence[Mapping[str, Any]]:
        return [await self._record(session, notification) for notification in notifications]

    async def _record(self, session: AsyncSession, notification: ComplaintNotification) -> Mapping[str, Any]:
        payload: Mapping[str, Any] = {}
        for language in Language:
            await PersonStore(session).keep_language(notification.recipient, language, MORNING)
            (payload,) = await self.renderer(session, [notification])
            if notification.audience is Audience.OFFICIAL:
                about = {notification.complaint}
                self.recorded.append(RecordedNotice({notification.topic}, about, payload))
        return payload

    async def digest(self, session: AsyncSession, digest: ComplaintDigest) -> Mapping[str, Any]:
        payload: Mapping[str, Any] = {}
        for language in Language:
            await PersonStore(session).keep_language(digest.recipient, language, MORNING)
            payload = await self.renderer.digest(session, digest)
            complaints = {case.complaint for case in digest.cases}
            self.recorded.append(RecordedNotice(set(digest.counts), complaints, payload))
        return payload


@pytest.fixture
async def official_scenario(scenario_database: Database, cipher: Cipher) -> TickScenario:
    official_scenario = TickScenario(scenario_database, cipher)
    clock = FixedClock(MORNING)
    rendered = ComplaintNoticeRenderer(
        texts=Translations.load(), catalogue=LiveCatalogue(), clock=clock, cipher=cipher
    )
    official_scenario.renderer = RecordingBotRenderer(rendered)  # type: ignore[assignment]
    official_scenario.tick = official_scenario.new_tick()
    return official_scenario


async def decide(scenario: ComplaintScenario) -> None:
    """A colleague's case goes through a hearing and an approval; another is voided, one passed on."""
    scenario.service = OF_AKIMAT
    case = await scenario.sent(DECIDED)
    await TakeComplaint(scenario.context)(OFFICER, case.id)
    await told(scenario, case.id)
    await AskOralHearing(scenario.context)(DECIDED, case.id)
    await NoteHearing(scenario.context)(OFFICER, case.id, date(2026, 3, 19))
    await RequestMaterials(scenario.context)(DECIDED, case.id)
    lacking = await TakeComplaint(scenario.context)(OFFICER, (await scenario.sent(LACKING)).id)
    await AskToComplete(scenario.context)(OFFICER, lacking.id, [Requisite.SIGNATURE], date(2026, 3, 20))
    await told(scenario, lacking.id)
    await preliminary_undelivered(scenario.session, lacking.id, scenario.clock.now())
    await sent_for_approval(scenario, case.id, AKIMAT)
    await ReturnAnswer(scenario.context)(HEAD, case.id, MESSAGE)
    await SendReply(scenario.context)(OFFICER, case.id)
    await RequireApproval(scenario.context)(HEAD, AKIMAT, required=False)


async def pass_on(scenario: ComplaintScenario) -> None:
    found = await scenario.session.scalar(select(ComplaintRow).where(ComplaintRow.person == DECIDED))
    assert found is not None
    await ApproveAnswer(scenario.context)(HEAD, found.id)
    wrong = await scenario.entered(by=HEAD, organisation=AKIMAT, name=NAME)
    other = await scenario.entered(by=HEAD, organisation=AKIMAT, name=NAME)
    for one in (wrong, other):
        await TakeComplaint(scenario.context)(OFFICER, one.id)
    await VoidComplaint(scenario.context)(HEAD, wrong.id, VoidReason.TWICE)
    await AssignComplaint(scenario.context)(HEAD, other.id, HEAD)
    await AssignComplaint(scenario.context)(HEAD, other.id, OFFICER)
    await PassOnComplaint(scenario.context)(HEAD, other.id, "ministry-health", MessageContent(text=MESSAGE))


async def run_course(official_scenario: TickScenario) -> None:
    """Unassigned, assigned, asked, added to, extended, late, answered, not solved; one withdrawn; one on
    paper.
    """

    async def begin(scenario: ComplaintScenario) -> None:
        await scenario.connect(AKIMAT)
        for person, role in ((OFFICER, Role.OFFICER), (HEAD, Role.HEAD), (COORDINATOR, Role.COORDINATOR)):
            await scenario.add_membership(person, role, AKIMAT)
        scenario.service = OF_AKIMAT
        await WithdrawComplaint(scenario.context)(OTHER_CITIZEN, (await scenario.sent(OTHER_CITIZEN)).id)
        case = await scenario.sent()
        await AssignComplaint(scenario.context)(HEAD, case.id, OFFICER)
        await AskCitizen(scenario.context)(OFFICER, case.id, MessageContent(text=MESSAGE))
        await AddToComplaint(scenario.context)(CITIZEN, case.id, MessageContent(text=MESSAGE))
        for approve in (False, True):
            await AskExtension(scenario.context)(OFFICER, case.id, 1, ExtensionReason.STUDY)
            await DecideExtension(scenario.context)(HEAD, case.id, approve=approve)

    async def end(scenario: ComplaintScenario) -> None:
        scenario.at(date(2026, 4, 6))
        found = await scenario.session.scalar(select(ComplaintRow).where(ComplaintRow.person == CITIZEN))
        assert found is not None
        await scenario.answer(case_of(found))
        await MarkNotSolved(scenario.context)(CITIZEN, found.id, MessageContent(text=MESSAGE))

    async def enter(scenario: ComplaintScenario) -> None:
        case = await scenario.entered(
            by=HEAD, organisation=AKIMAT, name=NAME, number=IIN, phone=PHONE, text=TEXT
        )
        await TakeComplaint(scenario.context)(HEAD, case.id)
        await AskExtension(scenario.context)(HEAD, await last(scenario), 10, ExtensionReason.INFORMATION)

    async def redate(scenario: ComplaintScenario) -> None:
        changed = datetime(2026, 3, 20, 4, 0, tzinfo=MORNING.tzinfo)
        await scenario.session.execute(
            update(ComplaintRow)
            .where(ComplaintRow.person == CITIZEN)
            .values(redated_at=changed, due_version=ComplaintRow.due_version + 1)
        )

    await official_scenario.work(begin)
    await official_scenario.work(redate)
    await official_scenario.work(enter)
    await official_scenario.work(decide)
    for day in ((3, 20, 12), (3, 27, 9), (3, 30, 9), (3, 31, 9), (4, 1, 9), (4, 2, 9), (4, 3, 9)):
        await official_scenario.ticked(*day)
    await official_scenario.work(end)
    await official_scenario.work(pass_on)


async def test_official_notices_hold_no_personal_data(official_scenario: TickScenario):
    await run_course(official_scenario)
    recorded: list[RecordedNotice] = official_scenario.renderer.recorded  # type: ignore[attr-defined]
    assert set().union(*(one.topics for one in recorded)) == set(NotificationTopic) - TO_CITIZENS
    for notice in recorded:
        rendered = json.dumps(notice.payload, ensure_ascii=False)
        for secret in (*NAME.split(), IIN, PHONE, PHONE[2:], TEXT, MESSAGE, "Шағымыңыз қаралды"):
            assert secret not in rendered, notice.topics
        for complaint in notice.complaints:
            assert f'"callback_data": "oc:{complaint}"' in rendered, notice.topics
    async with official_scenario.database.session() as session:
        sent = await session.scalars(select(OutboxRow).where(OutboxRow.chat_id.in_(OFFICIALS)))
        assert len(sent.all()) * len(Language) == len(recorded)
