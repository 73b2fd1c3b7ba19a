"""Dates and numbers in three languages; the Kazakh names were read by eye."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kernel.language import Language
from localisation.formats import day, moment, month_names, number, numeric_day, short_weekdays, weekday

KK, RU, EN = Language.KK, Language.RU, Language.EN
MONTHS = {
    KK: "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    RU: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    EN: "January February March April May June July August September October November December",
}
WEEKDAYS = {
    KK: "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    RU: "понедельник вторник среда четверг пятница суббота воскресенье",
    EN: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
SHORT_WEEKDAYS = {
    KK: "дс сс ср бс жм сб жс",
    RU: "пн вт ср чт пт сб вс",
    EN: "Mon Tue Wed Thu Fri Sat Sun",
}
NUMBERS = (
    (4325, "4 325", "4 325"),
    (1234567.891, "1 234 567,89", "1 234 567.89"),
    (0.2, "0,2", "0.2"),
    (8, "8", "8"),
    (Decimal("0.125"), "0,13", "0.13"),  # half up, as money is rounded
    (Decimal("2.345"), "2,35", "2.35"),
    (Decimal("1000.00"), "1 000", "1 000"),
    (-1500.5, "-1 500,5", "-1 500.5"),
)


@pytest.mark.parametrize("language", Language)
def test_names_of_months_and_days(language: Language):
    week = [date(2026, 11, number) for number in range(2, 9)]
    assert " ".join(month_names(language)) == MONTHS[language]
    assert " ".join(weekday(one, language) for one in week) == WEEKDAYS[language]
    assert " ".join(short_weekdays(language)) == SHORT_WEEKDAYS[language]


def test_numbers_are_grouped_by_a_space_that_does_not_break():
    for value, cyrillic, english in NUMBERS:
        expected = {KK: cyrillic, RU: cyrillic, EN: english}
        for language, text in expected.items():
            assert number(value, language) == text.replace(" ", "\N{NO-BREAK SPACE}"), (value, language)


def test_a_day_is_written_in_full():
    assert [day(date(2026, 3, 9), language) for language in (KK, RU, EN)] == [
        "09.03.2026",
        "09.03.2026",
        "9 March 2026",
    ]


def test_a_moment_is_told_in_almaty():
    assert moment(datetime(2026, 11, 30, 19, 5, tzinfo=UTC)) == "01.12.2026 00:05"
    assert numeric_day(date(2026, 3, 9)) == "09.03.2026"
