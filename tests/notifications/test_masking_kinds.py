"""Whatever stands between the digits of a personal number, it is masked; and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.check_digits import holds_luhn
from kernel.identity_numbers import check_digit
from notifications.masking.plain_text import PlainText
from notifications.personal_data import kept, mask
from tests.each import each_case

GAPS = st.sampled_from(["", " ", "-", "–", "—", "/", ".", "\u200b", "\u00a0", "\u2060", " - ", "_", "\u00ad"])
SCRIPTS = st.sampled_from([0x30, 0x660, 0x6F0, 0x966, 0xFF10, 0x1D7CE])
AROUND = st.sampled_from(["", "жсн ", "мой номер: ", "it is ", "«", "тел/иин ", "вот, "])


def drawn(number: str, sizes: list[int], gap: str, script: int, *, keycaps: bool) -> str:
    """The number in groups of these sizes, in digits of a script or as keycaps."""
    groups, at = [], 0
    for size in [*sizes, len(number)]:
        groups.append(number[at : at + size])
        at += size
    text = gap.join(group for group in groups if group)
    if keycaps:
        return "".join(f"{sign}\ufe0f\u20e3" if sign.isdigit() else sign for sign in text)
    return "".join(chr(script + int(sign)) if sign.isdigit() else sign for sign in text)


def digits_left(text: str) -> str:
    return "".join(sign for sign in PlainText.of(text).plain if sign.isdigit())


shapes = st.builds(
    dict,
    sizes=st.lists(st.integers(1, 6), max_size=12),
    gap=GAPS,
    script=SCRIPTS,
    keycaps=st.booleans(),
)


@given(st.dates(), st.integers(3, 6), st.integers(0, 9999), shapes, AROUND)
def test_iin_is_masked_in_every_grouping(born, century, serial, shape, around):
    first = f"{born:%y%m%d}{century}{serial:04}"
    last = check_digit(first)
    if last is not None and (century < 5) == (born.year < 2000):
        assert not digits_left(mask(around + drawn(f"{first}{last}", **shape) + ".")), first


@given(st.integers(10**14, 10**15 - 1), shapes, AROUND)
def test_card_is_masked_in_groups_of_four(serial, shape, around):
    first = f"4{serial}"[:15]
    number = next(f"{first}{last}" for last in range(10) if holds_luhn(f"{first}{last}"))
    shown = drawn(number, **{**shape, "sizes": [4, 4, 4]})
    assert not digits_left(mask(f"{around}{shown}!")), shown


@given(
    st.sampled_from(["700", "701", "705", "707", "747", "771", "775", "778"]),
    st.integers(1000000, 9999999),
    st.sampled_from(["+7", "8", "+7 ", "8-", "8 ", "7", "+7(", "8 ("]),
    st.sampled_from([[3, 2, 2], [3, 4], [7], [2, 2, 3], [3, 1, 3]]),
    st.sampled_from(["", " ", "-", ".", "/", "–", "\u200b"]),
)
def test_telephone_is_masked_in_every_grouping(code, line, prefix, sizes, gap):
    shown = (
        f"{prefix}{code}{')' if '(' in prefix else gap}{drawn(str(line), sizes, gap, 0x30, keycaps=False)}"
    )
    assert not digits_left(mask(f"звоните {shown} вечером")), shown


@given(st.text(max_size=300))
def test_any_text_is_masked_once_and_for_all(text):
    assert mask(mask(text)) == mask(text)


@pytest.mark.slow
def test_no_text_takes_long():
    parts = [
        "1 ",
        "8 7 ",
        "a@",
        "a.b-",
        "ул. ",
        "А.Б. ",
        "1.2.2000 ",
        "меня зовут ",
        "я Аа Бб ",
        "@",
        "родился ",
    ]
    parts += ["заявка № ", "kz1 ", "приказ ", "\u200b", "а", "a_", "1-", "a ", "дом 1 "]
    with each_case() as cases:
        for part in parts:
            with cases.case(part):
                begun = time.perf_counter()
                kept(part * (2000 // len(part)))
                assert time.perf_counter() - begun < 1.5
