"""Adds messages to chats, for the bot and for people alike."""

from typing import Any

import telegram

from localgram.chats import ChatState, StoredMessage
from localgram.clock import second
from localgram.entities.text import FormattedText
from localgram.markup import Markup
from localgram.world import TelegramWorld

# What a forward or a copy of a message takes along.
CONTENT = (
    *("text", "entities", "caption", "caption_entities", "document", "photo", "voice", "video", "sticker"),
    *("audio", "animation", "video_note", "contact", "location", "venue", "poll", "dice"),
)


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


def as_text(world: TelegramWorld, text: FormattedText) -> dict[str, Any]:
    return {"text": text.plain, "entities": _known(world, text) or None}


def as_caption(world: TelegramWorld, text: FormattedText) -> dict[str, Any]:
    if not text.plain:
        return {}
    return {"caption": text.plain, "caption_entities": _known(world, text) or None}


def _known(world: TelegramWorld, text: FormattedText) -> tuple[telegram.MessageEntity, ...]:
    """The entities; a mention of somebody whom the bot has never met is dropped."""
    kept = []
    for entity in text.entities:
        user = entity.user
        if user is None:
            kept.append(entity)
        elif user.id in world.people:
            wire = entity.to_dict() | {"user": world.people[user.id].user.to_dict()}
            kept.append(telegram.MessageEntity.de_json(wire, None))
    return tuple(kept)


def bare(message: telegram.Message) -> telegram.Message:
    """A message as another one quotes it: without its own quoted message."""
    return changed(message, reply_to_message=None)


def changed(message: telegram.Message, **fields: Any) -> telegram.Message:
    """The message with these wire fields replaced; None removes a field."""
    wire = message.to_dict() | fields
    return telegram.Message.de_json({name: value for name, value in wire.items() if value is not None}, None)
