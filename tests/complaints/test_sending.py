"""From a draft to a registered complaint: after consent, once, with whoever is connected or nobody."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, text

from accounts.cipher import Cipher
from accounts.errors import GoneError
from accounts.kept.fields import NameRefusedError, TelephoneRefusedError
from accounts.kept.numbers import NumberRefusedError
from complaints.actions.drafting import (
    AttachToDraft,
    ChangeDraft,
    ConsentToComplaint,
    DetachFromDraft,
    DropDraft,
)
from complaints.actions.sending import SendDraft, Sent
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.draft import MOST_FILES, Draft, Part
from complaints.errors import ConsentNeededError, DraftIncompleteError, TooManyFilesError
from complaints.facts import Complainant, Origin, Source
from complaints.lifecycle import State, Step
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.routing import NotConnected, PlaceNeeded
from complaints.store import AttachmentStore
from complaints.tables import ComplaintRow, DraftRow
from complaints.terms import Rule
from complaints.trail import CITIZEN as AS_CITIZEN
from complaints.trail import digest
from database.engine import Database
from deadlines.clock import FixedClock
from deadlines.queries import LiveCalendar
from tests.complaints.hall import (
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
    Hall,
)


def file(number: int = 0) -> StoredFile:
    return StoredFile(name=f"{number:032x}.jpg", kind=FileKind.JPEG, size=10, digest="0" * 64)


async def count(hall: Hall, row: type) -> int:
    return await hall.session.scalar(select(func.count()).select_from(row)) or 0


async def test_without_consent_nothing_is_stored(hall: Hall):
    with pytest.raises(ConsentNeededError):
        await ChangeDraft(hall.desk)(CITIZEN, lambda _: hall.draft())
    with pytest.raises(ConsentNeededError):
        await AttachToDraft(hall.desk)(CITIZEN, file())
    assert await count(hall, DraftRow) == 0
    assert await MyComplaints(hall.desk).consented(CITIZEN) is None


async def test_a_draft_is_kept_encrypted_and_read_back(hall: Hall):
    await hall.drafted()
    kept = await MyComplaints(hall.desk).draft(CITIZEN)
    assert kept is not None
    assert kept.draft == hall.draft()
    stored = (await hall.session.execute(text("SELECT body_cipher FROM complaint_drafts"))).scalar_one()
    assert not any(secret in stored for secret in (NAME, IIN, PHONE, TEXT))


async def test_a_draft_is_changed_and_never_doubled(hall: Hall):
    first = await hall.drafted()
    changed = await ChangeDraft(hall.desk)(CITIZEN, lambda draft: replace(draft, district="abai"))
    assert (changed.id, changed.draft.district, changed.draft.name) == (first, "abai", NAME)
    assert await count(hall, DraftRow) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "12"}, NameRefusedError),
        ({"represented": "@"}, NameRefusedError),
        ({"number": "010101200015"}, NumberRefusedError),
        ({"phone": "112"}, TelephoneRefusedError),
    ],
)
async def test_values_are_read_as_what_people_keep(
    hall: Hall, changes: dict[str, str], error: type[Exception]
):
    await hall.drafted()
    with pytest.raises(error):
        await ChangeDraft(hall.desk)(CITIZEN, lambda draft: replace(draft, **changes))
    kept = await ChangeDraft(hall.desk)(CITIZEN, lambda draft: replace(draft, phone="8 701 000 00 01"))
    assert (kept.draft.name, kept.draft.phone) == (NAME, "+77010000001")


async def test_ten_files_and_no_more_and_one_taken_away_makes_room(hall: Hall):
    await ConsentToComplaint(hall.desk)(CITIZEN)
    added = [await AttachToDraft(hall.desk)(CITIZEN, file(number)) for number in range(MOST_FILES)]
    with pytest.raises(TooManyFilesError):
        await AttachToDraft(hall.desk)(CITIZEN, file(MOST_FILES))
    with pytest.raises(GoneError):
        await DetachFromDraft(hall.desk)(OTHER_CITIZEN, added[0].id)
    await DetachFromDraft(hall.desk)(CITIZEN, added[0].id)
    await AttachToDraft(hall.desk)(CITIZEN, file(MOST_FILES))
    erased = await AttachmentStore(hall.session).to_erase(10)
    assert [one.name for one in erased] == [file(0).name]
    await AttachmentStore(hall.session).mark_erased([one.id for one in erased], hall.clock.now())
    assert await AttachmentStore(hall.session).to_erase(10) == []


async def test_a_draft_thrown_away_leaves_nothing(hall: Hall):
    await hall.drafted()
    await AttachToDraft(hall.desk)(CITIZEN, file())
    await DropDraft(hall.desk)(CITIZEN)
    await DropDraft(hall.desk)(CITIZEN)
    assert await MyComplaints(hall.desk).draft(CITIZEN) is None
    assert len(await AttachmentStore(hall.session).to_erase(10)) == 1


async def test_a_complaint_is_registered_with_its_number_term_and_first_step(hall: Hall):
    await hall.connect(POLICE)
    await hall.staff()
    case = await hall.sent()
    assert str(case.number) == "26-00000001-5"
    assert (case.state, case.organisation, case.rule) == (State.REGISTERED, POLICE, Rule.PROVIDER)
    assert (case.registered_on, case.due_on) == (date(2026, 3, 19), date(2026, 3, 31))
    assert (case.source, case.origin) == (Source.NATURAL_PERSONS, Origin.CITIZEN)
    first = (await hall.trail(case))[0]
    assert (first.step, first.actor.id, first.actor.role) == (Step.REGISTER, CITIZEN, AS_CITIZEN)
    assert first.what["due_on"] == "2026-03-31"
    assert await hall.notices() == [("new", OFFICER), ("new", COLLEAGUE), ("new", HEAD)]


async def test_what_is_somebody_s_is_kept_encrypted_and_the_trail_holds_its_digest(hall: Hall):
    await hall.connect(POLICE)
    case = await hall.sent()
    row = await hall.session.get(ComplaintRow, case.id)
    assert row is not None
    assert row.seal is not None
    stored = [row.name_cipher, row.iin_cipher, row.phone_cipher, row.text_cipher]
    assert [hall.cipher.open(str(one)) for one in stored] == [NAME, IIN, PHONE, TEXT]
    what = (await hall.trail(case))[0].what
    assert what["text"] == digest(row.seal, TEXT)
    assert not any(secret in str(what) for secret in (NAME, IIN, PHONE, TEXT))


async def test_a_second_press_answers_with_the_same_complaint(hall: Hall):
    await hall.connect(POLICE)
    draft = await hall.drafted()
    first = await SendDraft(hall.desk)(CITIZEN, draft)
    second = await SendDraft(hall.desk)(CITIZEN, draft)
    assert isinstance(first, Sent)
    assert second == Sent(case=first.case, anew=False)
    assert await count(hall, ComplaintRow) == 1
    assert await count(hall, DraftRow) == 0


async def test_two_presses_at_once_make_one_complaint(hall_database: Database, cipher: Cipher):
    clock = FixedClock(MORNING)
    calendar = LiveCalendar(clock)

    async def press(draft: int | None) -> tuple[int, bool]:
        async with hall_database.unit_of_work() as unit:
            hall = Hall(unit=unit, cipher=cipher, calendar=calendar, clock=clock)
            if draft is None:
                await hall.connect(POLICE)
                return await hall.drafted(), True
            sent = await SendDraft(hall.desk)(CITIZEN, draft)
            assert isinstance(sent, Sent)
            return sent.case.id, sent.anew

    draft, _ = await press(None)
    presses = await asyncio.gather(*(press(draft) for _ in range(4)))
    assert len({complaint for complaint, _ in presses}) == 1
    assert sorted(anew for _, anew in presses) == [False, False, False, True]


async def test_the_files_of_a_draft_are_the_complaint_s(hall: Hall):
    await hall.connect(POLICE)
    draft = await hall.drafted()
    await AttachToDraft(hall.desk)(CITIZEN, file())
    sent = await SendDraft(hall.desk)(CITIZEN, draft)
    assert isinstance(sent, Sent)
    full = await CaseQueries(hall.desk).of_person(CITIZEN, sent.case.id)
    assert [one.name for one in full.files] == [file().name]
    assert full.text == TEXT


async def test_where_nobody_is_connected_nothing_is_registered_and_the_draft_stays(hall: Hall):
    draft = await hall.drafted()
    found = await SendDraft(hall.desk)(CITIZEN, draft)
    assert isinstance(found, NotConnected)
    assert found.renders is not None
    assert found.renders.code == POLICE
    assert await count(hall, ComplaintRow) == 0
    assert await MyComplaints(hall.desk).draft(CITIZEN) is not None


async def test_where_the_place_decides_it_is_asked_for(hall: Hall):
    await hall.connect(POLICE)
    draft = await hall.drafted(region=None)
    assert await SendDraft(hall.desk)(CITIZEN, draft) == PlaceNeeded()


async def test_the_agency_first_has_fifteen_days(hall: Hall):
    await hall.connect(POLICE, AGENCY_BODY)
    case = await hall.sent(to_agency=True)
    assert (case.organisation, case.rule, case.due_on) == (AGENCY_BODY, Rule.AUTHORITY, date(2026, 4, 14))


async def test_an_incomplete_draft_is_not_sent(hall: Hall):
    await hall.connect(POLICE)
    draft = await hall.drafted(name=None, parts=(Part(message=1, text=" "),))
    with pytest.raises(DraftIncompleteError):
        await SendDraft(hall.desk)(CITIZEN, draft)
    assert await count(hall, ComplaintRow) == 0


async def test_nobody_sends_another_s_draft(hall: Hall):
    await hall.connect(POLICE)
    draft = await hall.drafted()
    with pytest.raises(GoneError):
        await SendDraft(hall.desk)(OTHER_CITIZEN, draft)
    await hall.drafted(by=OTHER_CITIZEN)
    with pytest.raises(GoneError):
        await SendDraft(hall.desk)(OTHER_CITIZEN, draft)
    case = (await SendDraft(hall.desk)(CITIZEN, draft)).case  # type: ignore[union-attr]
    with pytest.raises(GoneError):
        await SendDraft(hall.desk)(OTHER_CITIZEN, draft)  # nor learns that it became a complaint
    assert case.person == CITIZEN


async def test_a_legal_entity_counts_as_its_own_source(hall: Hall):
    await hall.connect(POLICE)
    assert (await hall.sent(complainant=Complainant.LEGAL)).source is Source.LEGAL_ENTITIES


async def test_a_second_complaint_within_a_month_finds_the_first(hall: Hall):
    await hall.connect(POLICE)
    first = await hall.sent()
    mine = MyComplaints(hall.desk)
    assert await mine.earlier(CITIZEN, hall.service, POLICE) == first
    assert await mine.earlier(CITIZEN, None, POLICE) is None
    assert await mine.earlier(CITIZEN, hall.service, AGENCY_BODY) is None
    assert await mine.earlier(OTHER_CITIZEN, hall.service, POLICE) is None
    hall.at(date(2026, 4, 20))
    assert await mine.earlier(CITIZEN, hall.service, POLICE) is None


async def test_an_empty_draft_is_begun_by_its_first_file(hall: Hall):
    await ConsentToComplaint(hall.desk)(CITIZEN)
    await AttachToDraft(hall.desk)(CITIZEN, file())
    kept = await MyComplaints(hall.desk).draft(CITIZEN)
    assert kept is not None
    assert (kept.draft, [one.name for one in kept.files]) == (Draft(), [file().name])
