"""Complaint numbers: round trips, rejection of wrong ones, uniqueness."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.errors import ComplaintNumberError
from complaints.numbers import MOST, ComplaintNumber
from complaints.store import ComplaintStore
from database.engine import Database
from kernel.check_digits import damm_digit

numbers = st.builds(
    ComplaintNumber,
    year=st.integers(min_value=2000, max_value=2099),
    serial=st.integers(min_value=1, max_value=MOST),
)


@pytest.mark.parametrize(
    "written",
    [
        "26-00000017-9",  # as displayed
        "c26000000179",  # in a link
        " № 26-00000017-9 ",  # as people type it
        "26 00000017 9",
        "26–00000017–9",  # dashes typed by phone keyboards
        "#26-00000017-9",
    ],
)
def test_number_is_parsed_from_any_notation(written: str):
    assert ComplaintNumber.read(written) == ComplaintNumber(year=2026, serial=17)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "26-00000017",  # no check digit
        "26-00000017-8",  # a wrong one
        "26-00000000-5",  # not a number
        "٢٦-00000017-9",  # digits of another script
        "26-00000017-9; DROP TABLE complaints",
        "c" * 40,
        "26-00000017-9\n26-00000017-9",
    ],
)
def test_invalid_number_is_rejected(written: str):
    with pytest.raises(ComplaintNumberError):
        ComplaintNumber.read(written)


@given(numbers)
def test_number_round_trip(number: ComplaintNumber):
    assert (
        ComplaintNumber.read(str(number))
        == ComplaintNumber.read(number.link)
        == ComplaintNumber.of(number.stored)
        == number
    )
    assert number.link.isascii()
    assert len(number.link) == 12


@given(numbers, st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=9))
def test_single_wrong_digit_is_detected(number: ComplaintNumber, place: int, by: int):
    digits = list(number.link[1:])
    digits[place] = str((int(digits[place]) + by) % 10)
    with pytest.raises(ComplaintNumberError):
        ComplaintNumber.read("c" + "".join(digits))


@given(numbers, st.integers(min_value=0, max_value=9))
def test_swapped_neighbouring_digits_are_detected(number: ComplaintNumber, place: int):
    digits = list(number.link[1:])
    first, second = digits[place], digits[place + 1]
    if first == second:
        return
    digits[place], digits[place + 1] = second, first
    with pytest.raises(ComplaintNumberError):
        ComplaintNumber.read("c" + "".join(digits))


def test_check_digit_follows_damm():
    assert damm_digit("572") == 4  # the example in Damm's thesis


@pytest.mark.parametrize(("year", "serial"), [(1999, 1), (2100, 1), (2026, 0), (2026, MOST + 1)])
def test_out_of_range_number_is_rejected(year: int, serial: int):
    with pytest.raises(ValueError, match="no number"):
        ComplaintNumber(year=year, serial=serial)


async def test_numbers_are_sequential_and_restart_each_year(database: Database):
    async with database.unit_of_work() as unit:
        store = ComplaintStore(unit.session)
        stored = [await store.next_number(year) for year in (2026, 2026, 2027, 2026)]
    given_out = [ComplaintNumber.of(one) for one in stored]
    assert [(one.year, one.serial) for one in given_out] == [(2026, 1), (2026, 2), (2027, 1), (2026, 3)]


async def test_concurrent_numbers_are_unique(database: Database):
    async def take() -> ComplaintNumber:
        async with database.unit_of_work() as unit:
            number = await ComplaintStore(unit.session).next_number(2026)
            await asyncio.sleep(0)  # others may come in between
            await unit.commit()
            return ComplaintNumber.of(number)

    taken = await asyncio.gather(*(take() for _ in range(12)))
    assert sorted(one.serial for one in taken) == list(range(1, 13))


async def test_rolled_back_number_is_reused(database: Database):
    async with database.unit_of_work() as unit:
        await ComplaintStore(unit.session).next_number(2026)
    async with database.unit_of_work() as unit:
        number = await ComplaintStore(unit.session).next_number(2026)
    assert ComplaintNumber.of(number).serial == 1
