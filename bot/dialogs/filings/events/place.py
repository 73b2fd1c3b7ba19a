"""What is known so far of an event that is being entered, and which one is shown: codes, days, numbers.

The object's name is a typed text: it is asked for last and goes to the event's row, never to the dialog's
state.
"""

from datetime import date

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import as_one_of, number_in
from bot.dialogs.outdated import WindowOutdatedError
from reminders.chain import EventFact, EventKind

KIND, START, END, PLANNED, FACT, EVENT = "kind", "start", "end", "planned", "fact", "event"
MEASURE = "measure"  # a date that the plan of measures sets: no fact of its own name


def kind_of(manager: DialogManager) -> EventKind:
    """Raises WindowOutdatedError."""
    return as_one_of(EventKind, manager.dialog_data.get(KIND))


def day_of(manager: DialogManager, name: str) -> date:
    """A day given in an earlier window. Raises WindowOutdatedError."""
    try:
        return date.fromisoformat(str(manager.dialog_data.get(name, "")))
    except ValueError as error:
        raise WindowOutdatedError from error


def event_of(manager: DialogManager) -> int:
    """The number of the event that is shown. Raises WindowOutdatedError."""
    return number_in(manager, EVENT)


def fact_of(manager: DialogManager) -> EventFact | None:
    """What is being told of; None for a measure's date. Raises WindowOutdatedError."""
    name = manager.dialog_data.get(FACT)
    return None if name == MEASURE else as_one_of(EventFact, name)
