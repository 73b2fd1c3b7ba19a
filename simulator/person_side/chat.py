"""A chat as a person uses it: what is shown there, and how a message gets in."""

from typing import Any

import telegram

from simulator.person_side import ask
from simulator.posting import post
from simulator.rooms import Post, Room
from simulator.wire import to_wire
from simulator.world import Person, World


def shown(found: Post) -> dict[str, Any]:
    """The message as a person sees it: with its reply keyboard, which the Bot API's Message lacks."""
    wire: dict[str, Any] = to_wire(found.message)
    if found.keyboard is not None:
        wire["reply_markup"] = found.keyboard.to_dict()
    return wire


def find(room: Room, number: object) -> telegram.Message:
    found = room.posts.get(ask.whole(number, "message"))
    if found is None:
        raise ask.wrong("no such message")
    return found.message


def deliver(world: World, who: Person, room: Room, content: dict[str, Any]) -> telegram.Message:
    """Put a person's message into the chat and tell the bot."""
    in_channel = room.chat.type == telegram.Chat.CHANNEL
    author = {"sender_chat": room.chat} if in_channel else {"from_user": who.user}
    message = post(world, room, author | content)
    if room.chat.id == who.user.id:
        who.started = True
    world.updates.add("channel_post" if in_channel else "message", message)
    return message
