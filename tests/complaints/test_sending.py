"""From a draft to a registered complaint: after consent, once, at a connected organisation or not at all."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, text

from accounts.cipher import Cipher
from accounts.errors import GoneError
from accounts.profile.fields import NameInvalidError, TelephoneInvalidError
from complaints.actions.drafting import (
    AttachToDraft,
    ChangeDraft,
    ConsentToComplaint,
    DetachFromDraft,
    DropDraft,
)
from complaints.actions.sending import SOON, SubmitDraft, SubmittedComplaint
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.audit_log import CITIZEN as AS_CITIZEN
from complaints.audit_log import digest
from complaints.draft import MOST_FILES, Draft, TextPart
from complaints.errors import ConsentNeededError, DraftIncompleteError, TooManyFilesError
from complaints.facts import Complainant, ComplaintSource, Origin
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.routing import NotConnected, PlaceNeeded
from complaints.store import AttachmentStore
from complaints.tables import ComplaintRow, DraftRow
from complaints.terms import Rule
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from kernel.identity_numbers import IdentityNumberInvalidError
from tests.complaints.scenario import (
    AGENCY_BODY,
    CITIZEN,
    COLLEAGUE,
    HEAD,
    IIN,
    MORNING,
    NAME,
    OFFICER,
    OTHER_CITIZEN,
    PHONE,
    POLICE,
    TEXT,
    ComplaintScenario,
)


def file(number: int = 0) -> StoredFile:
    return StoredFile(name=f"{number:032x}.jpg", kind=FileKind.JPEG, size=10, digest="0" * 64)


async def count(scenario: ComplaintScenario, row: type) -> int:
    return await scenario.session.scalar(select(func.count()).select_from(row)) or 0


async def test_without_consent_nothing_is_stored(scenario: ComplaintScenario):
    with pytest.raises(ConsentNeededError):
        await ChangeDraft(scenario.context)(CITIZEN, lambda _: scenario.draft())
    with pytest.raises(ConsentNeededError):
        await AttachToDraft(scenario.context)(CITIZEN, file())
    assert await count(scenario, DraftRow) == 0
    assert await MyComplaints(scenario.context).consented(CITIZEN) is None


async def test_draft_is_stored_encrypted_and_read_back(scenario: ComplaintScenario):
    await scenario.drafted()
    stored = await MyComplaints(scenario.context).draft(CITIZEN)
    assert stored is not None
    assert stored.draft == scenario.draft()
    stored = (await scenario.session.execute(text("SELECT body_cipher FROM complaint_drafts"))).scalar_one()
    assert not any(secret in stored for secret in (NAME, IIN, PHONE, TEXT))


async def test_changed_draft_stays_one_draft(scenario: ComplaintScenario):
    first = await scenario.drafted()
    changed = await ChangeDraft(scenario.context)(CITIZEN, lambda draft: replace(draft, district="abai"))
    assert (changed.id, changed.draft.district, changed.draft.name) == (first, "abai", NAME)
    assert await count(scenario, DraftRow) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "12"}, NameInvalidError),
        ({"represented": "@"}, NameInvalidError),
        ({"number": "010101200015"}, IdentityNumberInvalidError),
        ({"phone": "112"}, TelephoneInvalidError),
    ],
)
async def test_draft_values_are_validated_and_normalised(
    scenario: ComplaintScenario, changes: dict[str, str], error: type[Exception]
):
    await scenario.drafted()
    with pytest.raises(error):
        await ChangeDraft(scenario.context)(CITIZEN, lambda draft: replace(draft, **changes))
    stored = await ChangeDraft(scenario.context)(
        CITIZEN, lambda draft: replace(draft, phone="8 701 000 00 01")
    )
    assert (stored.draft.name, stored.draft.phone) == (NAME, "+77010000001")


async def test_draft_takes_ten_files_and_detaching_frees_a_slot(scenario: ComplaintScenario):
    await ConsentToComplaint(scenario.context)(CITIZEN)
    added = [await AttachToDraft(scenario.context)(CITIZEN, file(number)) for number in range(MOST_FILES)]
    with pytest.raises(TooManyFilesError):
        await AttachToDraft(scenario.context)(CITIZEN, file(MOST_FILES))
    with pytest.raises(GoneError):
        await DetachFromDraft(scenario.context)(OTHER_CITIZEN, added[0].id)
    await DetachFromDraft(scenario.context)(CITIZEN, added[0].id)
    await AttachToDraft(scenario.context)(CITIZEN, file(MOST_FILES))
    erased = await AttachmentStore(scenario.session).to_erase(10)
    assert [one.name for one in erased] == [file(0).name]
    await AttachmentStore(scenario.session).mark_erased([one.id for one in erased], scenario.clock.now())
    assert await AttachmentStore(scenario.session).to_erase(10) == []


async def test_dropped_draft_leaves_nothing(scenario: ComplaintScenario):
    await scenario.drafted()
    await AttachToDraft(scenario.context)(CITIZEN, file())
    await DropDraft(scenario.context)(CITIZEN)
    await DropDraft(scenario.context)(CITIZEN)
    assert await MyComplaints(scenario.context).draft(CITIZEN) is None
    assert len(await AttachmentStore(scenario.session).to_erase(10)) == 1


async def test_sent_complaint_gets_number_term_and_history(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await scenario.staff()
    case = await scenario.sent()
    assert str(case.number) == "26-00000001-5"
    assert (case.state, case.organisation, case.rule) == (ComplaintState.REGISTERED, POLICE, Rule.PROVIDER)
    assert (case.registered_on, case.due_on) == (date(2026, 3, 19), date(2026, 3, 31))
    assert (case.source, case.origin) == (ComplaintSource.NATURAL_PERSONS, Origin.CITIZEN)
    first = (await scenario.audit_log(case))[0]
    assert (first.step, first.actor.id, first.actor.role) == (LifecycleStep.REGISTER, CITIZEN, AS_CITIZEN)
    assert first.what["due_on"] == "2026-03-31"
    assert await scenario.notices() == [("new", OFFICER), ("new", COLLEAGUE), ("new", HEAD)]


async def test_personal_data_is_encrypted_and_audit_log_holds_digests(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    case = await scenario.sent()
    row = await scenario.session.get(ComplaintRow, case.id)
    assert row is not None
    assert row.seal is not None
    stored = [row.name_cipher, row.iin_cipher, row.phone_cipher, row.text_cipher]
    assert not any(secret in str(stored) for secret in (NAME, IIN, PHONE, TEXT))
    content = await scenario.context.keys.content(row)
    assert (content.name, content.iin, content.phone, content.text) == (NAME, IIN, PHONE, TEXT)
    what = (await scenario.audit_log(case))[0].what
    assert what["text"] == digest(row.seal, TEXT)
    assert not any(secret in str(what) for secret in (NAME, IIN, PHONE, TEXT))


async def test_repeated_submission_returns_the_same_complaint(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    draft = await scenario.drafted()
    first = await SubmitDraft(scenario.context)(CITIZEN, draft)
    second = await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert isinstance(first, SubmittedComplaint)
    assert second == SubmittedComplaint(case=first.case, created=False)
    assert await count(scenario, ComplaintRow) == 1
    assert await count(scenario, DraftRow) == 0


async def test_concurrent_submissions_create_one_complaint(scenario_database: Database, cipher: Cipher):
    clock = FixedClock(MORNING)
    calendar = LiveCalendar(clock)

    async def press(draft: int | None) -> tuple[int, bool]:
        async with scenario_database.unit_of_work() as unit:
            scenario = ComplaintScenario(unit=unit, cipher=cipher, calendar=calendar, clock=clock)
            if draft is None:
                await scenario.connect(POLICE)
                return await scenario.drafted(), True
            sent = await SubmitDraft(scenario.context)(CITIZEN, draft)
            assert isinstance(sent, SubmittedComplaint)
            return sent.case.id, sent.created

    draft, _ = await press(None)
    presses = await asyncio.gather(*(press(draft) for _ in range(4)))
    assert len({complaint for complaint, _ in presses}) == 1
    assert sorted(created for _, created in presses) == [False, False, False, True]


async def test_complaint_takes_over_the_draft_files(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    draft = await scenario.drafted()
    await AttachToDraft(scenario.context)(CITIZEN, file())
    sent = await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert isinstance(sent, SubmittedComplaint)
    full = await CaseQueries(scenario.context).of_person(CITIZEN, sent.case.id)
    assert [one.name for one in full.files] == [file().name]
    assert full.text == TEXT


async def test_unconnected_body_keeps_the_draft_unregistered(scenario: ComplaintScenario):
    draft = await scenario.drafted()
    found = await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert isinstance(found, NotConnected)
    assert found.renders is not None
    assert found.renders.code == POLICE
    assert await count(scenario, ComplaintRow) == 0
    assert await MyComplaints(scenario.context).draft(CITIZEN) is not None


async def test_missing_place_is_requested(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    draft = await scenario.drafted(region=None)
    assert await SubmitDraft(scenario.context)(CITIZEN, draft) == PlaceNeeded()


async def test_agency_first_complaint_has_fifteen_days(scenario: ComplaintScenario):
    await scenario.connect(POLICE, AGENCY_BODY)
    case = await scenario.sent(to_agency=True)
    assert (case.organisation, case.rule, case.due_on) == (AGENCY_BODY, Rule.AUTHORITY, date(2026, 4, 14))


async def test_an_incomplete_draft_is_not_sent(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    draft = await scenario.drafted(name=None, parts=(TextPart(message=1, text=" "),))
    with pytest.raises(DraftIncompleteError):
        await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert await count(scenario, ComplaintRow) == 0


async def test_draft_of_another_person_cannot_be_sent(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    draft = await scenario.drafted()
    with pytest.raises(GoneError):
        await SubmitDraft(scenario.context)(OTHER_CITIZEN, draft)
    await scenario.drafted(by=OTHER_CITIZEN)
    with pytest.raises(GoneError):
        await SubmitDraft(scenario.context)(OTHER_CITIZEN, draft)
    case = (await SubmitDraft(scenario.context)(CITIZEN, draft)).case  # type: ignore[union-attr]
    with pytest.raises(GoneError):
        await SubmitDraft(scenario.context)(OTHER_CITIZEN, draft)  # nor learns that it became a complaint
    assert case.person == CITIZEN


async def test_a_legal_entity_counts_as_its_own_source(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    assert (
        await scenario.sent(complainant=Complainant.LEGAL, number="010140000014")
    ).source is ComplaintSource.LEGAL_ENTITIES


async def test_a_second_complaint_within_a_month_finds_the_first(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    first = await scenario.sent()

    async def earlier(person: int, service: str | None, organisation: str) -> int | None:
        since = scenario.context.now() - SOON
        found = await scenario.context.complaints.earlier(person, service, organisation, since)
        return None if found is None else found.id

    assert await earlier(CITIZEN, scenario.service, POLICE) == first.id
    assert await earlier(CITIZEN, None, POLICE) is None
    assert await earlier(CITIZEN, scenario.service, AGENCY_BODY) is None
    assert await earlier(OTHER_CITIZEN, scenario.service, POLICE) is None
    scenario.at(date(2026, 4, 20))
    assert await earlier(CITIZEN, scenario.service, POLICE) is None


async def test_first_file_creates_an_empty_draft(scenario: ComplaintScenario):
    await ConsentToComplaint(scenario.context)(CITIZEN)
    await AttachToDraft(scenario.context)(CITIZEN, file())
    stored = await MyComplaints(scenario.context).draft(CITIZEN)
    assert stored is not None
    assert (stored.draft, [one.name for one in stored.files]) == (Draft(), [file().name])
