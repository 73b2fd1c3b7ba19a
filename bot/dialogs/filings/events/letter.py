"""The text that is sent to the Unified Contact Centre."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.filings.events.place import EVENT, event_of
from bot.dialogs.filings.events.states import Events
from bot.dialogs.filings.place import filing_of
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.parts import back_to
from bot.dialogs.widgets import Html, Window
from bot.request_context import RequestContext, context_of
from bot.views.oversight.contact_centre import letter_text
from oversight.contact_centre.queries import SeeActLetter
from oversight.contact_centre.store import ActNoticeStore
from reminders.actions import FilingContext
from reminders.queries import FilingQueries


async def has_letter(filing_context: FilingContext, event: int | None) -> bool:
    """Whether the event is that of an act, with a text to send."""
    notices = ActNoticeStore(filing_context.unit.session)
    return event is not None and await notices.get(event) is not None


def letter_window() -> Window:
    return Window(
        Html("contact_centre.letter", "letter"),
        back_to(Events.card),
        state=Events.letter,
        getter=get_letter,
    )


@inject
async def get_letter(
    dialog_manager: DialogManager, context: RequestContext, see: FromDishka[SeeActLetter], **_: object
) -> dict[str, Any]:
    letter = await see(context.person.telegram_id, event_of(dialog_manager))
    return {"letter": letter_text(context, letter)}


@inject
async def on_letter(
    _: CallbackQuery, __: Button, manager: DialogManager, queries: FromDishka[FilingQueries]
) -> None:
    """From a filing's window to the text of its event."""
    filing = await queries.get(context_of(manager).person.telegram_id, filing_of(manager))
    if filing.event is None:
        raise WindowOutdatedError
    data = {"organisation": filing.organisation, EVENT: filing.event}
    await open_window(manager, Events.letter, show_mode=ShowMode.EDIT, **data)
