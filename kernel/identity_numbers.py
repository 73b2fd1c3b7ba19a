"""Individual and business identification numbers (IIN, BIN): twelve digits, the last is a check digit.

Law 223-III of 12 January 2007 on national registers of identification numbers, and the rules under it that
say how a number is formed. The check digit is the sum of the eleven others, each times its place, modulo 11;
where that leaves 10 the weights begin again at 3, and a prefix that leaves 10 then too is not given out.
"""

from datetime import date
from enum import StrEnum

from kernel.errors import DomainError

_WEIGHTS = tuple(range(1, 12))
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)  # used where the first weights give 10
_CENTURIES = {0: (1800, 1900, 2000), 1: (1800,), 2: (1800,), 3: (1900,), 4: (1900,), 5: (2000,), 6: (2000,)}
_COMPANY_TYPES = {4, 5, 6}  # resident, non-resident, joint entrepreneurship
_COMPANY_SIGNS = {0, 1, 2, 3}  # head office, branch, representation, other


class NumberKind(StrEnum):
    IIN = "iin"
    BIN = "bin"


class IdentityNumberInvalidError(DomainError):
    """Neither an IIN nor a BIN: a digit is wrong or missing."""

    code = "number"


def read_number(text: str) -> str:
    """The twelve digits of an IIN or BIN, spaces removed. Raises IdentityNumberInvalidError."""
    digits = "".join(text.replace("-", " ").split())
    number_kind_of(digits)
    return digits


def number_kind_of(digits: str) -> NumberKind:
    """Whether it is an IIN or a BIN. Raises IdentityNumberInvalidError for neither."""
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        raise IdentityNumberInvalidError
    if check_digit(digits[:11]) != int(digits[11]):
        raise IdentityNumberInvalidError
    if _is_birth(digits):
        return NumberKind.IIN
    if _is_company(digits):
        return NumberKind.BIN
    raise IdentityNumberInvalidError


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit; None for eleven digits that have no valid one."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def _is_birth(digits: str) -> bool:
    """Date of birth in six digits, then one for century and sex (0 for a foreigner)."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return any(_is_day(century + year, month, day) for century in _CENTURIES.get(int(digits[6]), ()))


def _is_company(digits: str) -> bool:
    """Year and month of registration in four digits, then type and subtype."""
    month, kind, sign = int(digits[2:4]), int(digits[4]), int(digits[5])
    return 1 <= month <= 12 and kind in _COMPANY_TYPES and sign in _COMPANY_SIGNS


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
