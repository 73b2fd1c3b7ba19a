"""The ladder of reminders as the bot tells it: the chore of the tick."""

from bot.dialogs.filings.forms import FORMS
from bot.translations import Translations
from bot.views.filings.digest import DigestView
from bot.views.filings.names import FilingNames
from database.engine import Database
from deadlines.clock import Clock
from deadlines.queries import LiveCalendar
from registry_data.obligations import load_obligations
from reminders.making import MakeFilings
from reminders.telling import Reminding


def make_reminding(database: Database, clock: Clock, texts: Translations) -> Reminding:
    """Makes filings ahead and tells of what is due, in each official's language."""
    obligations = {one.code: one for one in load_obligations()}
    view = DigestView(names=FilingNames(texts=texts, obligations=obligations), forms=FORMS)
    return Reminding(
        database=database,
        calendar=LiveCalendar(clock),
        make=MakeFilings(unit_of_work=database.unit_of_work, obligations=obligations),
        words=view.words,
        plain_words=view.plain_words,
    )
