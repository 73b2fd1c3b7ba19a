"""IIN, BIN, names and telephones: what is read, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.kept.fields import NameRefusedError, TelephoneRefusedError, read_name, read_telephone
from accounts.kept.numbers import NumberKind, NumberRefusedError, check_digit, kind_of, read_number
from tests.accounts.numbers import made_up_iin


def with_check(first_eleven: str) -> str:
    return f"{first_eleven}{check_digit(first_eleven)}"


@pytest.mark.parametrize(
    ("first_eleven", "expected"),
    [
        # 1·1+2·2+…+11·11 is counted by hand for each: the sum, then its rest by 11
        ("00000000000", 0),  # nothing adds up to nothing
        ("10000000000", 1),  # 1
        ("00000000001", 0),  # 11 leaves 0
        ("00000000010", 1),  # 10 leaves 10: the second weights give 1
        ("12345678901", 3),  # 285 + 11 = 296 leaves 10; the second: 375 + 2 = 377 leaves 3
    ],
)
def test_the_twelfth_digit_checks_the_others(first_eleven: str, expected: int):
    assert check_digit(first_eleven) == expected


def test_some_eleven_digits_make_no_number():
    assert check_digit("00000000281") is None  # 18 + 80 + 11 = 109 and 22 + 8 + 2 = 32: both leave 10


@pytest.mark.parametrize(
    ("first_eleven", "kind"),
    [
        ("01010120001", NumberKind.IIN),  # 1 January 1801
        ("00022960001", NumberKind.IIN),  # 29 February 2000 was there
        ("99123100001", NumberKind.IIN),  # a foreigner
        ("01014000001", NumberKind.BIN),  # a company's head office, January 2001
        ("01126300001", NumberKind.BIN),  # joint entrepreneurship
    ],
)
def test_a_number_tells_whose_it_is(first_eleven: str, kind: NumberKind):
    assert kind_of(with_check(first_eleven)) is kind


@pytest.mark.parametrize(
    "first_eleven",
    [
        "01013220001",  # the 32nd of January
        "01022930001",  # 29 February 1901 was not there
        "01010170001",  # no such century
        "01137000001",  # neither a day nor a type of company
        "01130400001",  # a thirteenth month
    ],
)
def test_a_number_that_is_nobody_s_is_refused(first_eleven: str):
    with pytest.raises(NumberRefusedError):
        kind_of(with_check(first_eleven))


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "01010120001x", "٠١٠١٠١٢٠٠٠١٢"])
def test_what_is_not_twelve_digits_is_refused(text: str):
    with pytest.raises(NumberRefusedError):
        read_number(text)


@given(place=st.integers(0, 11), digit=st.integers(1, 9))
def test_one_wrong_digit_never_leaves_the_same_number(place: int, digit: int):
    number = made_up_iin()
    wrong = f"{number[:place]}{(int(number[place]) + digit) % 10}{number[place + 1 :]}"
    try:
        accepted = read_number(wrong)
    except NumberRefusedError:
        return
    assert accepted != number  # modulo 11 with a second try lets a few through; never as the same person


def test_spaces_and_hyphens_do_not_matter():
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
def test_a_name_is_read_as_written(text: str, expected: str):
    assert read_name(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Я", "123", "Айгүл 870101", "<b>Айгүл</b>", "а" * 121, "Айгүл\u202eлүгйА", "/menu", "Айгүл\0"],
)
def test_what_is_no_name_is_refused(text: str):
    with pytest.raises(NameRefusedError):
        read_name(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+7 701 000-00-09", "+77010000009"),
        ("8(701)0000009", "+77010000009"),
        ("77010000009", "+77010000009"),
        ("7010000009", "+77010000009"),
        ("+77172000000", "+77172000000"),  # a town's
        ("+86 10 6552 9988", "+861065529988"),
    ],
)
def test_a_telephone_has_one_form(text: str, expected: str):
    assert read_telephone(text) == expected


@pytest.mark.parametrize(
    "text", ["", "112", "+7 901 000 00 09", "+0 123 456 789", "12345", "телефон", "٧٠١٠٠٠٠٠٠٩"]
)
def test_what_is_no_telephone_is_refused(text: str):
    with pytest.raises(TelephoneRefusedError):
        read_telephone(text)
