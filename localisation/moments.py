"""Instants and days as people in Kazakhstan write them."""

from datetime import date, datetime

from kernel.clock import ALMATY


def moment(at: datetime) -> str:
    """An aware instant in the country's own time."""
    return f"{at.astimezone(ALMATY):%d.%m.%Y %H:%M}"


def day(one: date) -> str:
    return f"{one:%d.%m.%Y}"
