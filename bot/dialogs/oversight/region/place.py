"""Which quarter and which cut of a region is shown."""

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import as_one_of
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import context_of
from kernel.clock import almaty_date
from kernel.period import Frequency, Period, period_of
from oversight.region.comparison import Cut

QUARTER, CUT = "quarter", "cut"


def running_quarter(manager: DialogManager) -> Period:
    return period_of(Frequency.QUARTER, almaty_date(context_of(manager).now))


def quarter_of(manager: DialogManager) -> Period:
    """The running one until another is chosen. Raises WindowOutdatedError."""
    code = manager.dialog_data.get(QUARTER)
    if code is None:
        return running_quarter(manager)
    try:
        return Period.of_code(str(code))
    except ValueError as error:
        raise WindowOutdatedError from error


def cut_of(manager: DialogManager) -> Cut:
    return as_one_of(Cut, manager.dialog_data.get(CUT, Cut.BODY.value))
