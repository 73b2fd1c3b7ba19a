"""What is known of a new event, and which event is shown: codes, days and numbers.

The object's name is typed text: it is asked for last and goes to the event's row, never into the dialog's
state.
"""

from datetime import date

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import as_one_of, number_in
from bot.dialogs.outdated import WindowOutdatedError
from reminders.chain import EventFact, EventKind

KIND, START, END, PLANNED, FACT, EVENT = "kind", "start", "end", "planned", "fact", "event"
ENDED = frozenset({EventKind.CONTROL, EventKind.INSPECTION})  # an order names their last day
FOLLOWS = "follows"  # the number of a complaint, as stored
MEASURE = "measure"  # a date set by the plan of measures, not a fact of the event


def kind_of(manager: DialogManager) -> EventKind:
    """Raises WindowOutdatedError."""
    return as_one_of(EventKind, manager.dialog_data.get(KIND))


def day_of(manager: DialogManager, name: str) -> date:
    """A day entered in an earlier window. Raises WindowOutdatedError."""
    try:
        return date.fromisoformat(str(manager.dialog_data.get(name, "")))
    except ValueError as error:
        raise WindowOutdatedError from error


def event_of(manager: DialogManager) -> int:
    """The number of the event shown. Raises WindowOutdatedError."""
    return number_in(manager, EVENT)


def fact_of(manager: DialogManager) -> EventFact | None:
    """The fact being reported; None for a measure's date. Raises WindowOutdatedError."""
    name = manager.dialog_data.get(FACT)
    return None if name == MEASURE else as_one_of(EventFact, name)
