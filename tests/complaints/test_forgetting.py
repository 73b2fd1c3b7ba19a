"""/forget, and five years: what is somebody's goes; counts and trail stay."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from accounts.errors import NotAllowedError
from complaints.actions.citizens import AddToComplaint, Rate
from complaints.actions.drafting import AttachToDraft
from complaints.actions.keeping import KeepDates
from complaints.actions.sending import SendDraft, Sent
from complaints.actions.taking import Take
from complaints.forgetting import KEPT_FOR, ForgetComplaints, Forgotten, forget_old
from complaints.lifecycle import Step
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.statistics import Span, Statistics
from complaints.store import AttachmentStore
from complaints.tables import ComplaintRow
from complaints.talk import Words
from messaging.outbox.tables import OutboxRow
from tests.complaints.hall import CITIZEN, IIN, NAME, OFFICER, OTHER_CITIZEN, PHONE, POLICE, TEXT, Hall
from tests.complaints.test_sending import file

WORD = "құпия сөз"


@pytest.fixture
async def police(hall: Hall) -> Hall:
    await hall.connect(POLICE)
    await hall.staff()
    return hall


async def left_of(hall: Hall) -> list[str]:
    """Every text that the tables of complaints still hold, opened where it is encrypted."""
    found: list[str] = []
    for table, columns in {
        "complaints": "name_cipher, iin_cipher, phone_cipher, represented_cipher, text_cipher",
        "complaint_drafts": "body_cipher",
        "complaint_messages": "text_cipher",
        "complaint_ratings": "word_cipher",
    }.items():
        for row in await hall.session.execute(text(f"SELECT {columns} FROM {table}")):
            found += [hall.cipher.open(one) for one in row if one is not None]
    return found


async def closed(hall: Hall) -> int:
    """An answered complaint with a file, a message and a rating."""
    draft = await hall.drafted()
    await AttachToDraft(hall.desk)(CITIZEN, file())
    sent = await SendDraft(hall.desk)(CITIZEN, draft)
    assert isinstance(sent, Sent)
    case = sent.case
    await AddToComplaint(hall.desk)(CITIZEN, case.id, Words(text=WORD, files=[file(1)]))
    await Take(hall.desk)(OFFICER, case.id)
    await hall.answer(case)
    await Rate(hall.desk)(CITIZEN, case.id, 1, WORD)
    return case.id


async def test_forget_takes_what_is_somebody_s_and_leaves_counts_and_trail(police: Hall):
    case = await closed(police)
    span = Span(
        organisations=frozenset({POLICE}),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        as_of=police.clock.now() + timedelta(days=1),
    )
    before = await Statistics(police.session).figures(span)
    steps = len(await CaseQueries(police.desk).trail(OFFICER, case))
    assert await ForgetComplaints(police.desk)(CITIZEN) == Forgotten(now=1, later=0)
    assert await left_of(police) == []
    row = await police.session.get(ComplaintRow, case)
    assert row is not None
    assert (row.person, row.seal) == (None, None)
    assert len(await AttachmentStore(police.session).to_erase(10)) == 2
    assert await Statistics(police.session).figures(span) == before
    trail = await CaseQueries(police.desk).trail(OFFICER, case)
    assert (len(trail), trail[-1].step) == (steps + 1, Step.FORGET)
    with pytest.raises(NotAllowedError):
        await CaseQueries(police.desk).of_person(CITIZEN, case)
    assert await MyComplaints(police.desk).consented(CITIZEN) is None


async def test_what_is_open_is_worked_on_and_forgotten_thirty_days_after_its_end(police: Hall):
    case = await police.taken()
    assert await ForgetComplaints(police.desk)(CITIZEN) == Forgotten(now=0, later=1)
    assert await MyComplaints(police.desk).consented(CITIZEN) is not None
    await police.answer(case)
    police.clock.advance(timedelta(days=29))
    await forget_old(police.session, police.clock.now())
    assert TEXT in await left_of(police)
    police.clock.advance(timedelta(days=2))
    await forget_old(police.session, police.clock.now())
    assert await left_of(police) == []


async def test_five_years_after_its_end_a_complaint_is_forgotten_by_itself(police: Hall):
    await closed(police)
    still_open = await police.taken(by=OFFICER, name="Басқа Адам")
    police.clock.advance(KEPT_FOR - timedelta(hours=1))
    await forget_old(police.session, police.clock.now())
    assert NAME in await left_of(police)
    police.clock.advance(timedelta(hours=2))
    await forget_old(police.session, police.clock.now())
    await forget_old(police.session, police.clock.now())
    assert await left_of(police) == ["Басқа Адам", IIN, PHONE, TEXT]  # the open one's
    assert (await police.again(still_open)).forgotten is False


async def test_draft_and_kept_dates_go_at_once(police: Hall):
    await KeepDates(police.desk)(CITIZEN, await police.drafted(), date(2026, 3, 19))
    await police.drafted()
    await ForgetComplaints(police.desk)(CITIZEN)
    mine = MyComplaints(police.desk)
    assert (await mine.draft(CITIZEN), await mine.kept(CITIZEN)) == (None, [])


async def test_what_is_another_s_stays(police: Hall):
    await closed(police)
    await police.drafted(by=OTHER_CITIZEN)
    assert await ForgetComplaints(police.desk)(OTHER_CITIZEN) == Forgotten(now=0, later=0)
    assert {NAME, TEXT, WORD} <= set(await left_of(police))


async def test_a_draft_left_lying_is_thrown_away_after_thirty_days(police: Hall):
    await police.drafted()
    await AttachToDraft(police.desk)(CITIZEN, file())
    await forget_old(police.session, police.clock.now() + timedelta(days=29))
    assert await MyComplaints(police.desk).draft(CITIZEN) is not None
    await forget_old(police.session, police.clock.now() + timedelta(days=31))
    assert await MyComplaints(police.desk).draft(CITIZEN) is None
    assert len(await AttachmentStore(police.session).to_erase(10)) == 1


async def test_what_waits_to_be_said_to_who_asked_to_be_forgotten_is_not_said(police: Hall):
    police.at(date(2026, 3, 19), hour=22)  # citizens are not written to at night
    await closed(police)
    await ForgetComplaints(police.desk)(CITIZEN)
    rows = await police.session.scalars(select(OutboxRow).where(OutboxRow.chat_id == CITIZEN))
    assert {(row.reason, row.payload) for row in rows} == {("dropped", "")}
