"""Days as people write them, and what their words say of a complaint."""

from datetime import date, timedelta

from bot.dialogs.deadline.typed import moment_typed
from deadlines.terms import Direction

OLDEST = timedelta(days=366 * 10)


def day_typed(text: str, today: date) -> date | None:
    """The day that "19.03.2026" or "19.03" names, today at the latest; None for any other text."""
    words = text.strip().rstrip(".")
    for typed in (words, f"{words}.{today.year}", f"{words}.{today.year - 1}"):
        moment = moment_typed(typed, Direction.FORWARDS)
        if moment is not None and today - OLDEST <= moment.date() <= today:
            return moment.date()
    return None
