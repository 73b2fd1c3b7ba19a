"""Finding an organisation's complaints: by service, day, person, words; in pages, by those who may."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from accounts.errors import NotAllowedError
from complaints.actions.citizens import AddToComplaint, WithdrawComplaint
from complaints.draft import TextPart
from complaints.finding.words import SoughtWords
from complaints.queries import search
from complaints.queries.search import CaseSearch, Criteria
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent
from tests.complaints.factories import made
from tests.complaints.scenario import (
    AGENT,
    CITIZEN,
    COORDINATOR,
    IIN,
    MORNING,
    OFFICER,
    OTHER_CITIZEN,
    PHONE,
    POLICE,
    ComplaintScenario,
)
from tests.each import each_case

TODAY = MORNING.date()


async def found(scenario: ComplaintScenario, criteria: Criteria, by: int = OFFICER) -> list[int]:
    """The serials, walked page by page."""
    seen: list[int] = []
    below: int | None = None
    while True:
        page = await CaseSearch(scenario.context).page(by, POLICE, criteria, below=below, size=7)
        seen += [case.number.serial for case in page.cases]
        below = page.next
        if below is None:
            return seen


async def test_a_thousand_complaints_by_service_and_day(police: ComplaintScenario):
    rows = [
        made(
            number,
            TODAY - timedelta(days=number % 50),
            service=("driving-licence", "treatment-abroad")[number % 2],
            closed_at=MORNING if number % 3 else None,
            state="answered" if number % 3 else "in_work",
        )
        for number in range(1, 1001)
    ]
    await police.session.execute(insert(ComplaintRow), rows)
    assert await found(police, Criteria(service="treatment-abroad")) == list(range(999, 0, -2))
    days = (TODAY - timedelta(days=1), TODAY)
    expected = [number for number in range(1000, 0, -1) if number % 50 in {0, 1}]
    assert await found(police, Criteria(days=days), by=COORDINATOR) == expected
    assert await found(police, Criteria(service="no-such")) == []


async def test_person_is_found_by_number_and_by_telephone(police: ComplaintScenario):
    closed, going = await police.sent(), await police.sent()
    await WithdrawComplaint(police.context)(CITIZEN, closed.id)
    await police.sent(by=OTHER_CITIZEN, number="010101200024", phone="+77020000000")
    look = CaseSearch(police.context)
    assert await look.of_person(OFFICER, POLICE, iin=IIN) == (going.id, closed.id)
    assert await look.of_person(OFFICER, POLICE, phone=PHONE) == (going.id, closed.id)
    assert await look.of_person(OFFICER, POLICE, iin="030303200018") == ()
    assert await found(police, Criteria(ids=(going.id, closed.id))) == [2, 1]


async def test_words_are_found_in_text_and_messages_of_open_complaints(police: ComplaintScenario):
    first = await police.sent(parts=(TextPart(message=1, text="Терезе қызметкері дөрекі сөйледі"),))
    second = await police.sent(parts=(TextPart(message=1, text="Взяли пошлину дважды"),))
    over = await police.sent(parts=(TextPart(message=1, text="Взяли пошлину дважды"),))
    await WithdrawComplaint(police.context)(CITIZEN, over.id)
    await AddToComplaint(police.context)(CITIZEN, first.id, MessageContent(text="Чек прилагаю"))
    look = CaseSearch(police.context)
    for typed, expected in (
        ("пошлина", (second.id,)),
        ("ПОШЛИНЫ дважды", (second.id,)),
        ("қызметкер", (first.id,)),
        ("кызметкер", (first.id,)),
        ("чеки", (first.id,)),
        ("пошлина қызметкер", ()),
        ("?!", ()),
    ):
        hits = await look.by_words(OFFICER, POLICE, typed)
        assert (hits.ids, hits.read, hits.open) == (expected, 2, 2), typed


async def test_search_by_words_reads_those_due_first(
    police: ComplaintScenario, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(search, "MOST_READ", 1)
    early = await police.sent()
    police.at(date(2026, 3, 26))
    await police.sent()
    hits = await CaseSearch(police.context).by_words(OFFICER, POLICE, "куәлік")
    assert (hits.ids, hits.read, hits.open) == ((early.id,), 1, 2)


async def test_who_may_not_read_finds_nobody(police: ComplaintScenario):
    await police.sent()
    look = CaseSearch(police.context)
    for by in (COORDINATOR, AGENT, CITIZEN):
        with pytest.raises(NotAllowedError):
            await look.of_person(by, POLICE, iin=IIN)
        with pytest.raises(NotAllowedError):
            await look.by_words(by, POLICE, "куәлік")
    for by in (AGENT, CITIZEN):
        with pytest.raises(NotAllowedError):
            await look.page(by, POLICE, Criteria(days=(TODAY, TODAY)))


async def test_numbers_of_another_organisation_are_not_found(police: ComplaintScenario):
    await police.session.execute(insert(ComplaintRow), [made(1, TODAY, organisation="police-almaty")])
    assert await found(police, Criteria(ids=(1,))) == []


def test_words_of_a_text():
    expected = [
        ("отказ", "Мне отказали в приёме", True),
        ("отказ пособие", "Отказали в пособии", True),
        ("жолдама", "жолдаманы берген жоқ", True),
        ("да", "дали другой ответ", False),
        ("26", "в 2026 году", False),
        ("паспорт", "Куәлік дайын емес", False),
    ]
    with each_case() as cases:
        for sought, text, occurs in expected:
            with cases.case(sought, text):
                assert SoughtWords.of(sought).within(text) is occurs
