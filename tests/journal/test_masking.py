"""Numbers that identify a person never reach the journal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.journal.queries import words
from notifications.personal_data import mask


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


@given(st.from_regex(r"[0-9]{10,16}", fullmatch=True), st.text(alphabet="абв ,.", max_size=10))
def test_ten_digits_in_a_row_are_masked(number: str, around: str):
    assert number not in mask(f"{around}{number}{around}")


@given(st.text(max_size=200))
def test_masking_is_idempotent(text: str):
    assert mask(mask(text)) == mask(text)


def test_grouping_ignores_order_case_and_punctuation():
    assert words("Где взять справку?!") == words("справку где ВЗЯТЬ")
