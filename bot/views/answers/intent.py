"""What the bot says to words that want something from itself, and the ways on from there."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.request_context import RequestContext
from bot.views.answers.intent_text import intent_text
from bot.views.callbacks import IntentCallback, MenuCallback
from bot.views.screen import Screen, button, in_rows, keyboard
from registry_data.intents import Intent

_LABELS = {
    Intent.MENU: "menu.menu_button",
    Intent.PERSON: "intent.person_button",
    Intent.COMPLAIN: "menu.complain_button",
    Intent.MY_COMPLAINTS: "menu.complaints_button",
    Intent.EMERGENCY: "intent.emergency_button",
}
_WAYS_ON = {
    Intent.ABOUT: (Intent.PERSON, Intent.MENU),
    Intent.PERSON: (Intent.COMPLAIN, Intent.MENU),
    Intent.NOT_OURS: (Intent.PERSON, Intent.MENU),
    Intent.ANGER: (Intent.PERSON, Intent.COMPLAIN, Intent.MENU),
    Intent.EMERGENCY: (Intent.MENU,),
    Intent.GREETING: (Intent.MENU,),
}


def intent_screen(context: RequestContext, intent: Intent) -> Screen:
    """The reply to `intent` where words are all that it wants."""
    situations = intent in {Intent.NOT_OURS, Intent.ANGER}
    return Screen(
        text=intent_text(context.texts, context.language, intent),
        keyboard=ways_on(context, _WAYS_ON.get(intent, ()), situations=situations),
    )


def other_words_screen(context: RequestContext) -> Screen:
    """What to do when an answer was not the one: other words, the life situations, a person."""
    text = str(context.html("answer.other_words"))
    return Screen(text=text, keyboard=ways_on(context, (Intent.PERSON, Intent.MENU), situations=True))


def ways_on(
    context: RequestContext, ways: Sequence[Intent], *, situations: bool = False
) -> InlineKeyboardMarkup | None:
    """Buttons to other ways on; `situations` puts the life situations first."""
    buttons = [_way(context, one) for one in ways]
    if situations:
        label = context.plain("menu.situations_button")
        buttons.insert(0, button(label, MenuCallback(situations=True).pack()))
    return keyboard(in_rows(buttons, 2)) if buttons else None


def _way(context: RequestContext, intent: Intent) -> InlineKeyboardButton:
    return button(context.plain(_LABELS[intent]), IntentCallback(intent=intent).pack())
