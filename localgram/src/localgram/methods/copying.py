"""Forwarding and copying messages. A bot may copy what is protected, and may not forward it."""

from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.chats import ChatState
from localgram.entities.text import read_caption
from localgram.errors import bad_request
from localgram.markup import read_markup
from localgram.methods.numbers import message_numbers
from localgram.methods.table import Method
from localgram.outgoing import outgoing
from localgram.posting import CONTENT, as_caption, post
from localgram.replies import origin
from localgram.world import TelegramWorld


async def forward_message(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    chat, source = _chats(world, arguments)
    found = _one(source, arguments, "message to forward not found")
    if found.has_protected_content:
        raise bad_request("the message can't be forwarded")
    return post(world, chat, outgoing(world, chat, arguments) | forwarded(found))


async def forward_messages(world: TelegramWorld, arguments: Arguments) -> list[telegram.MessageId]:
    chat, source = _chats(world, arguments)
    free = [one for one in _several(source, arguments) if not one.has_protected_content]
    if not free:
        raise bad_request("messages can't be forwarded")
    sent = [post(world, chat, outgoing(world, chat, arguments) | forwarded(one)) for one in free]
    return [telegram.MessageId(one.message_id) for one in sent]


async def copy_message(world: TelegramWorld, arguments: Arguments) -> telegram.MessageId:
    chat, source = _chats(world, arguments)
    content = copied(_one(source, arguments, "message to copy not found"))
    if "caption" in arguments.values:
        content |= {"caption": None, "caption_entities": None} | as_caption(world, read_caption(arguments))
    markup = read_markup(arguments, private=chat.info.id > 0)
    sent = post(world, chat, outgoing(world, chat, arguments) | content, markup)
    return telegram.MessageId(sent.message_id)


async def copy_messages(world: TelegramWorld, arguments: Arguments) -> list[telegram.MessageId]:
    chat, source = _chats(world, arguments)
    found = _several(source, arguments)
    sent = [post(world, chat, outgoing(world, chat, arguments) | copied(one)) for one in found]
    return [telegram.MessageId(one.message_id) for one in sent]


def copied(original: telegram.Message) -> dict[str, Any]:
    return {name: getattr(original, name) for name in CONTENT}


def forwarded(original: telegram.Message) -> dict[str, Any]:
    return copied(original) | {"forward_origin": origin(original)}


def _chats(world: TelegramWorld, arguments: Arguments) -> tuple[ChatState, ChatState]:
    """The chat to write to, and the one to take from."""
    arguments.required("from_chat_id")
    source = world.chats.get(arguments.integer("from_chat_id"))
    if source is None:
        raise bad_request("chat not found")
    return world.reachable(arguments), source


def _one(source: ChatState, arguments: Arguments, missing: str) -> telegram.Message:
    found = source.messages.get(arguments.integer("message_id"))
    if found is None:
        raise bad_request(missing)
    return found.message


def _several(source: ChatState, arguments: Arguments) -> list[telegram.Message]:
    """The messages that are there, in the order of their ids."""
    found = [
        source.messages[one].message
        for one in sorted(set(message_numbers(arguments)))
        if one in source.messages
    ]
    if not found:
        raise bad_request("there are no messages to forward")
    return found


TABLE: dict[str, Method] = {
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
}
