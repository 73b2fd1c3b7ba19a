"""Numbers of complaints: read back as written, wrong ones refused, none given twice."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.errors import ComplaintNumberError
from complaints.numbers import MOST, Number, check_digit
from complaints.store import ComplaintStore
from database.engine import Database

numbers = st.builds(
    Number, year=st.integers(min_value=2000, max_value=2099), serial=st.integers(min_value=1, max_value=MOST)
)


@pytest.mark.parametrize(
    "written",
    [
        "26-00000017-9",  # as it is shown
        "c26000000179",  # in a link
        " № 26-00000017-9 ",  # as people copy it
        "26 00000017 9",
        "26–00000017–9",  # a telephone's own dashes
        "#26-00000017-9",
    ],
)
def test_a_number_is_read_however_it_is_written(written: str):
    assert Number.read(written) == Number(year=2026, serial=17)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "26-00000017",  # no check digit
        "26-00000017-8",  # a wrong one
        "26-00000000-5",  # nobody's
        "٢٦-00000017-9",  # digits of another script
        "26-00000017-9; DROP TABLE complaints",
        "c" * 40,
        "26-00000017-9\n26-00000017-9",
    ],
)
def test_what_is_no_number_is_refused(written: str):
    with pytest.raises(ComplaintNumberError):
        Number.read(written)


@given(numbers)
def test_a_number_is_read_back_as_it_was(number: Number):
    assert Number.read(str(number)) == Number.read(number.link) == Number.of(number.stored) == number
    assert number.link.isascii()
    assert len(number.link) == 12


@given(numbers, st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=9))
def test_every_single_wrong_digit_is_noticed(number: Number, place: int, by: int):
    digits = list(number.link[1:])
    digits[place] = str((int(digits[place]) + by) % 10)
    with pytest.raises(ComplaintNumberError):
        Number.read("c" + "".join(digits))


@given(numbers, st.integers(min_value=0, max_value=9))
def test_every_two_neighbours_exchanged_are_noticed(number: Number, place: int):
    digits = list(number.link[1:])
    first, second = digits[place], digits[place + 1]
    if first == second:
        return
    digits[place], digits[place + 1] = second, first
    with pytest.raises(ComplaintNumberError):
        Number.read("c" + "".join(digits))


def test_the_check_digit_is_damm_s():
    assert check_digit("572") == 4  # the example of Damm's own work


@pytest.mark.parametrize(("year", "serial"), [(1999, 1), (2100, 1), (2026, 0), (2026, MOST + 1)])
def test_a_number_that_cannot_be_is_no_value(year: int, serial: int):
    with pytest.raises(ValueError, match="no number"):
        Number(year=year, serial=serial)


async def test_numbers_grow_by_one_and_begin_anew_each_year(database: Database):
    async with database.unit_of_work() as unit:
        store = ComplaintStore(unit.session)
        given_out = [await store.next_number(year) for year in (2026, 2026, 2027, 2026)]
    assert [(one.year, one.serial) for one in given_out] == [(2026, 1), (2026, 2), (2027, 1), (2026, 3)]


async def test_nobody_gets_a_number_that_another_has(database: Database):
    async def take() -> Number:
        async with database.unit_of_work() as unit:
            number = await ComplaintStore(unit.session).next_number(2026)
            await asyncio.sleep(0)  # another may come in between
            await unit.commit()
            return number

    taken = await asyncio.gather(*(take() for _ in range(12)))
    assert sorted(one.serial for one in taken) == list(range(1, 13))


async def test_a_number_that_was_not_kept_is_given_out_again(database: Database):
    async with database.unit_of_work() as unit:
        await ComplaintStore(unit.session).next_number(2026)
    async with database.unit_of_work() as unit:
        assert (await ComplaintStore(unit.session).next_number(2026)).serial == 1
