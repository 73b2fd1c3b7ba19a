"""The choice of a language, each under its own name."""

from bot.request_context import RequestContext
from bot.views.callbacks import LanguageCallback
from bot.views.screen import Screen, button, keyboard
from kernel.language import Language


def language_screen(context: RequestContext, then: str = "") -> Screen:
    """Three languages, Telegram's first; `then` is the service to open afterwards."""
    order = sorted(Language, key=lambda language: language is not context.language)
    lines = [str(context.texts.html(language, "menu.choose_language")) for language in order]
    rows = [
        [
            button(
                context.texts.plain(language, "common.language_name"),
                LanguageCallback(language=language, then=then).pack(),
            )
        ]
        for language in order
    ]
    return Screen(text="\n".join(lines), keyboard=keyboard(rows))
