"""Turns the calls that handlers make into outbox rows of the update's transaction."""

import secrets
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.enums import ChatType
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import Chat, InlineKeyboardMarkup, InputFile, Message, MessageId

from messaging.inbox.unit import UpdateUnit, current_unit
from messaging.outbox.channel import AttachedFile
from messaging.outbox.message import OutboxMessage

_SENDING = ("send", "edit", "delete", "answer", "forward", "copy", "pin", "unpin", "setMessageReaction")
_MESSAGES_PER_UPDATE = 1000

# Copied: filling in the hundred default fields of a message takes longer than everything else here.
_ANY_CHAT = Chat(id=0, type=ChatType.PRIVATE)
_ANY_MESSAGE = Message(message_id=0, date=datetime.fromtimestamp(0, UTC), chat=_ANY_CHAT)


def install_capture(bot: Bot) -> None:
    """From now on, capture calls that send or change something while an update is being handled."""
    bot.session.middleware(CaptureMiddleware())


class CaptureMiddleware(BaseRequestMiddleware):
    """Answers a captured call at once with the result Telegram would give, under a negative message id.

    Queries (getFile, getMe, …), calls about the bot itself and calls outside an update go to Telegram
    directly.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        unit = current_unit()
        chat_id = None if unit is None else _chat_of(method, unit)
        if unit is None or chat_id is None:
            return await make_request(bot, method)
        payload, files = await _payload(bot, method)
        placeholder_message_id = capture(unit, chat_id, method.__api_method__, payload, files)
        return cast(
            Response[TelegramType], _result(bot, method, unit, placeholder_message_id)
        )  # the library's type is amiss


def capture(
    unit: UpdateUnit,
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    files: tuple[AttachedFile, ...] = (),
) -> int:
    """Queue the call until the unit commits; returns the placeholder message id."""
    placeholder_message_id = _placeholder_message_id(unit)
    outgoing = OutboxMessage(
        chat_id=chat_id,
        method=method,
        payload=payload,
        files=files,
        placeholder_message_id=placeholder_message_id,
        update_id=unit.update_id,
    )
    unit.messages.append(outgoing)
    return placeholder_message_id


def _chat_of(method: TelegramMethod[Any], unit: UpdateUnit) -> int | None:
    """The chat the call writes to; None if the call is not captured."""
    name = method.__api_method__
    if not name.startswith(_SENDING):
        return None
    if "chat_id" not in type(method).model_fields:
        return unit.chat_id if name.startswith("answer") else None
    chat_id = getattr(method, "chat_id", None)
    if chat_id is None:
        return unit.chat_id  # an edit of an inline message
    return chat_id if isinstance(chat_id, int) else None


def _placeholder_message_id(unit: UpdateUnit) -> int:
    """A unique negative message id: from the update and position, or random for a background redraw."""
    if unit.update_id is None:
        return -secrets.randbits(62)
    return -(unit.update_id * _MESSAGES_PER_UPDATE + len(unit.messages) + 1)


async def _payload(bot: Bot, method: TelegramMethod[Any]) -> tuple[dict[str, Any], tuple[AttachedFile, ...]]:
    """The call's fields as aiogram would send them, as plain JSON values, and the attached files."""
    session = bot.session
    inputs: dict[str, InputFile] = {}
    fields = {
        name: prepared
        for name, value in method.model_dump(warnings=False).items()
        if (prepared := session.prepare_value(value, bot=bot, files=inputs, _dumps_json=False)) is not None
    }
    files = [
        AttachedFile(field=name, name=file.filename or name, content=await _content(bot, file))
        for name, file in inputs.items()
    ]
    return fields, tuple(files)


async def _content(bot: Bot, file: InputFile) -> bytes:
    return b"".join([chunk async for chunk in file.read(bot)])


def _result(bot: Bot, method: TelegramMethod[Any], unit: UpdateUnit, placeholder_message_id: int) -> Any:
    returning = method.__returning__
    if returning is bool:
        return True
    if returning is MessageId:
        return MessageId(message_id=placeholder_message_id)
    message = _message(bot, method, unit, placeholder_message_id)
    return [message] if getattr(returning, "__origin__", None) is list else message


def _message(bot: Bot, method: TelegramMethod[Any], unit: UpdateUnit, placeholder_message_id: int) -> Message:
    """The message Telegram would return, as far as handlers and dialogs read it."""
    chat_id = getattr(method, "chat_id", None) or unit.chat_id
    markup = getattr(method, "reply_markup", None)
    kind = ChatType.PRIVATE if chat_id > 0 else ChatType.SUPERGROUP
    message = _ANY_MESSAGE.model_copy(
        update={
            "message_id": placeholder_message_id,
            "date": unit.now,
            "chat": _ANY_CHAT.model_copy(update={"id": chat_id, "type": kind.value}),
            "text": getattr(method, "text", None),
            "caption": getattr(method, "caption", None),
            "reply_markup": markup if isinstance(markup, InlineKeyboardMarkup) else None,
        }
    )
    return message.as_(bot)
