"""Offers once to switch to the language of the question."""

from bot.request_context import RequestContext
from bot.views.answers.answer_text import AskedQuestion
from bot.views.callbacks import LanguageOfferAnswer, LanguageOfferCallback
from bot.views.screen import Screen, button, keyboard
from kernel.language import Language


def offered_language(context: RequestContext, asked: AskedQuestion) -> Language | None:
    """The question's language if it clearly differs from the context's and no offer was made before."""
    found = next((language for language in Language if language.value == asked.reply.language.value), None)
    if found is None or found is context.language or context.person.switch_offered:
        return None
    return found


def switch_screen(context: RequestContext, language: Language) -> Screen:
    """The offer, in the offered language."""
    take = LanguageOfferCallback(answer=LanguageOfferAnswer.TAKE, language=language).pack()
    keep = LanguageOfferCallback(answer=LanguageOfferAnswer.KEEP, language=language).pack()
    rows = [
        [button(context.texts.plain(language, "answer.switch_button"), take)],
        [button(context.texts.plain(context.language, "answer.keep_button"), keep)],
    ]
    return Screen(text=str(context.texts.html(language, "answer.switch_offer")), keyboard=keyboard(rows))
