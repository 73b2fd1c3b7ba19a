"""Instants and dates in Kazakhstan's format."""

from datetime import date, datetime

from kernel.clock import ALMATY


def moment(at: datetime) -> str:
    """An aware instant in Almaty time: 20.11.2026 14:05."""
    return f"{at.astimezone(ALMATY):%d.%m.%Y %H:%M}"


def day(value: date) -> str:
    return f"{value:%d.%m.%Y}"
