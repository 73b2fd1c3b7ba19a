"""The reply, in words, to what is said to the bot itself. Knows nothing of Telegram."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from kernel.language import Language
from localisation.translations import Translations
from registry_data.help_lines import HelpLine, load_help_lines
from registry_data.intents import Intent

TOLD = frozenset({Intent.ABOUT, Intent.PERSON, Intent.EMERGENCY, Intent.NOT_OURS}) | {
    Intent.THANKS,
    Intent.GREETING,
    Intent.ANGER,
}  # words are all that these want


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


def _line(line: HelpLine, language: Language) -> dict[str, str]:
    return {"number": line.number, "does": line.does.in_language(language)}


def _sources(lines: Sequence[HelpLine]) -> list[dict[str, str]]:
    """Each page once, named by its site."""
    addresses = dict.fromkeys(line.source.url for line in lines)
    return [{"url": url, "site": urlsplit(url).netloc.removeprefix("www.")} for url in addresses]
