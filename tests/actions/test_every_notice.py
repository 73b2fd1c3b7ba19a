"""Every kind of notice is made anew when it is sent: in the language of that moment, or not at all.

A kind or a stage without a row here fails; so does one that has no refresher.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from accounts.cipher import Cipher
from accounts.officials.tables import InvitationRow, MembershipRow
from accounts.roles import Role
from bot.app.complaints import ComplaintBackground
from bot.app.jobs import make_refreshers
from bot.views.accounts.notices import AccountStage
from bot.views.filings.notifier import WaiverStage
from bot.views.reports.notifier import CorrectionStage
from complaints.actions.completing import ConfirmComplete, ReturnComplaint
from complaints.actions.extending import DecideExtension
from complaints.actions.materials import ShowMaterials
from complaints.actions.passing import PassOnComplaint
from complaints.actions.self_filed import StopTracking
from complaints.actions.taking import TakeComplaint
from complaints.actions.working import AskCitizen
from complaints.approvals.actions import ReturnAnswer
from complaints.attachments.folder import FileFolder
from complaints.digest import DigestKind, DigestStage
from complaints.notifier import NotificationTopic
from complaints.requests.rules import RequestEnd
from complaints.tables import ComplaintRow, SelfFiledRow
from database.base import Base
from database.engine import Database, JoinedUnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock, almaty_date
from kernel.language import Language
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.outbox.claims import mark_reachable, mark_unreachable
from messaging.outbox.hours import Audience
from messaging.outbox.message import OutboxMessage
from messaging.outbox.refreshing import Refresh, WaitingNotice
from messaging.outbox.writing import write
from notifications.notices import NoticeKind, key_of
from reminders.actions import AskWaiver, DecideWaiver, ReopenFiling
from reminders.tables import FilingRow
from reports.correcting import DecideCorrection
from tests.actions import of_decisions
from tests.actions.of_casework import joined_complaint
from tests.actions.of_complaints import (
    WORDS,
    answered,
    dated,
    extension_asked,
    incomplete,
    materials_asked,
    not_completed,
    sent,
    taken,
)
from tests.actions.officials_world import (
    INSPECTOR,
    correction_asked,
    introduced,
    on_leave,
    owing,
    waiver_asked,
    with_colleague,
)
from tests.actions.world import World, new_clock
from tests.complaints.scenario import AKIMAT, CITIZEN, COLLEAGUE, HEAD, MORNING, OFFICER, STRANGER

EDITOR = 21
Topic = NotificationTopic
# Told in digests alone, which tests/complaints/test_digest.py reads.
OF_DIGESTS = {
    *(Topic.TWO_DAYS, Topic.ONE_DAY, Topic.DUE_TODAY),
    *(Topic.EXTENSION_UNTOLD, Topic.RETURN_DUE, Topic.MATERIALS_DUE),
    *(Topic.PRELIMINARY_LAST, Topic.PRELIMINARY_UNTOLD, Topic.PROTOCOL_DUE, Topic.APPROVAL_WAITS),
}
MARCH = date(2026, 3, 19)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTrial:
    """After `ready` (which returns what the notice is about) the notice holds, after `over` it does not."""

    kind: NoticeKind
    stage: str
    recipient: int
    ready: Callable[[World], Awaitable[int]]
    over: Callable[[World, int], Awaitable[Any]]
    topic: NotificationTopic | None = None

    @property
    def audience(self) -> Audience:
        return Audience.CITIZEN if self.recipient == CITIZEN else Audience.OFFICIAL

    def waiting(self, number: int, world: World) -> WaitingNotice:
        return WaitingNotice(
            subject=self.kind.of(number),
            version=1,
            stage=self.stage,
            recipient=self.recipient,
            audience=self.audience,
            written_at=world.clock.now(),
        )


def event(topic: NotificationTopic, recipient: int, ready: Any, over: Any) -> NoticeTrial:
    return NoticeTrial(
        kind=NoticeKind.COMPLAINT_EVENT,
        stage=f"{topic}_3",
        recipient=recipient,
        ready=ready,
        over=over,
        topic=topic,
    )


def trial(kind: NoticeKind, stage: str, recipient: int, ready: Any, over: Any) -> NoticeTrial:
    topic = next((one for one in sorted(Topic, key=len, reverse=True) if stage.startswith(one)), None)
    return NoticeTrial(kind=kind, stage=stage, recipient=recipient, ready=ready, over=over, topic=topic)


async def change(world: World, table: type[Base], **values: Any) -> None:
    await world.unit.session.execute(update(table).values(values))


def leaves(person: int) -> Callable[[World, int], Awaitable[None]]:
    async def over(world: World, _: int) -> None:
        ended = update(MembershipRow).where(MembershipRow.telegram_id == person)
        await world.unit.session.execute(ended.values(ended_at=world.clock.now()))

    return over


async def answer(world: World, complaint: int) -> None:
    await change(world, ComplaintRow, state="answered", closed_at=world.clock.now())


async def send_back(world: World, complaint: int) -> None:
    await ReturnAnswer(world.complaints)(HEAD, complaint, "x")


async def forget(world: World, _: int) -> None:
    await change(world, ComplaintRow, person=None)


async def asked(world: World) -> int:
    complaint = await taken(world)
    await AskCitizen(world.complaints)(OFFICER, complaint, WORDS)
    return complaint


async def extended(world: World) -> int:
    complaint = await extension_asked(world)
    await DecideExtension(world.complaints)(HEAD, complaint, approve=True)
    return complaint


async def passed_on(world: World) -> int:
    complaint = await taken(world)
    await PassOnComplaint(world.complaints)(OFFICER, complaint, "police-abai", WORDS)
    return complaint


async def overdue(world: World) -> int:
    complaint = await taken(world)
    world.clock.advance(timedelta(days=90))
    return complaint


async def redated(world: World) -> int:
    complaint = await taken(world)
    world.clock.advance(timedelta(days=1))
    await change(world, ComplaintRow, redated_at=world.clock.now())
    return complaint


async def digested(world: World) -> int:
    await overdue(world)
    return OFFICER


async def moved(world: World) -> int:
    await redated(world)
    return OFFICER


def tracked(days: int) -> Callable[[World], Awaitable[int]]:
    async def ready(world: World) -> int:
        number = await dated(world)
        day = almaty_date(world.clock.now()) - timedelta(days=days)
        await change(world, SelfFiledRow, due_on=day, late_after=day)
        return number

    return ready


async def reminded(world: World) -> int:
    """A reminder that has just been written."""
    await owing(world)
    now, subject = world.clock.now(), NoticeKind.REMINDERS.of(OFFICER)
    await change(world, FilingRow, told_at=now)
    message = OutboxMessage(
        chat_id=OFFICER,
        method="sendMessage",
        payload={"chat_id": OFFICER, "text": "then"},
        key=key_of(subject, 1, "due_20261002_0", OFFICER),
        subject=subject,
        version=1,
        audience=Audience.OFFICIAL,
    )
    await write(world.unit.session, [message], now)
    return OFFICER


async def submit(world: World, _: int) -> None:
    await change(world, FilingRow, state="submitted", remind_at=None)


async def joined(world: World) -> int:
    number = await introduced(world)
    await world.accounts.decide(HEAD, number, accept=True)
    return number


async def refused(world: World) -> int:
    number = await introduced(world)
    await world.accounts.decide(HEAD, number, accept=False)
    return number


async def revoked(world: World) -> int:
    await world.staff()
    number = await world.accounts.membership(COLLEAGUE, Role.OFFICER, AKIMAT)
    await world.accounts.revoke(HEAD, number, OFFICER)
    return number


async def cancelled(world: World) -> int:
    number = await on_leave(world)
    await world.accounts.cancel_leave(OFFICER, number)
    return number


async def blocked(world: World) -> int:
    number = await with_colleague(world)
    await mark_unreachable(world.unit.session, COLLEAGUE, "unreachable", world.clock.now())
    return number


async def unpublished(world: World) -> int:
    await world.scenario.add_membership(EDITOR, Role.EDITOR, AKIMAT)
    world.clock.instant = world.clock.instant.replace(month=11)
    return world.clock.instant.year + 1


def decided(*, accept: bool) -> Callable[[World], Awaitable[int]]:
    async def ready(world: World) -> int:
        number = await waiver_asked(world)
        await DecideWaiver(world.filings)(HEAD, number, accept=accept)
        return number

    return ready


def corrected_as(*, accept: bool) -> Callable[[World], Awaitable[int]]:
    async def ready(world: World) -> int:
        number = await correction_asked(world)
        await DecideCorrection(world.reports)(INSPECTOR, number, accept=accept, reason="Растамайды")
        return number

    return ready


async def ask_again(world: World, filing: int) -> None:
    await AskWaiver(world.filings)(OFFICER, filing, "бізге қатысы жоқ")


def later(days: int) -> Callable[[World, int], Awaitable[None]]:
    async def over(world: World, _: int) -> None:
        world.clock.advance(timedelta(days=days))

    return over


def digest(kind: DigestKind, days: int) -> str:
    return str(DigestStage(kind=kind, day=MARCH + timedelta(days=days)))


async def take(world: World, complaint: int) -> None:
    await TakeComplaint(world.complaints)(OFFICER, complaint)


async def decide(world: World, complaint: int) -> None:
    await DecideExtension(world.complaints)(HEAD, complaint, approve=False)


async def decide_waiver(world: World, filing: int) -> None:
    await DecideWaiver(world.filings)(HEAD, filing, accept=True)


async def decide_join(world: World, invitation: int) -> None:
    await world.accounts.decide(HEAD, invitation, accept=True)


async def accept_after_all(world: World, invitation: int) -> None:
    await change(world, InvitationRow, accepted=True)


async def admit_again(world: World, _: int) -> None:
    await world.accounts.membership(COLLEAGUE, Role.OFFICER, AKIMAT)


async def cancel(world: World, leave: int) -> None:
    await world.accounts.cancel_leave(OFFICER, leave)


async def reach(world: World, _: int) -> None:
    await mark_reachable(world.unit.session, COLLEAGUE)


async def stop(world: World, tracked: int) -> None:
    await StopTracking(world.complaints)(CITIZEN, tracked)


async def completion_near(world: World) -> int:
    complaint = await incomplete(world)
    world.clock.advance(timedelta(days=1))
    return complaint


async def complete(world: World, complaint: int) -> None:
    await ConfirmComplete(world.complaints)(OFFICER, complaint)


async def returned(world: World) -> int:
    complaint = await not_completed(world)
    await ReturnComplaint(world.complaints)(OFFICER, complaint, WORDS)
    return complaint


async def show_materials(world: World, complaint: int) -> None:
    await ShowMaterials(world.complaints)(OFFICER, complaint, RequestEnd.COPIES)


async def materials_shown(world: World) -> int:
    complaint = await materials_asked(world)
    await show_materials(world, complaint)
    return complaint


async def reopen(world: World, filing: int) -> None:
    await ReopenFiling(world.filings)(HEAD, filing)


TRIALS = (
    event(Topic.NEW, HEAD, sent, take),
    event(Topic.JOINED, CITIZEN, joined_complaint, forget),
    event(Topic.ASSIGNED, OFFICER, taken, answer),
    event(Topic.ADDED, OFFICER, taken, leaves(OFFICER)),
    event(Topic.WITHDRAWN, OFFICER, taken, leaves(OFFICER)),
    event(Topic.NOT_SOLVED, OFFICER, answered, leaves(OFFICER)),
    event(Topic.EXTENSION_ASKED, HEAD, extension_asked, decide),
    event(Topic.EXTENSION_DECIDED, OFFICER, extended, leaves(OFFICER)),
    event(Topic.TAKEN_AWAY, OFFICER, taken, leaves(OFFICER)),
    event(Topic.ORAL_ASKED, OFFICER, of_decisions.oral_asked, answer),
    event(Topic.APPROVAL_ASKED, HEAD, of_decisions.approval_asked, send_back),
    event(Topic.ANSWER_APPROVED, OFFICER, of_decisions.approved, leaves(OFFICER)),
    event(Topic.ANSWER_RETURNED, OFFICER, of_decisions.returned, answer),
    event(Topic.VOIDED, OFFICER, of_decisions.voided, leaves(OFFICER)),
    event(Topic.PASSED_ON, OFFICER, passed_on, leaves(OFFICER)),
    event(Topic.PRELIMINARY, CITIZEN, of_decisions.preliminary, answer),
    event(Topic.PROTOCOL, CITIZEN, of_decisions.protocol_kept, forget),
    event(Topic.TAKEN, CITIZEN, taken, answer),
    event(Topic.ASKED, CITIZEN, asked, answer),
    event(Topic.EXTENDED, CITIZEN, extended, forget),
    event(Topic.PASSED_ON, CITIZEN, passed_on, forget),
    event(Topic.PASSED_OUT, CITIZEN, passed_on, forget),
    event(Topic.ANSWERED, CITIZEN, answered, forget),
    event(Topic.COMPLETION_ASKED, CITIZEN, incomplete, complete),
    event(Topic.RETURNED, CITIZEN, returned, forget),
    event(Topic.MATERIALS_ASKED, OFFICER, materials_asked, show_materials),
    event(Topic.MATERIALS_SHOWN, CITIZEN, materials_shown, forget),
    trial(NoticeKind.COMPLAINT, "overdue_citizen", CITIZEN, overdue, answer),
    trial(NoticeKind.COMPLAINT, "completion_due_1", CITIZEN, completion_near, complete),
    trial(NoticeKind.COMPLAINT, "redated_citizen", CITIZEN, redated, answer),
    trial(NoticeKind.SELF_FILED, "self_kept_due", CITIZEN, tracked(0), stop),
    trial(NoticeKind.SELF_FILED, "self_kept_overdue", CITIZEN, tracked(1), stop),
    trial(NoticeKind.COMPLAINT_DIGEST, digest(DigestKind.DUE, 90), OFFICER, digested, answer),
    trial(NoticeKind.COMPLAINT_DIGEST, digest(DigestKind.MOVED, 1), OFFICER, moved, answer),
    trial(NoticeKind.REMINDERS, "due_20261002_0", OFFICER, reminded, submit),
    trial(NoticeKind.WAIVER, WaiverStage.ASKED, HEAD, waiver_asked, decide_waiver),
    trial(NoticeKind.WAIVER, WaiverStage.ACCEPTED, OFFICER, decided(accept=True), reopen),
    trial(NoticeKind.WAIVER, WaiverStage.REFUSED, OFFICER, decided(accept=False), ask_again),
    trial(
        NoticeKind.CORRECTION, CorrectionStage.ACCEPTED, OFFICER, corrected_as(accept=True), leaves(OFFICER)
    ),
    trial(
        NoticeKind.CORRECTION, CorrectionStage.REFUSED, OFFICER, corrected_as(accept=False), leaves(OFFICER)
    ),
    trial(NoticeKind.INVITATION, AccountStage.JOIN_REQUEST, HEAD, introduced, decide_join),
    trial(NoticeKind.INVITATION, AccountStage.JOINED, STRANGER, joined, leaves(STRANGER)),
    trial(NoticeKind.INVITATION, AccountStage.REFUSED, STRANGER, refused, accept_after_all),
    trial(NoticeKind.MEMBERSHIP, AccountStage.REVOKED, COLLEAGUE, revoked, admit_again),
    trial(NoticeKind.MEMBERSHIP, AccountStage.HANDED_OVER, OFFICER, revoked, leaves(OFFICER)),
    trial(NoticeKind.LEAVE, AccountStage.DEPUTY, COLLEAGUE, on_leave, cancel),
    trial(NoticeKind.LEAVE, AccountStage.FREED, COLLEAGUE, cancelled, later(60)),
    trial(NoticeKind.REACH, AccountStage.BLOCKED, HEAD, blocked, reach),
    trial(NoticeKind.CALENDAR, "missing_in_2026_11", EDITOR, unpublished, leaves(EDITOR)),
)


def refreshers(
    database: Database, cipher: Cipher, clock: FixedClock, tmp_path: Path
) -> Mapping[str, Refresh]:
    texts = Translations.load()
    background = ComplaintBackground(
        database=database,
        clock=clock,
        catalogue=LiveCatalogue(),
        cipher=cipher,
        folder=FileFolder(tmp_path),
        texts=texts,
    )
    return make_refreshers(background, clock, texts)


def test_every_kind_and_stage_has_a_trial():
    assert {one.kind for one in TRIALS} == set(NoticeKind)
    assert {one.topic for one in TRIALS} - {None} == set(Topic) - OF_DIGESTS
    stages = {one.stage for one in TRIALS}
    assert {*AccountStage, *WaiverStage, *CorrectionStage} <= stages
    assert {DigestStage.read(one).kind for one in stages if one.startswith(tuple(DigestKind))} >= set(
        DigestKind
    )


@pytest.mark.slow
async def test_every_notice_is_made_from_the_state_at_sending(
    sqlite_rollback_database: Database, cipher: Cipher, live_calendar: LiveCalendar, tmp_path: Path
):
    failed: list[str] = []
    clock = new_clock()
    by_kind = refreshers(sqlite_rollback_database, cipher, clock, tmp_path)
    for one in TRIALS:
        refresh, clock.instant = by_kind[one.kind], MORNING
        async with sqlite_rollback_database.unit_of_work() as whole:
            world = World(cipher=cipher, calendar=live_calendar, clock=clock).on(JoinedUnitOfWork(whole))
            number = await one.ready(world)
            texts = [await said(world, refresh, one, number, language) for language in Language]
            if None in texts or len(set(texts)) < len(Language):
                failed.append(f"{one.kind} {one.stage}: not made anew in each language: {texts}")
            await one.over(world, number)
            if await said(world, refresh, one, number, Language.KK) is not None:
                failed.append(f"{one.kind} {one.stage}: made although it no longer holds")
    assert failed == []


async def said(world: World, refresh: Refresh, one: NoticeTrial, number: int, language: Language) -> Any:
    """The text, or None where nothing is said any more."""
    await world.people.keep_language(one.recipient, language, world.clock.now())
    await world.unit.session.flush()
    fields = await refresh(world.unit.session, one.waiting(number, world), world.clock.now())
    return None if fields is None else fields["text"]
