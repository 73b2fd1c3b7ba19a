"""Open the report form of a filing."""

from dataclasses import asdict

from aiogram_dialog import DialogManager

from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.reports.states import Report
from registry_data.obligations import ObligationRecord
from registry_data.report_forms import form_codes
from reminders.filing import Filing
from reports.store import ReportSubject

FORMS = frozenset(form_codes())


def can_open(record: ObligationRecord | None) -> bool:
    """Whether the obligation's form has windows."""
    return record is not None and record.form in FORMS


async def open_form(manager: DialogManager, record: ObligationRecord | None, filing: Filing) -> None:
    """Open the form for the filing's organisation and period; the report windows check the right.

    Raises WindowOutdatedError if there is no form.
    """
    is_of_period = filing.event is None and filing.corrects is None
    if record is None or record.form is None or record.form not in FORMS or not is_of_period:
        raise WindowOutdatedError
    subject = ReportSubject(form=record.form, organisation=filing.organisation, period=filing.occasion)
    await open_window(manager, Report.main, **asdict(subject))
