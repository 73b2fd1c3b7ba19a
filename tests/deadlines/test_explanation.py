"""The reasons of days in an explanation."""

from datetime import date, datetime

import pytest

from bot.views.deadlines.calculation import CalculationView
from deadlines.calendar import WorkCalendar
from deadlines.due import DayReason, TermEvent, due, explain
from deadlines.terms import Term, TermReading
from kernel.clock import ALMATY
from kernel.language import Language
from localisation.translations import Translations
from registry_data.terms import load_terms


def walked(term: Term, moment: str, calendar: WorkCalendar) -> list[tuple[str, bool, DayReason]]:
    event = TermEvent(at=datetime.fromisoformat(moment).replace(tzinfo=ALMATY))
    return [
        (f"{day.day:%d.%m}", day.counts, day.why) for day in explain(due(term, event, calendar), calendar)
    ]


def test_explanation_covers_every_day_to_the_last(terms: dict[str, Term], calendar: WorkCalendar):
    assert walked(terms["complaint.provider"], "2024-05-03T19:00", calendar) == [
        ("03.05", False, DayReason.AFTER_HOURS),
        ("04.05", False, DayReason.EVENT_DAY),  # a worked Saturday, on which it is registered
        ("05.05", False, DayReason.WEEKEND),
        ("06.05", True, DayReason.WORKING_DAY),
        ("07.05", False, DayReason.HOLIDAY),
        ("08.05", False, DayReason.MOVED_OFF),
        ("09.05", False, DayReason.HOLIDAY),
        ("10.05", True, DayReason.WORKING_DAY),
        ("11.05", False, DayReason.WEEKEND),
        ("12.05", False, DayReason.WEEKEND),
        ("13.05", True, DayReason.WORKING_DAY),
        ("14.05", True, DayReason.WORKING_DAY),
        ("15.05", True, DayReason.WORKING_DAY),
    ]


def test_worked_weekend_counts(terms: dict[str, Term], calendar: WorkCalendar):
    days = walked(terms["info.contact_centre"], "2024-05-02T10:00", calendar)
    assert ("04.05", True, DayReason.WORKED_WEEKEND) in days


def test_count_back_is_explained_in_its_order(terms: dict[str, Term], calendar: WorkCalendar):
    assert walked(terms["control.notice"], "2026-03-10T09:00", calendar) == [
        ("10.03", False, DayReason.EVENT_DAY),
        ("09.03", False, DayReason.CARRIED_OVER),
        ("08.03", False, DayReason.HOLIDAY),
        ("07.03", False, DayReason.WEEKEND),
        ("06.03", True, DayReason.WORKING_DAY),
        ("05.03", True, DayReason.WORKING_DAY),
        ("04.03", True, DayReason.WORKING_DAY),
    ]


def test_event_day_counts_where_the_act_says_so(terms: dict[str, Term], calendar: WorkCalendar):
    days = walked(terms["control.event"], "2026-03-19T10:00", calendar)
    assert days[0] == ("19.03", True, DayReason.WORKING_DAY)
    assert sum(counts for _, counts, _ in days) == 10


def test_last_day_off_is_explained_as_moved(terms: dict[str, Term], calendar: WorkCalendar):
    days = walked(terms["standard.regulation"], "2026-11-20T10:00", calendar)
    assert days[-2:] == [("20.12", True, DayReason.CALENDAR_DAY), ("21.12", False, DayReason.LAST_DAY)]


def test_hours_and_named_days_have_their_own_reasons(terms: dict[str, Term], calendar: WorkCalendar):
    assert walked(terms["result.to_corporation"], "2026-03-31T12:00", calendar) == [
        ("31.03", True, DayReason.HOURS),
        ("30.03", True, DayReason.HOURS),
    ]
    assert walked(terms["control.act_shown"], "2026-03-22T10:00", calendar) == [
        ("22.03", True, DayReason.NAMED_DAY)
    ]


@pytest.mark.parametrize("language", Language)
def test_every_reason_and_reading_has_a_text(language: Language):
    texts = Translations.load()
    for key in (
        *(f"why_{why.value}" for why in DayReason),
        *(f"reading_{reading.value}" for reading in TermReading),
        *(f"settled_{reading}" for term in load_terms() for reading in term.settled),
    ):
        values = {"name": "", "other": "", "act": "", "ends": ""}
        assert texts.plain(language, f"deadline.{key}", **values)


MOVED = {
    Language.KK: "демалыс күні 04.05.2024 күнінен ауыстырылған "
    "(Еңбек министрі міндетін атқарушының 2024 жылғы 17 сәуірдегі бұйрығы)",
    Language.RU: "выходной, перенесённый с 04.05.2024 (приказ и. о. министра труда от 17 апреля 2024 года)",
    Language.EN: "day off moved from 4 May 2024 (Order of the acting Minister of Labour of 17 April 2024)",
}


@pytest.mark.parametrize("language", Language)
def test_moved_day_is_explained_with_its_act(
    language: Language, terms: dict[str, Term], calendar: WorkCalendar
):
    event = TermEvent(at=datetime(2024, 5, 3, 10, tzinfo=ALMATY))
    days = explain(due(terms["complaint.provider"], event, calendar), calendar)
    moved = next(day for day in days if day.day == date(2024, 5, 8))
    view = CalculationView(texts=Translations.load(), language=language)
    assert view.why(moved) == MOVED[language]
