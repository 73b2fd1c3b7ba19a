"""`@bot words` in any chat: up to five cards; the chosen one is sent short, with a button to the bot."""

from aiogram import Bot, Router
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    Message,
)
from aiogram.utils.deep_linking import create_deep_link

from accounts.switches.switch import SwitchedJob
from bot.app.filters import IsOwnResult
from bot.handlers.commands import SERVICE_LINK
from bot.request_context import RequestContext
from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace
from bot.views.screen import NO_PREVIEW
from bot.views.text import shorten
from messaging.text_parts import split_html
from registry_data.card_facts import CardFacts

MOST_RESULTS = 5
TITLE_LIMIT = 120
CACHE_SECONDS = 60


async def search(query: InlineQuery, bot: Bot, context: RequestContext) -> None:
    if SwitchedJob.ANSWERS in context.off:
        hint = InlineQueryResultsButton(
            text=context.plain("switches.inline_off"), start_parameter="answers_off"
        )
        await query.answer([], cache_time=1, is_personal=True, button=hint)
        return
    reply = context.catalogue.knowledge.ask(query.query)
    slugs = [found.slug for found in reply.found if found.kind == "service"] if query.query.strip() else []
    me = await bot.me()
    cards = [facts for slug in slugs[:MOST_RESULTS] if (facts := context.catalogue.facts(slug, context.now))]
    results: list[InlineQueryResultUnion] = [result(facts, context, me.username or "") for facts in cards]
    await query.answer(results, cache_time=CACHE_SECONDS, is_personal=True)


async def own_card(_: Message) -> None:
    """An inline card chosen in the bot's own chat arrives as the person's message; it is not a question."""


def result(facts: CardFacts, context: RequestContext, username: str) -> InlineQueryResultArticle:
    card = facts.card
    screen = CardView(texts=context.texts).screen(facts, context.language, CardPlace())
    link = create_deep_link(username, "start", f"{SERVICE_LINK}{card.slug}")
    to_bot = InlineKeyboardButton(text=context.plain("answer.open_in_bot"), url=link)
    return InlineQueryResultArticle(
        id=card.slug,
        title=shorten(card.names.in_language(context.language), TITLE_LIMIT),
        description=context.plain(f"situation.{card.life_situation.value}"),
        input_message_content=InputTextMessageContent(
            message_text=split_html(screen.text)[0], parse_mode="HTML", link_preview_options=NO_PREVIEW
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[to_bot]]),
    )


def make_router() -> Router:
    router = Router(name="inline")
    router.inline_query.register(search)
    router.message.register(own_card, IsOwnResult())
    return router
