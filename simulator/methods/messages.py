"""Texts: sending, editing and deleting them, and what the bot is seen doing meanwhile."""

from datetime import timedelta
from typing import Any

import telegram

from simulator.arguments import Arguments
from simulator.clock import second
from simulator.entities.text import Text, read_text
from simulator.errors import bad_request
from simulator.markup import read_inline, read_markup
from simulator.methods.table import Method
from simulator.posting import as_text, changed, from_bot, post, replied_to
from simulator.rooms import Room
from simulator.world import World

DELETABLE_FOR = timedelta(hours=48)
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(world: World, arguments: Arguments) -> telegram.Message:
    text = read_text(arguments)
    room = world.reachable(arguments)
    markup = read_markup(arguments, private=room.chat.id > 0)
    content = from_bot(world, room) | as_text(text) | replied_to(room, arguments)
    return post(world, room, content, markup)


async def edit_message_text(world: World, arguments: Arguments) -> telegram.Message | bool:
    text = read_text(arguments)
    room, message = _own(world, arguments)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, arguments, room, message, _wire(text))


async def edit_message_reply_markup(world: World, arguments: Arguments) -> telegram.Message | bool:
    room, message = _own(world, arguments)
    return _edited(world, arguments, room, message, {})


async def delete_message(world: World, arguments: Arguments) -> bool:
    room = world.room(arguments)
    found = room.posts.get(arguments.whole("message_id"))
    if found is None:
        raise bad_request("message to delete not found")
    if world.clock.now() - found.message.date >= DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    room.remove(found.message.message_id)
    return True


async def send_chat_action(world: World, arguments: Arguments) -> bool:
    action = arguments.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.reachable(arguments).show(action)
    return True


def _own(world: World, arguments: Arguments) -> tuple[Room, telegram.Message]:
    """The bot's own message that a call names; raises a 400 if there is none, or it is somebody else's."""
    inline_id = arguments.text("inline_message_id")
    if inline_id:
        if inline_id not in world.inline_posts:
            raise bad_request("MESSAGE_ID_INVALID")
        room, number = world.inline_posts[inline_id]
    else:
        room, number = world.room(arguments), arguments.whole("message_id")
        if not arguments.has("message_id"):
            raise bad_request("message identifier is not specified")
    found = room.posts.get(number)
    if found is None:
        raise bad_request("message to edit not found")
    own = _is_own(world, room, found.message, inline=bool(inline_id))
    if not own or found.keyboard is not None:  # what brought a reply keyboard stays as it is
        raise bad_request("message can't be edited")
    return room, found.message


def _is_own(world: World, room: Room, message: telegram.Message, *, inline: bool) -> bool:
    if inline:
        return message.via_bot == world.bot
    if room.chat.type == telegram.Chat.CHANNEL:
        return message.sender_chat == room.chat
    return message.from_user == world.bot


def _wire(text: Text) -> dict[str, Any]:
    entities = [entity.to_dict() for entity in text.entities]
    return {"text": text.plain, "entities": entities or None}


def _edited(
    world: World, arguments: Arguments, room: Room, message: telegram.Message, fields: dict[str, Any]
) -> telegram.Message | bool:
    """Put the edited message in its place; raises a 400 if the edit would change nothing."""
    markup = read_inline(arguments)
    wire = fields | {"reply_markup": markup.to_dict() if markup else None}
    before = message.to_dict()
    if all(before.get(name) == value for name, value in wire.items()):
        raise bad_request(UNCHANGED)
    edited = changed(message, **wire, edit_date=int(second(world.clock).timestamp()))
    room.replace(edited)
    return True if arguments.has("inline_message_id") else edited


TABLE: dict[str, Method] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
}
