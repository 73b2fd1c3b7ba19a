"""The reminder job of the tick."""

from bot.dialogs.filings.forms import FORMS
from bot.views.filings.digest import DigestView
from bot.views.filings.names import FilingNames
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from localisation.translations import Translations
from registry_data.obligations import load_obligations
from reminders.generation import GenerateFilings
from reminders.notifier import ReminderJob


def make_reminder_job(database: Database, clock: Clock, texts: Translations) -> ReminderJob:
    """Generates filings ahead and writes reminders, in each official's language."""
    view = digest_view(texts)
    return ReminderJob(
        database=database,
        calendar=LiveCalendar(clock),
        make=GenerateFilings(unit_of_work=database.unit_of_work, obligations=view.names.obligations),
        render=view.render,
        render_plain=view.render_plain,
    )


def digest_view(texts: Translations) -> DigestView:
    """Reminders of filings, with buttons to the forms that the bot can open."""
    obligations = {obligation.code: obligation for obligation in load_obligations()}
    return DigestView(names=FilingNames(texts=texts, obligations=obligations), forms=FORMS)
