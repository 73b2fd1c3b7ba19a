"""A greeting is greeted, thanks are answered; neither is a question."""

from aiogram import Router
from aiogram.types import Message

from bot.filters import PRIVATE
from bot.handlers.free_text import IsFreeText
from bot.request_context import RequestContext
from registry_data.courtesy import Courtesy, courtesy_of, load_courtesy


async def is_courtesy(message: Message) -> bool | dict[str, Courtesy]:
    found = courtesy_of(message.text or "", load_courtesy())
    return {"courtesy": found} if found else False


async def answer(message: Message, context: RequestContext, courtesy: Courtesy) -> None:
    await message.answer(context.html(f"answer.{courtesy.value}"))


def make_router(is_free_text: IsFreeText) -> Router:
    router = Router(name="courtesy")
    router.message.filter(PRIVATE, is_free_text)
    router.message.register(answer, is_courtesy)
    return router
