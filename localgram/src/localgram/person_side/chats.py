"""A chat as a person uses it: what is shown and how messages get in."""

from typing import Any

import telegram

from localgram.chats import ChatState, StoredMessage
from localgram.person_side import parsing
from localgram.posting import post
from localgram.wire import to_wire
from localgram.world import PersonState, TelegramWorld


def shown(found: StoredMessage) -> dict[str, Any]:
    """The message as a person sees it: with its reply keyboard, which the Bot API's Message lacks."""
    wire: dict[str, Any] = to_wire(found.message)
    if found.keyboard is not None:
        wire["reply_markup"] = found.keyboard.to_dict()
    return wire


def find(chat: ChatState, number: object) -> telegram.Message:
    found = chat.messages.get(parsing.integer(number, "message"))
    if found is None:
        raise parsing.bad_input("no such message")
    return found.message


def deliver(
    world: TelegramWorld, person: PersonState, chat: ChatState, content: dict[str, Any]
) -> telegram.Message:
    """Add a person's message to the chat and queue an update for the bot."""
    in_channel = chat.info.type == telegram.Chat.CHANNEL
    author = {"sender_chat": chat.info} if in_channel else {"from_user": person.user}
    message = post(world, chat, author | content)
    if chat.info.id == person.user.id:
        person.started = True
    world.updates.add("channel_post" if in_channel else "message", message)
    return message
