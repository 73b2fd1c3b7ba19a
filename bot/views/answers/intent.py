"""What the bot says to words that want something from itself, and the ways on from there."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.request_context import RequestContext
from bot.views.callbacks import IntentCallback, MenuCallback
from bot.views.screen import Screen, button, in_rows, keyboard
from kernel.language import Language
from knowledge.catalogue import Catalogue
from knowledge.intents import FoundIntent
from localisation.translations import Translations
from registry_data.help_lines import HelpLine, load_help_lines
from registry_data.intents import Intent

_LABELS = {
    Intent.MENU: "menu.menu_button",
    Intent.PERSON: "intent.person_button",
    Intent.COMPLAIN: "menu.complain_button",
    Intent.MY_COMPLAINTS: "menu.complaints_button",
    Intent.EMERGENCY: "intent.emergency_button",
}
TOLD = frozenset({Intent.ABOUT, Intent.PERSON, Intent.EMERGENCY, Intent.NOT_OURS}) | {
    Intent.THANKS,
    Intent.GREETING,
    Intent.ANGER,
}  # words are all that these want
_WAYS_ON = {
    Intent.ABOUT: (Intent.PERSON, Intent.MENU),
    Intent.PERSON: (Intent.COMPLAIN, Intent.MENU),
    Intent.NOT_OURS: (Intent.PERSON, Intent.MENU),
    Intent.ANGER: (Intent.PERSON, Intent.COMPLAIN, Intent.MENU),
    Intent.EMERGENCY: (Intent.MENU,),
    Intent.GREETING: (Intent.MENU,),
}


def wanted_of(catalogue: Catalogue, text: str) -> FoundIntent | None:
    """What `text` wants from the bot itself, unless a card answers it better.

    Danger yields to a certain answer only.
    """
    found = catalogue.intents.find(text)
    if found is None or not found.yields:
        return found
    reply = catalogue.knowledge.ask(text)
    is_near = reply.near and found.intent is not Intent.EMERGENCY
    return None if reply.found and (reply.confident or is_near) else found


def intent_screen(context: RequestContext, intent: Intent) -> Screen:
    """The reply to `intent` where words are all that it wants."""
    situations = intent in {Intent.NOT_OURS, Intent.ANGER}
    return Screen(
        text=intent_text(context.texts, context.language, intent),
        keyboard=ways_on(context, _WAYS_ON.get(intent, ()), situations=situations),
    )


def intent_text(texts: Translations, language: Language, intent: Intent) -> str:
    """The words of the reply to `intent`, which must be one of `TOLD`."""
    lines = load_help_lines()
    values: dict[str, object] = {}
    if intent is Intent.EMERGENCY:
        told = [_line(one, language) for one in lines.emergency]
        values = {"lines": told, "sources": _sources(lines.emergency)}
    elif intent is Intent.PERSON:
        values = {"line": _line(lines.person, language), "sources": _sources([lines.person])}
    return str(texts.html(language, f"intent.{intent.value}", **values))


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


def _line(line: HelpLine, language: Language) -> dict[str, str]:
    return {"number": line.number, "does": line.does.in_language(language)}


def _sources(lines: Sequence[HelpLine]) -> list[dict[str, str]]:
    """Each page once, named by its site."""
    addresses = dict.fromkeys(line.source.url for line in lines)
    return [{"url": url, "site": urlsplit(url).netloc.removeprefix("www.")} for url in addresses]
