"""Sending, editing and deleting texts, and chat actions."""

from datetime import timedelta
from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.chats import ChatState
from localgram.clock import second
from localgram.entities.text import FormattedText, read_text
from localgram.errors import bad_request
from localgram.markup import read_inline, read_markup
from localgram.methods.table import Method
from localgram.posting import as_text, changed, from_bot, post, replied_to
from localgram.world import TelegramWorld

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


async def send_message(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    text = read_text(arguments)
    chat = world.reachable(arguments)
    markup = read_markup(arguments, private=chat.info.id > 0)
    content = from_bot(world, chat) | as_text(text) | replied_to(chat, arguments)
    return post(world, chat, content, markup)


async def send_contact(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    chat = world.reachable(arguments)
    markup = read_markup(arguments, private=chat.info.id > 0)
    number, name = arguments.text("phone_number"), arguments.text("first_name")
    if not number:
        raise bad_request("PHONE_NUMBER_INVALID")
    if not name:
        raise bad_request("first name is not specified")
    contact = telegram.Contact(number, name, last_name=arguments.text("last_name") or None)
    content = from_bot(world, chat) | {"contact": contact} | replied_to(chat, arguments)
    return post(world, chat, content, markup)


async def edit_message_text(world: TelegramWorld, arguments: Arguments) -> telegram.Message | bool:
    text = read_text(arguments)
    chat, message = _own(world, arguments)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, arguments, chat, message, _wire(text))


async def edit_message_reply_markup(world: TelegramWorld, arguments: Arguments) -> telegram.Message | bool:
    chat, message = _own(world, arguments)
    return _edited(world, arguments, chat, message, {})


async def delete_message(world: TelegramWorld, arguments: Arguments) -> bool:
    chat = world.chat(arguments)
    found = chat.messages.get(arguments.integer("message_id"))
    if found is None:
        raise bad_request("message to delete not found")
    if world.clock.now() - found.message.date >= DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    chat.remove(found.message.message_id)
    return True


async def send_chat_action(world: TelegramWorld, arguments: Arguments) -> bool:
    action = arguments.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.reachable(arguments).show(action)
    return True


def _own(world: TelegramWorld, arguments: Arguments) -> tuple[ChatState, telegram.Message]:
    """The bot's own message that a call names; raises a 400 if there is none or it is not the bot's."""
    inline_id = arguments.text("inline_message_id")
    if inline_id:
        if inline_id not in world.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        chat, number = world.inline_messages[inline_id]
    else:
        chat, number = world.chat(arguments), arguments.integer("message_id")
        if not arguments.has("message_id"):
            raise bad_request("message identifier is not specified")
    found = chat.messages.get(number)
    if found is None:
        raise bad_request("message to edit not found")
    own = _is_own(world, chat, found.message, inline=bool(inline_id))
    if not own or found.keyboard is not None:  # a message that brought a reply keyboard cannot be edited
        raise bad_request("message can't be edited")
    return chat, found.message


def _is_own(world: TelegramWorld, chat: ChatState, message: telegram.Message, *, inline: bool) -> bool:
    if inline:
        return message.via_bot == world.bot
    if chat.info.type == telegram.Chat.CHANNEL:
        return message.sender_chat == chat.info
    return message.from_user == world.bot


def _wire(text: FormattedText) -> dict[str, Any]:
    entities = [entity.to_dict() for entity in text.entities]
    return {"text": text.plain, "entities": entities or None}


def _edited(
    world: TelegramWorld,
    arguments: Arguments,
    chat: ChatState,
    message: telegram.Message,
    fields: dict[str, Any],
) -> telegram.Message | bool:
    """Replace the message; raises a 400 if the edit changes nothing."""
    markup = read_inline(arguments)
    wire = fields | {"reply_markup": markup.to_dict() if markup else None}
    before = message.to_dict()
    if all(before.get(name) == value for name, value in wire.items()):
        raise bad_request(UNCHANGED)
    edited = changed(message, **wire, edit_date=int(second(world.clock).timestamp()))
    chat.replace(edited)
    return True if arguments.has("inline_message_id") else edited


TABLE: dict[str, Method] = {
    "sendMessage": send_message,
    "sendContact": send_contact,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
}
