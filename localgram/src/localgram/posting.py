"""Adds messages to chats, for the bot and for people alike."""

from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.chats import ChatState, StoredMessage
from localgram.clock import second
from localgram.entities.text import FormattedText
from localgram.errors import bad_request
from localgram.markup import Markup
from localgram.world import TelegramWorld


def post(
    world: TelegramWorld, chat: ChatState, content: dict[str, Any], markup: Markup | None = None
) -> telegram.Message:
    """Add a message to the chat. `content`: fields of telegram.Message, sender included."""
    inline = markup if isinstance(markup, telegram.InlineKeyboardMarkup) else None
    message = telegram.Message(
        chat.next_id(),
        second(world.clock),
        chat.info,
        reply_markup=inline,
        **content,
    )
    keyboard = None if isinstance(markup, telegram.InlineKeyboardMarkup) else markup
    chat.put(StoredMessage(message=message, keyboard=keyboard))
    return message


def from_bot(world: TelegramWorld, chat: ChatState) -> dict[str, Any]:
    """The sender of the bot's message: in a channel, the channel itself."""
    if chat.info.type == telegram.Chat.CHANNEL:
        return {"sender_chat": chat.info}
    return {"from_user": world.bot}


def as_text(text: FormattedText) -> dict[str, Any]:
    return {"text": text.plain, "entities": text.entities or None}


def as_caption(text: FormattedText) -> dict[str, Any]:
    if not text.plain:
        return {}
    return {"caption": text.plain, "caption_entities": text.entities or None}


def replied_to(chat: ChatState, arguments: Arguments) -> dict[str, Any]:
    """The message that a call replies to; raises a 400 if it is gone, unless the call allows that."""
    reply = arguments.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    number = Arguments(values=reply).integer("message_id") or arguments.integer("reply_to_message_id")
    if not number:
        return {}
    answered = chat.messages.get(number)
    if answered is None:
        if reply.get("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": bare(answered.message)}


def bare(message: telegram.Message) -> telegram.Message:
    """A message as another one quotes it: without its own quoted message."""
    return changed(message, reply_to_message=None)


def changed(message: telegram.Message, **fields: Any) -> telegram.Message:
    """The message with these wire fields replaced; None removes a field."""
    wire = message.to_dict() | fields
    return telegram.Message.de_json({name: value for name, value in wire.items() if value is not None}, None)
