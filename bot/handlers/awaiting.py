"""Whether a dialog is waiting for the person's words, or a message is free text."""

from aiogram.types import Message
from aiogram_dialog.api.entities import Context

from bot.dialogs.calendar.states import TYPING as AT_THE_CALENDAR
from bot.dialogs.cases.states import TYPING as AT_THE_DESK
from bot.dialogs.complaint.states import TYPING as COMPLAINING
from bot.dialogs.deadline.states import Deadline
from bot.dialogs.events.states import TYPING as ENTERING_EVENTS
from bot.dialogs.filings.states import TYPING as FILING
from bot.dialogs.joining.states import Joining
from bot.dialogs.me.states import Me
from bot.dialogs.my_complaints.states import TYPING as ABOUT_COMPLAINTS
from bot.dialogs.officials.states import Office
from bot.dialogs.register.states import TYPING as REGISTERING
from bot.dialogs.report.states import TAKING_FILES
from bot.dialogs.report.states import TYPING as REPORTING
from bot.dialogs.switches.states import Switches
from bot.dialogs.wrong_facts.states import WrongFacts

TAKES_WORDS = {
    Deadline.length,
    Deadline.moment,
    WrongFacts.telling,
    Me.name,
    Me.number,
    Me.telephone,
    Joining.name,
    Office.dates,
    Switches.reason,
    *COMPLAINING,
    *AT_THE_DESK,
    *ABOUT_COMPLAINTS,
    *REGISTERING,
    *REPORTING,
    *FILING,
    *AT_THE_CALENDAR,
    *ENTERING_EVENTS,
}


async def no_dialog_awaits_words(message: Message, aiogd_context: Context | None = None) -> bool:
    """aiogram-dialog takes every message while a window of its stands open, of use to the window or not.

    So free text goes to the questions first, unless the window asked for words, or for this kind of file.
    """
    if aiogd_context is None:
        return True
    if message.document is not None and aiogd_context.state in TAKING_FILES:
        return False
    return aiogd_context.state not in TAKES_WORDS
