"""IIN, BIN, names and telephones: what is accepted and what is rejected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.profile.fields import NameInvalidError, TelephoneInvalidError, read_name, read_telephone
from kernel.identity_numbers import (
    IdentityNumberInvalidError,
    NumberKind,
    check_digit,
    number_kind_of,
    read_number,
)
from tests.accounts.numbers import made_up_iin


def with_check(first_eleven: str) -> str:
    return f"{first_eleven}{check_digit(first_eleven)}"


@pytest.mark.parametrize(
    ("first_eleven", "expected"),
    [
        # sums 1·1+2·2+…+11·11 and their remainders by 11, computed by hand
        ("00000000000", 0),  # all zeros
        ("10000000000", 1),  # 1
        ("00000000001", 0),  # 11 leaves 0
        ("00000000010", 1),  # 10 leaves 10: the second weights give 1
        ("12345678901", 3),  # 285 + 11 = 296 leaves 10; second weights: 375 + 2 = 377 leaves 3
    ],
)
def test_twelfth_digit_is_the_check_digit(first_eleven: str, expected: int):
    assert check_digit(first_eleven) == expected


def test_some_prefixes_have_no_check_digit():
    assert check_digit("00000000281") is None  # 18 + 80 + 11 = 109 and 22 + 8 + 2 = 32: both leave 10


@pytest.mark.parametrize(
    ("first_eleven", "kind"),
    [
        ("01010120001", NumberKind.IIN),  # 1 January 1801
        ("00022960001", NumberKind.IIN),  # 29 February 2000 existed
        ("99123100001", NumberKind.IIN),  # a foreigner
        ("01014000001", NumberKind.BIN),  # a company's head office, January 2001
        ("01126300001", NumberKind.BIN),  # joint entrepreneurship
    ],
)
def test_number_kind_is_recognised(first_eleven: str, kind: NumberKind):
    assert number_kind_of(with_check(first_eleven)) is kind


@pytest.mark.parametrize(
    "first_eleven",
    [
        "01013220001",  # the 32nd of January
        "01022930001",  # 29 February 1901 did not exist
        "01010170001",  # no such century
        "01137000001",  # neither a day nor a type of company
        "01130400001",  # a thirteenth month
    ],
)
def test_impossible_number_is_rejected(first_eleven: str):
    with pytest.raises(IdentityNumberInvalidError):
        number_kind_of(with_check(first_eleven))


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "01010120001x", "٠١٠١٠١٢٠٠٠١٢"])
def test_number_must_have_twelve_digits(text: str):
    with pytest.raises(IdentityNumberInvalidError):
        read_number(text)


@given(place=st.integers(0, 11), digit=st.integers(1, 9))
def test_single_wrong_digit_is_detected(place: int, digit: int):
    number = made_up_iin()
    wrong = f"{number[:place]}{(int(number[place]) + digit) % 10}{number[place + 1 :]}"
    try:
        accepted = read_number(wrong)
    except IdentityNumberInvalidError:
        return
    assert (
        accepted != number
    )  # the second weights let a few wrong digits through, but never as the same person


def test_spaces_and_hyphens_are_ignored():
    number = made_up_iin()
    assert read_number(f" {number[:6]}-{number[6:]} ") == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Серикова  Айгуль", "Серикова Айгуль"),
        ("Әбілқайыр-Ұлы Қ.", "Әбілқайыр-Ұлы Қ."),
        ("O'Neill Anne", "O'Neill Anne"),
        (" Ли ", "Ли"),
    ],
)
def test_name_is_read_as_written(text: str, expected: str):
    assert read_name(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Я", "123", "Айгүл 870101", "<b>Айгүл</b>", "а" * 121, "Айгүл\u202eлүгйА", "/menu", "Айгүл\0"],
)
def test_invalid_name_is_rejected(text: str):
    with pytest.raises(NameInvalidError):
        read_name(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+7 701 000-00-09", "+77010000009"),
        ("8(701)0000009", "+77010000009"),
        ("77010000009", "+77010000009"),
        ("7010000009", "+77010000009"),
        ("+77172000000", "+77172000000"),  # a landline
        ("+86 10 6552 9988", "+861065529988"),
    ],
)
def test_telephone_is_normalised(text: str, expected: str):
    assert read_telephone(text) == expected


@pytest.mark.parametrize(
    "text", ["", "112", "+7 901 000 00 09", "+0 123 456 789", "12345", "телефон", "٧٠١٠٠٠٠٠٠٩"]
)
def test_invalid_telephone_is_rejected(text: str):
    with pytest.raises(TelephoneInvalidError):
        read_telephone(text)
