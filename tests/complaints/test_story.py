"""What a story already says, and what somebody writes about themselves."""

from datetime import date

from complaints.facts import ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.personal import PersonalDetails, read_details, says_nothing
from complaints.story import read_story
from localisation.typed_days import days_within
from tests.each import each_case

TODAY = date(2026, 11, 23)  # a Monday
DAYS = {  # text: days as month and day of 2026
    "Подал документы три недели назад, до сих пор ничего": ["11-02"],
    "Құжатты 3 апта бұрын ХҚКО-ға тапсырдым, әлі дайын емес": ["11-02"],
    "I applied on 2 November and got no answer": ["11-02"],
    "10.11.2026 подал, обещали 20 ноября": ["11-10", "11-20"],
    "өткен жұмада құжат алмады, 19.11 тағы бардым": ["11-20", "11-19"],
    "в пятницу вечером нагрубили": ["11-20"],
    "Кеше әкімдікке бардым": ["11-22"],
    "сегодня отказали": ["11-23"],
    "заплатил 1.5 млн, потом 12.50 и ещё 10 20 тенге": [],  # sums
    "в кабинете 12 ждал 3 часа, номер 7": [],
    "may I ask why in May": [],  # no single day
    "подал в сентябре": [],
    "обещали к 20 декабря 2027 года": [],  # yet to come
    "в 2026 году": [],
}
WAYS = {
    "ХҚКО-ға тапсырдым": ServiceDelivery.CORPORATION,
    "сдал в ЦОНе": ServiceDelivery.CORPORATION,
    "егов арқылы жібердім": ServiceDelivery.ELECTRONIC,
    "подал на портале": ServiceDelivery.ELECTRONIC,
    "I applied online": ServiceDelivery.ELECTRONIC,
    "в ЦОНе сказали, подавай через портал": None,  # two ways
    "стоял у окна": None,
}


def test_days_are_found_in_a_story():
    with each_case() as cases:
        for text, expected in DAYS.items():
            with cases.case(text):
                found = [f"{day:%m-%d}" for day in days_within(text, TODAY) if day.year == TODAY.year]
                assert found == expected, found
                assert len(list(days_within(text, TODAY))) == len(expected)


def test_longest_story_is_read_soon():
    text = "подал 2 ноября и " * 4000
    assert next(days_within(text, TODAY)) == date(2026, 11, 2)
    assert len(list(days_within(text, TODAY))) == 150  # of the first 600 words


def test_way_of_applying_is_found_where_only_one_is_named():
    with each_case() as cases:
        for text, expected in WAYS.items():
            with cases.case(text):
                assert read_story(text, TODAY).delivery is expected


def test_late_service_was_not_applied_for_today():
    late = read_story("сегодня 23.11, до сих пор не готово, подавал 2 ноября", TODAY)
    assert (late.kind, late.day) == (ComplaintKind.TERM, date(2026, 11, 2))
    assert read_story("до сих пор не готово, спрашивал сегодня", TODAY).day is None


DETAILS = {
    "Серикова Айгуль Маратовна 010101200014 +7 701 000 00 42": (
        *("Серикова Айгуль Маратовна", "010101200014", "+7 701 000 00 42"),
    ),
    "Серикова Айгуль, ИИН: 010101 200014, тел. 87010000042": (
        *("Серикова Айгуль", "010101 200014", "87010000042"),
    ),
    "010101200014": (None, "010101200014", None),
    "ТОО «Береке-2» 010140000014": ("ТОО «Береке-2»", "010140000014", None),
    "ЖСН 010101-200014\nАйгүл Серікова": ("Айгүл Серікова", "010101-200014", None),
    "гульмира": ("гульмира", None, None),
    "+7 701 000 00 42": (None, None, "+7 701 000 00 42"),
}


def test_name_number_and_telephone_come_in_one_message_in_any_order():
    with each_case() as cases:
        for text, (name, number, telephone) in DETAILS.items():
            with cases.case(text):
                assert read_details(text) == PersonalDetails(name=name, number=number, telephone=telephone)


def test_refusal_to_answer_is_no_answer():
    with each_case() as cases:
        for text in ("жок", "Жоқ", "-", "...", "нет", "не знаю", "анонимно", "айтпаймын", "NO", "anonymous!"):
            with cases.case(text):
                assert says_nothing(text)
        for text in ("Гульмира", "Нетесова Анна", "010101200014", "Жоқова Айгүл"):
            with cases.case(text):
                assert not says_nothing(text)
