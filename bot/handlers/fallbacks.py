"""Everything that is not a question: pictures, voice messages, stickers, unknown buttons."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message
from aiogram_dialog.utils import CB_SEP
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from bot.app.filters import PRIVATE, IsFreeText, Matches
from bot.dialogs.outdated import WindowOutdatedError
from bot.middlewares.updates import Album
from bot.request_context import RequestContext
from messaging.voice.receiver import VoiceQueue

KINDS = {
    ContentType.PHOTO: "photo",
    ContentType.VOICE: "voice",
    ContentType.AUDIO: "voice",
    ContentType.VIDEO: "video",
    ContentType.VIDEO_NOTE: "video",
    ContentType.ANIMATION: "video",
    ContentType.STICKER: "sticker",
    ContentType.DOCUMENT: "document",
}
OF_A_WINDOW = f"[^{CB_SEP}]+{CB_SEP}"  # prefix of a dialog button's data


@inject
async def unreadable(
    message: Message,
    context: RequestContext,
    voices: FromDishka[VoiceQueue],
    album: Album | None = None,
) -> None:
    """Say that only text is read, or let a recogniser hear a voice message if there is one."""
    kind = KINDS.get(ContentType(message.content_type), "other")
    if kind == "voice":
        if not await voices.add(message, context.person.telegram_id, context.language):
            await message.answer(context.html("answer.only_text_not_voice"))
        return
    text = context.html("answer.only_text", kind=context.plain(f"answer.kind_{kind}"))
    if album is None:
        await message.answer(text)
    else:
        album.answer_later(text)


async def unknown_button(_: CallbackQuery) -> None:
    raise WindowOutdatedError


async def blocked_or_back(_: ChatMemberUpdated) -> None:
    """Send nothing: a person who blocked the bot gets no messages; one who returns writes first."""


def make_messages_router(is_free_text: IsFreeText) -> Router:
    """Non-text messages; registered before the dialogs, like the questions."""
    router = Router(name="non_text")
    router.message.filter(PRIVATE, is_free_text)
    router.message.register(unreadable)
    return router


def make_unknown_buttons_router() -> Router:
    """Callbacks that name no window.

    Registered before the dialogs: an open dialog would take them and redraw itself over the message.
    """
    router = Router(name="unknown_buttons")
    router.callback_query.register(unknown_button, Matches(~F.data.regexp(OF_A_WINDOW)))
    return router


def make_rest_router() -> Router:
    """Updates that no other router handles."""
    router = Router(name="rest")
    router.callback_query.register(unknown_button)
    router.my_chat_member.register(blocked_or_back, PRIVATE)
    return router
