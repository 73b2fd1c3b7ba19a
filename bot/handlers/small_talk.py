"""Answers greetings and thanks; neither is a question."""

from aiogram import Router
from aiogram.types import Message

from bot.app.filters import PRIVATE
from bot.handlers.free_text import IsFreeText
from bot.request_context import RequestContext
from registry_data.small_talk import SmallTalk, load_small_talk, small_talk_of


async def is_small_talk(message: Message) -> bool | dict[str, SmallTalk]:
    found = small_talk_of(message.text or "", load_small_talk())
    return {"small_talk": found} if found else False


async def answer(message: Message, context: RequestContext, small_talk: SmallTalk) -> None:
    await message.answer(context.html(f"answer.{small_talk.value}"))


def make_router(is_free_text: IsFreeText) -> Router:
    router = Router(name="small_talk")
    router.message.filter(PRIVATE, is_free_text)
    router.message.register(answer, is_small_talk)
    return router
