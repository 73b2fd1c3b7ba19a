"""/forget, and retention of five years: personal data goes, counts and audit log stay."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.access_log.tables import LogActorRow
from accounts.errors import NotAllowedError
from complaints.actions.citizens import AddToComplaint, EscalateToAgency, WithdrawComplaint
from complaints.actions.drafting import AttachToDraft
from complaints.actions.passing import PassOnComplaint
from complaints.actions.rating import RateComplaint, RateService
from complaints.actions.self_filed import RecordSelfFiledAnswer, StopTracking, TrackSelfFiled
from complaints.actions.sending import SubmitDraft, SubmittedComplaint
from complaints.actions.taking import TakeComplaint
from complaints.audit_verification import VerifyLogs
from complaints.case import ComplaintCase
from complaints.drafts import DraftStore
from complaints.forgetting import RETENTION, ForgetComplaints, ForgottenCounts, forget_old
from complaints.lifecycle import LifecycleStep
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.statistics import Statistics, StatisticsSpan
from complaints.store import CONTENT, AttachmentStore, ComplaintContent
from complaints.tables import ComplaintRow, DraftRow, RatingRow
from complaints.thread import MessageContent, MessageThread
from messaging.outbox.tables import OutboxRow
from tests.complaints.scenario import (
    AGENCY_BODY,
    AKIMAT,
    CITIZEN,
    IIN,
    NAME,
    OFFICER,
    OTHER_CITIZEN,
    PHONE,
    POLICE,
    TEXT,
    ComplaintScenario,
)
from tests.complaints.test_sending import file

WORD = "құпия сөз"


@pytest.fixture
async def police(scenario: ComplaintScenario) -> ComplaintScenario:
    await scenario.connect(POLICE)
    await scenario.staff()
    return scenario


@pytest.fixture
async def two(police: ComplaintScenario) -> ComplaintScenario:
    """The police and the akimat."""
    await police.connect(AKIMAT)
    return police


async def left_of(scenario: ComplaintScenario) -> list[str]:
    """Every text left in the complaint tables, decrypted, and what no key opens as it is."""
    session, keys = scenario.session, scenario.context.keys
    found: list[str | None] = []
    for row in (await session.scalars(select(ComplaintRow).order_by(ComplaintRow.id))).all():
        content = await keys.content(row)
        opened = [getattr(content, name) for name in CONTENT]
        found += [one for one in opened if one is not None]
        if content == ComplaintContent():
            found += [getattr(row, f"{name}_cipher") for name in CONTENT] + [row.iin_digest, row.phone_digest]
    thread = MessageThread(session, scenario.cipher)
    found += [one.text for one in await thread.of(list(await session.scalars(select(ComplaintRow.id))))]
    found += list(await session.scalars(select(RatingRow.word_cipher)))
    drafts = DraftStore(session, scenario.cipher)
    found += [drafts.read(row).text for row in await session.scalars(select(DraftRow))]
    return [one for one in found if one is not None]


async def closed(scenario: ComplaintScenario) -> int:
    """An answered complaint with a file, a message and a rating."""
    draft = await scenario.drafted()
    await AttachToDraft(scenario.context)(CITIZEN, file())
    sent = await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert isinstance(sent, SubmittedComplaint)
    case = sent.case
    await AddToComplaint(scenario.context)(CITIZEN, case.id, MessageContent(text=WORD, files=[file(1)]))
    await TakeComplaint(scenario.context)(OFFICER, case.id)
    await scenario.answer(case)
    await RateComplaint(scenario.context)(CITIZEN, case.id, 1, WORD)
    await RateService(scenario.context)(CITIZEN, case.id, 1, WORD)
    return case.id


async def test_forget_erases_personal_data_and_keeps_the_counts(police: ComplaintScenario):
    case = await closed(police)
    span = StatisticsSpan(
        organisations=frozenset({POLICE}),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        as_of=police.clock.now() + timedelta(days=1),
    )
    before = await Statistics(police.session).figures(span)
    steps = len(await CaseQueries(police.context).audit_log(OFFICER, case))
    assert await ForgetComplaints(police.context)(CITIZEN) == ForgottenCounts(now=1, later=0)
    assert await left_of(police) == []
    row = await police.session.get(ComplaintRow, case)
    assert row is not None
    assert (row.person, row.seal) == (None, None)
    assert len(await AttachmentStore(police.session).to_erase(10)) == 2
    assert await Statistics(police.session).figures(span) == before
    audit_log = await CaseQueries(police.context).audit_log(OFFICER, case)
    assert (len(audit_log), audit_log[-1].step) == (steps + 1, LifecycleStep.FORGET)
    with pytest.raises(NotAllowedError):
        await CaseQueries(police.context).of_person(CITIZEN, case)
    assert await MyComplaints(police.context).consented(CITIZEN) is None


async def test_open_complaint_is_forgotten_thirty_days_after_closing(police: ComplaintScenario):
    case = await police.taken()
    assert await ForgetComplaints(police.context)(CITIZEN) == ForgottenCounts(now=0, later=1)
    assert await MyComplaints(police.context).consented(CITIZEN) is not None
    await police.answer(case)
    police.clock.advance(timedelta(days=29))
    await forget_old(police.session, police.clock.now())
    assert TEXT in await left_of(police)
    police.clock.advance(timedelta(days=2))
    await forget_old(police.session, police.clock.now())
    assert await left_of(police) == []


async def test_complaint_is_forgotten_after_five_years(police: ComplaintScenario):
    await closed(police)
    still_open = await police.taken(by=OFFICER, name="Басқа Адам")
    police.clock.advance(RETENTION - timedelta(hours=1))
    await forget_old(police.session, police.clock.now())
    assert NAME in await left_of(police)
    police.clock.advance(timedelta(hours=2))
    await forget_old(police.session, police.clock.now())
    await forget_old(police.session, police.clock.now())
    assert await left_of(police) == ["Басқа Адам", IIN, PHONE, TEXT]  # the open complaint's file
    assert (await police.again(still_open)).forgotten is False


async def test_draft_and_tracked_dates_are_forgotten_at_once(police: ComplaintScenario):
    await TrackSelfFiled(police.context)(CITIZEN, await police.drafted(), date(2026, 3, 19))
    await police.drafted()
    await ForgetComplaints(police.context)(CITIZEN)
    mine = MyComplaints(police.context)
    assert (await mine.draft(CITIZEN), await mine.self_filed(CITIZEN)) == (None, [])


async def test_words_of_a_complaint_filed_elsewhere_go_when_it_is_stopped_and_after_a_year(
    police: ComplaintScenario,
):
    mine, filed = MyComplaints(police.context), date(2026, 3, 19)
    stopped = await TrackSelfFiled(police.context)(CITIZEN, await police.drafted(), filed)
    await RecordSelfFiledAnswer(police.context)(CITIZEN, stopped.id, filed, "Бас тарттық")
    body = await mine.self_filed_body(CITIZEN, stopped.id)
    assert body is not None
    assert (body.draft.text, body.answer) == (TEXT, "Бас тарттық")
    await StopTracking(police.context)(CITIZEN, stopped.id)
    assert await mine.self_filed_body(CITIZEN, stopped.id) is None
    left = await TrackSelfFiled(police.context)(CITIZEN, await police.drafted(), filed)
    await forget_old(police.session, police.clock.now() + timedelta(days=365))
    assert await mine.self_filed_body(CITIZEN, left.id) is not None
    await forget_old(police.session, police.clock.now() + timedelta(days=367))
    assert await mine.self_filed_body(CITIZEN, left.id) is None


async def test_forget_leaves_other_people_alone(police: ComplaintScenario):
    await closed(police)
    await police.drafted(by=OTHER_CITIZEN)
    assert await ForgetComplaints(police.context)(OTHER_CITIZEN) == ForgottenCounts(now=0, later=0)
    assert {NAME, TEXT, WORD} <= set(await left_of(police))


async def test_abandoned_draft_is_deleted_after_thirty_days(police: ComplaintScenario):
    await police.drafted()
    await AttachToDraft(police.context)(CITIZEN, file())
    await forget_old(police.session, police.clock.now() + timedelta(days=29))
    assert await MyComplaints(police.context).draft(CITIZEN) is not None
    await forget_old(police.session, police.clock.now() + timedelta(days=31))
    assert await MyComplaints(police.context).draft(CITIZEN) is None
    assert len(await AttachmentStore(police.session).to_erase(10)) == 1


async def test_pending_notices_to_forgotten_person_are_dropped(police: ComplaintScenario):
    police.at(date(2026, 3, 19), hour=22)  # citizens get no messages at night
    await closed(police)
    await ForgetComplaints(police.context)(CITIZEN)
    rows = await police.session.scalars(select(OutboxRow).where(OutboxRow.chat_id == CITIZEN))
    assert rows.all() == []
    dropped = await police.session.scalars(select(OutboxRow).where(OutboxRow.chat_id == 0))
    assert {(row.reason, row.payload) for row in dropped} == {("dropped", "")}


async def test_nobody_is_behind_the_pseudonym_of_a_forgotten_citizen(police: ComplaintScenario):
    case = await closed(police)
    await ForgetComplaints(police.context)(CITIZEN)
    log = await CaseQueries(police.context).audit_log(OFFICER, case)
    assert {(one.actor.role, one.actor.id) for one in log} == {("citizen", None), ("officer", OFFICER)}
    persons = await police.session.scalars(select(LogActorRow.person))
    assert CITIZEN not in persons.all()
    assert (await VerifyLogs(police.session)()).faults == []  # no row of the log has gone


async def test_notices_of_a_forgotten_person_name_nobody(police: ComplaintScenario):
    await closed(police)
    sent = OutboxRow.chat_id == CITIZEN
    keys = len((await police.session.scalars(select(OutboxRow.key).where(sent))).all())
    await ForgetComplaints(police.context)(CITIZEN)
    rows = (await police.session.scalars(select(OutboxRow).execution_options(populate_existing=True))).all()
    left = [row for row in rows if row.chat_id == 0]
    assert keys == len(left) > 1
    assert not [row.key for row in left if str(row.key).endswith(f"/{CITIZEN}")]
    assert {(row.subject, row.payload) for row in left} == {(None, "")}


async def test_chain_is_forgotten_when_its_last_body_has_answered(two: ComplaintScenario):
    """The text and the files belong to the first body's complaint; the second body works with them."""
    draft = await two.drafted()
    await AttachToDraft(two.context)(CITIZEN, file())
    sent = await SubmitDraft(two.context)(CITIZEN, draft)
    assert isinstance(sent, SubmittedComplaint)
    await TakeComplaint(two.context)(OFFICER, sent.case.id)
    content = MessageContent(text=WORD)
    passed = await PassOnComplaint(two.context)(OFFICER, sent.case.id, AKIMAT, content)
    assert passed.following is not None
    assert await ForgetComplaints(two.context)(CITIZEN) == ForgottenCounts(now=0, later=2)
    two.clock.advance(timedelta(days=31))
    await forget_old(two.session, two.clock.now())
    assert (await two.again(sent.case)).forgotten is False
    assert await AttachmentStore(two.session).to_erase(10) == []
    await WithdrawComplaint(two.context)(CITIZEN, passed.following.id)
    await forget_old(two.session, two.clock.now() + timedelta(days=29))
    assert (await two.again(sent.case)).forgotten is False
    await forget_old(two.session, two.clock.now() + timedelta(days=31))
    assert [(await two.again(one)).forgotten for one in (sent.case, passed.following)] == [True, True]
    assert len(await AttachmentStore(two.session).to_erase(10)) == 1
    assert await left_of(two) == []
    assert await MyComplaints(two.context).consented(CITIZEN) is None


async def test_chain_towards_the_agency_is_one_matter(two: ComplaintScenario):
    """The first body still owes its answer, or has given it: the Agency's body needs the whole."""
    await two.connect(AGENCY_BODY)
    case = await two.sent()
    at_agency = await EscalateToAgency(two.context)(CITIZEN, case.id)
    assert isinstance(at_agency, ComplaintCase)
    await WithdrawComplaint(two.context)(CITIZEN, case.id)
    assert await ForgetComplaints(two.context)(CITIZEN) == ForgottenCounts(now=0, later=2)
    await WithdrawComplaint(two.context)(CITIZEN, at_agency.id)
    assert await ForgetComplaints(two.context)(CITIZEN) == ForgottenCounts(now=2, later=0)
