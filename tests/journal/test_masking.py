"""Numbers that point to a person never reach the journal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.journal.queries import words
from notifications.personal import mask


@pytest.mark.parametrize(
    "number",
    [
        "900101300017",  # IIN
        "+7 701 123-45-67",
        "8(701)1234567",
        "87011234567",
        "4400 4301 1234 5678",  # a card
        "4400-4301-1234-5678",
        "someone.name@mail.kz",
    ],
)
def test_a_number_of_a_person_is_masked(number: str):
    masked = mask(f"мой номер {number}, помогите")
    assert number not in masked
    assert masked.startswith("мой номер")
    assert masked.endswith("помогите")


@pytest.mark.parametrize("text", ["закон 88-V", "в 2026 году", "штраф 40000 тенге", "статья 19-1 пункт 2"])
def test_a_number_that_is_nobody_s_stays(text: str):
    assert mask(text) == text


@given(st.from_regex(r"[0-9]{10,16}", fullmatch=True), st.text(alphabet="абв ,.", max_size=10))
def test_ten_digits_in_a_row_are_always_masked(number: str, around: str):
    assert number not in mask(f"{around}{number}{around}")


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str):
    assert mask(mask(text)) == mask(text)


def test_questions_are_counted_together_whatever_their_order_case_and_marks():
    assert words("Где взять справку?!") == words("справку где ВЗЯТЬ")
