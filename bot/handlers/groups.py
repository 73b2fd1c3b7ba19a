"""Groups: one polite line that the bot works in private, nothing more. Nothing is posted into channels."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.app.filters import IN_GROUP, Matches
from bot.request_context import RequestContext


async def mentioned(message: Message, context: RequestContext, state: FSMContext) -> None:
    if not (await state.get_data()).get("told"):
        await state.set_data({"told": True})
        await message.answer(context.html("answer.group"))


async def edited(_: Message) -> None:
    """Do not answer an edited message."""


async def joined(event: ChatMemberUpdated, context: RequestContext, state: FSMContext) -> None:
    if event.chat.type != ChatType.CHANNEL and not (await state.get_data()).get("told"):
        await state.set_data({"told": True})
        await event.answer(context.html("answer.group"))


async def answer_callback(callback: CallbackQuery, context: RequestContext) -> None:
    """A button outside the private chat, or of a message sent inline, whose chat nobody tells us."""
    await callback.answer(context.plain("answer.group"), show_alert=True)


def make_router() -> Router:
    router = Router(name="groups")
    router.message.filter(IN_GROUP)
    router.edited_message.filter(IN_GROUP)
    router.my_chat_member.filter(IN_GROUP)
    router.callback_query.filter(Matches(~(F.message.chat.type == ChatType.PRIVATE)))
    router.message.register(mentioned)
    router.edited_message.register(edited)
    router.my_chat_member.register(
        joined, F.new_chat_member.status.in_({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR})
    )
    router.callback_query.register(answer_callback)
    return router
