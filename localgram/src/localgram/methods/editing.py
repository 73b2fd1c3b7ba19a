"""Editing and deleting messages, pinning them and reacting to them."""

from datetime import timedelta
from typing import Any

import telegram

from localgram import attachments
from localgram.arguments import Arguments
from localgram.chats import ChatState
from localgram.clock import second
from localgram.entities.text import read_caption, read_text
from localgram.errors import bad_request
from localgram.markup import read_inline
from localgram.methods.media import read_input_media
from localgram.methods.numbers import message_numbers
from localgram.methods.table import Method
from localgram.outgoing import link_preview
from localgram.posting import as_caption, as_text, changed, from_bot, post
from localgram.wire import to_wire
from localgram.world import TelegramWorld

DELETABLE_FOR = timedelta(hours=48)
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MEDIA = ("photo", "document", "video", "audio", "animation")
NO_CAPTION = {"caption": None, "caption_entities": None}
CUSTOM = "custom_emoji"


async def edit_message_text(world: TelegramWorld, arguments: Arguments) -> telegram.Message | bool:
    text, preview = read_text(arguments), link_preview(arguments)
    chat, message = _own(world, arguments)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    fields = as_text(world, text) | {"link_preview_options": preview}
    return _edited(world, arguments, (chat, message), fields)


async def edit_message_caption(world: TelegramWorld, arguments: Arguments) -> telegram.Message | bool:
    caption = read_caption(arguments)
    chat, message = _own(world, arguments)
    if not any(getattr(message, name) for name in (*MEDIA, "voice")):
        raise bad_request("there is no caption in the message to edit")
    return _edited(world, arguments, (chat, message), NO_CAPTION | as_caption(world, caption))


async def edit_message_media(world: TelegramWorld, arguments: Arguments) -> telegram.Message | bool:
    chat, message = _own(world, arguments)
    given = arguments.structure("media", "can't parse input media JSON object")
    kind, stored, caption = await read_input_media(world, arguments, given)
    if not any(getattr(message, name) for name in MEDIA):
        raise bad_request("message can't be edited")
    content = attachments.KINDS[kind](stored) | as_caption(world, caption)
    return _edited(world, arguments, (chat, message), dict.fromkeys(MEDIA) | NO_CAPTION | content)


async def edit_message_reply_markup(world: TelegramWorld, arguments: Arguments) -> telegram.Message | bool:
    return _edited(world, arguments, _own(world, arguments), {})


async def delete_message(world: TelegramWorld, arguments: Arguments) -> bool:
    chat = world.chat(arguments)
    found = chat.messages.get(arguments.integer("message_id"))
    if found is None:
        raise bad_request("message to delete not found")
    if not _is_deletable(world, found.message):
        raise bad_request("message can't be deleted for everyone")
    chat.remove(found.message.message_id)
    return True


async def delete_messages(world: TelegramWorld, arguments: Arguments) -> bool:
    """Those that are gone or too old are skipped."""
    chat = world.chat(arguments)
    for number in message_numbers(arguments):
        found = chat.messages.get(number)
        if found is not None and _is_deletable(world, found.message):
            chat.remove(number)
    return True


def _is_deletable(world: TelegramWorld, message: telegram.Message) -> bool:
    return world.clock.now() - message.date < DELETABLE_FOR


async def pin_chat_message(world: TelegramWorld, arguments: Arguments) -> bool:
    chat = world.chat(arguments)
    found = chat.messages.get(arguments.integer("message_id"))
    if found is None:
        raise bad_request("message to pin not found")
    chat.pinned.append(found.message.message_id)
    post(world, chat, from_bot(world, chat) | {"pinned_message": found.message})
    return True


async def unpin_chat_message(world: TelegramWorld, arguments: Arguments) -> bool:
    """The named message, or the one pinned last."""
    chat = world.chat(arguments)
    number = arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


async def unpin_all_chat_messages(world: TelegramWorld, arguments: Arguments) -> bool:
    world.chat(arguments).pinned.clear()
    return True


async def set_message_reaction(world: TelegramWorld, arguments: Arguments) -> bool:
    chat = world.reachable(arguments)
    if arguments.integer("message_id") not in chat.messages:
        raise bad_request("message to react not found")
    given = arguments.structure("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of ReactionType")
    for one in given:
        if not isinstance(one, dict) or one.get("type") not in ("emoji", CUSTOM):
            raise bad_request("can't parse ReactionType: invalid reaction type specified")
        if one["type"] == CUSTOM or one.get("emoji") not in list(telegram.constants.ReactionEmoji):
            raise bad_request("REACTION_INVALID")
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    chat.react(arguments.integer("message_id"), [one["emoji"] for one in given])
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


def _edited(
    world: TelegramWorld,
    arguments: Arguments,
    own: tuple[ChatState, telegram.Message],
    fields: dict[str, Any],
) -> telegram.Message | bool:
    """Replace the message; raises a 400 if the edit changes nothing."""
    chat, message = own
    markup = read_inline(arguments)
    wire = {name: to_wire(value) for name, value in (fields | {"reply_markup": markup}).items()}
    before = message.to_dict()
    if all(before.get(name) == value for name, value in wire.items()):
        raise bad_request(UNCHANGED)
    edited = changed(message, **wire, edit_date=int(second(world.clock).timestamp()))
    chat.replace(edited)
    return True if arguments.has("inline_message_id") else edited


TABLE: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
