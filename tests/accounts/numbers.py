"""Made-up numbers with valid check digits: dates of birth in the nineteenth century belong to nobody."""

from itertools import count

from accounts.profile.numbers import check_digit

_sequence = count(1)


def made_up_iin() -> str:
    """A new IIN for a birth on 1 January 1801."""
    return next(number for number in map(_iin, _sequence) if number)


def _iin(sequence: int) -> str:
    first = f"0101012{sequence:04}"
    last = check_digit(first)
    return "" if last is None else f"{first}{last}"
