"""Opening the form that a filing is of: the door into the windows of reports."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from registry_data.obligations import ObligationRecord
from reminders.filing import Filing

OpenForm = Callable[[DialogManager, str, Filing], Awaitable[None]]
DOORS: Mapping[str, OpenForm] = {}  # by the form's code


def can_open(record: ObligationRecord | None) -> bool:
    """Whether there are windows for the obligation's form."""
    return record is not None and record.form in DOORS


async def open_form(manager: DialogManager, record: ObligationRecord | None, filing: Filing) -> None:
    """Raises WindowOutdatedError where there are no windows for it."""
    if record is None or record.form is None or record.form not in DOORS:
        raise WindowOutdatedError
    await DOORS[record.form](manager, record.form, filing)
