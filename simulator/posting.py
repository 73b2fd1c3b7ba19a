"""Putting messages into chats: the one way in for the bot and for people."""

from typing import Any

import telegram

from simulator.arguments import Arguments
from simulator.clock import second
from simulator.entities.text import Text
from simulator.errors import bad_request
from simulator.markup import Markup
from simulator.rooms import Post, Room
from simulator.world import World


def post(world: World, room: Room, content: dict[str, Any], markup: Markup | None = None) -> telegram.Message:
    """Put a new message into the chat. `content`: fields of telegram.Message, with who it is from."""
    inline = markup if isinstance(markup, telegram.InlineKeyboardMarkup) else None
    message = telegram.Message(
        room.next_id(),
        second(world.clock),
        room.chat,
        reply_markup=inline,
        **content,
    )
    keyboard = None if isinstance(markup, telegram.InlineKeyboardMarkup) else markup
    room.put(Post(message=message, keyboard=keyboard))
    return message


def from_bot(world: World, room: Room) -> dict[str, Any]:
    """Who a message of the bot is from: in a channel, the channel itself."""
    if room.chat.type == telegram.Chat.CHANNEL:
        return {"sender_chat": room.chat}
    return {"from_user": world.bot}


def as_text(text: Text) -> dict[str, Any]:
    return {"text": text.plain, "entities": text.entities or None}


def as_caption(text: Text) -> dict[str, Any]:
    if not text.plain:
        return {}
    return {"caption": text.plain, "caption_entities": text.entities or None}


def replied_to(room: Room, arguments: Arguments) -> dict[str, Any]:
    """The message that a call replies to; raises a 400 if it is gone and the call does not allow for that."""
    reply = arguments.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    number = Arguments(values=reply).whole("message_id") or arguments.whole("reply_to_message_id")
    if not number:
        return {}
    answered = room.posts.get(number)
    if answered is None:
        if reply.get("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": bare(answered.message)}


def bare(message: telegram.Message) -> telegram.Message:
    """A message as another one quotes it: without the one it replies to itself."""
    return changed(message, reply_to_message=None)


def changed(message: telegram.Message, **fields: Any) -> telegram.Message:
    """The message with these wire fields in place of its own; None takes a field away."""
    wire = message.to_dict() | fields
    return telegram.Message.de_json({name: value for name, value in wire.items() if value is not None}, None)
