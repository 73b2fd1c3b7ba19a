"""What is known of a new entry: codes, numbers and days. Its words are typed last and never kept here."""

from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from bot.dialogs.chosen import as_one_of
from bot.dialogs.filings.control.states import Control
from bot.dialogs.filings.events.place import event_of
from bot.dialogs.outdated import WindowOutdatedError
from oversight.control.entries import ASKED, ControlEntry, ControlQuestion, EntryKind

KIND, ANSWERS, ENTRY = "control_kind", "control_answers", "control_entry"
WINDOWS: dict[ControlQuestion, State] = {one: getattr(Control, one.value) for one in ControlQuestion}
_DAYS = frozenset({ControlQuestion.DAY, ControlQuestion.UNTIL})


def kind_of(manager: DialogManager) -> EntryKind:
    """Raises WindowOutdatedError."""
    return as_one_of(EntryKind, manager.dialog_data.get(KIND))


def answers_of(manager: DialogManager) -> dict[str, Any]:
    found = manager.dialog_data.get(ANSWERS)
    return dict(found) if isinstance(found, dict) else {}


def entry_with(manager: DialogManager, **more: Any) -> ControlEntry:
    """The entry as answered so far, with `more`. Raises WindowOutdatedError."""
    known = {**answers_of(manager), **more}
    try:
        values: dict[str, Any] = {
            name: date.fromisoformat(value) if ControlQuestion(name) in _DAYS else value
            for name, value in known.items()
        }
        return ControlEntry(event=event_of(manager), kind=kind_of(manager), **values)
    except (TypeError, ValueError) as error:
        raise WindowOutdatedError from error


def next_question(manager: DialogManager) -> ControlQuestion | None:
    """The first question that has no answer; None once all have. Raises WindowOutdatedError."""
    known = answers_of(manager)
    return next((one for one in ASKED[kind_of(manager)] if one.value not in known), None)
