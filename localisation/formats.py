"""Numbers, dates and instants as people read them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from kernel.clock import ALMATY
from kernel.language import Language

THIN = "\N{NO-BREAK SPACE}"


def number(value: float | Decimal, language: Language) -> str:
    """`value` with grouped thousands and at most two decimals: 4 325 or 0,2 (0.2 in English)."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole, _, part = f"{rounded:,.2f}".partition(".")
    part = part.rstrip("0")
    mark = "." if language is Language.EN else ","
    return whole.replace(",", THIN) + (mark + part if part else "")


def day(value: date, language: Language) -> str:
    """20.11.2026, or 20 November 2026 in English."""
    if language is Language.EN:
        return f"{value.day} {value:%B} {value.year}"
    return f"{value:%d.%m.%Y}"


def moment(at: datetime) -> str:
    """An aware instant in Almaty time: 20.11.2026 14:05."""
    return f"{at.astimezone(ALMATY):%d.%m.%Y %H:%M}"


def numeric_day(value: date) -> str:
    """20.11.2026 in every language."""
    return f"{value:%d.%m.%Y}"
