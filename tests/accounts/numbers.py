"""IINs with a right check digit that belong to nobody: days of birth in the eighteen hundreds."""

from itertools import count

from kernel.identity_numbers import check_digit

_sequence = count(1)


def made_up_iin() -> str:
    """A new IIN of somebody born on 1 January 1801."""
    return next(number for number in map(_iin, _sequence) if number)


def iin_from(serial: int) -> str:
    """The first such IIN whose serial number (at most 9,999) is `serial` or more."""
    return next(number for number in map(_iin, range(serial, 10_000)) if number)


def _iin(serial: int) -> str:
    first = f"0101012{serial:04}"
    last = check_digit(first)
    return "" if last is None else f"{first}{last}"
