"""Numbers that identify a person never reach the journal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.journal.queries import words
from notifications.personal_data import mask
from tests.each import each_case


@pytest.mark.parametrize(
    "number",
    [
        "900101300017",  # IIN
        "+7 701 123-45-67",
        "8(701)1234567",
        "87011234567",
        "4400 4301 1234 5678",  # a bank card
        "4400-4301-1234-5678",
        "someone.name@mail.kz",
    ],
)
def test_personal_number_is_masked(number: str):
    masked = mask(f"мой номер {number}, помогите")
    assert number not in masked
    assert masked.startswith("мой номер")
    assert masked.endswith("помогите")


@pytest.mark.parametrize("text", ["закон 88-V", "в 2026 году", "штраф 40000 тенге", "статья 19-1 пункт 2"])
def test_other_number_is_not_masked(text: str):
    assert mask(text) == text


# Eleven digits after a 2 may be a complaint's number, 8800… a hotline.
@given(st.from_regex(r"[13-79][0-9]{9,15}", fullmatch=True), st.text(alphabet="абв ,.", max_size=10))
def test_ten_digits_in_a_row_are_masked(number: str, around: str):
    assert number not in mask(f"{around}{number}{around}")


@given(st.text(max_size=200))
def test_masking_is_idempotent(text: str):
    assert mask(mask(text)) == mask(text)


def test_grouping_ignores_order_case_and_punctuation():
    assert words("Где взять справку?!") == words("справку где ВЗЯТЬ")


PERSONAL = {
    "меня зовут Айгуль Серикова, не дают справку": ["Айгуль", "Серикова"],
    "менің атым Айгүл, анықтама керек": ["Айгүл"],
    "my name is John Smith and I need a certificate": ["John", "Smith"],
    "я серикова айгуль маратовна 12.05.1985 потеряла паспорт": [
        "серикова",
        "айгуль",
        "маратовна",
        "1985",
        "12.05",
    ],
    "Ахметов Нурлан Ерланұлы, туған күнім 3.4.1990": ["Ахметов", "Нурлан", "Ерланұлы", "1990"],
    "моему сыну Арману отказали в садике": ["Арману"],
    "родилась 12 мая 1985 года, пенсия когда": ["1985", "12 мая"],
    "1985 г.р., положена ли пенсия": ["1985"],
    "1990 жылы туғанмын": ["1990"],
    "заявка № 002123 не рассмотрена": ["002123"],
    "номер заявления 10-2345-66": ["10-2345-66"],
    "мой талон KZ12VVX00123456 где он": ["KZ12VVX00123456"],
    "өтініш нөмірі 123456789": ["123456789"],
    "живу на ул. Абая 15, кв. 3, прописка": ["Абая", "15", "кв. 3"],
    "мекенжайым Абай көшесі 12 үй 5 пәтер": ["Абай", "12 үй", "5 пәтер"],
    "дом 14 квартира 27 выписать человека": ["14", "27"],
    "I was born in 1985 and live at Abay street": ["1985", "Abay"],
}
KEPT = [
    "как получить справку о несудимости", "сколько стоит паспорт в Казахстане",
    "пособие 250000 тенге положено?", "очередь на жильё в Алматы", "уй кезеги кайда", "Где ЦОН в Астане",
    "прописка по форме 2", "әлеуметтік көмек 3 балаға", "How do I get a visa to Kazakhstan",
    "закон 88-V статья 25", "дет сад с 3 лет", "3 дня прошло", "18 жасқа толмаған бала",
]  # fmt: skip


def test_what_tells_who_a_person_is_is_masked():
    with each_case() as cases:
        for text, hidden in PERSONAL.items():
            for one in hidden:
                with cases.case(one, "in", text):
                    assert one not in mask(text), mask(text)


def test_a_question_without_personal_data_stays_as_it_is():
    with each_case() as cases:
        for text in KEPT:
            with cases.case(text):
                assert mask(text) == text, mask(text)
