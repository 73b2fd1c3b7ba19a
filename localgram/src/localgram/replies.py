"""What a call replies to: a message of the chat or of another one, whole or a quote of it."""

from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.chats import ChatState
from localgram.entities import units
from localgram.entities.text import read_quote
from localgram.errors import bad_request
from localgram.posting import bare
from localgram.world import TelegramWorld


def replied_to(world: TelegramWorld, chat: ChatState, arguments: Arguments) -> dict[str, Any]:
    """The fields of a reply; raises a 400 if its message is gone, unless the call allows that."""
    given = arguments.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    reply = Arguments(values=given)
    number = reply.integer("message_id") or arguments.integer("reply_to_message_id")
    if not number:
        return {}
    source = world.chat(reply) if reply.has("chat_id") else chat
    answered = source.messages.get(number)
    if answered is None:
        if reply.flag("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    quote = _quote(reply, answered.message)
    if source is not chat:
        return {"external_reply": _external(source, answered.message)} | quote
    return {"reply_to_message": bare(answered.message)} | quote


def _quote(reply: Arguments, answered: telegram.Message) -> dict[str, Any]:
    """The quoted part, which must be a part of the message, to the letter."""
    if not reply.has("quote"):
        return {}
    quote, text = read_quote(reply), answered.text or answered.caption or ""
    at = text.find(quote.plain)
    if not quote.plain or at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    place = units.length(text[:at])
    return {"quote": telegram.TextQuote(quote.plain, place, quote.entities or None, is_manual=True)}


def _external(source: ChatState, answered: telegram.Message) -> telegram.ExternalReplyInfo:
    return telegram.ExternalReplyInfo(origin(answered), chat=source.info, message_id=answered.message_id)


def origin(message: telegram.Message) -> telegram.MessageOrigin:
    """Who wrote a message first, as a forward of it or a reply to it from another chat shows."""
    if message.forward_origin is not None:
        return message.forward_origin
    if message.from_user is None:
        return telegram.MessageOriginChannel(message.date, message.chat, message.message_id)
    return telegram.MessageOriginUser(message.date, message.from_user)
