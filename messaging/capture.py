"""Turns the calls that handlers make into outbox rows of the update's transaction."""

import json
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.enums import ChatType
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import Chat, InlineKeyboardMarkup, InputFile, Message, MessageId

from messaging.inbox.unit import UpdateUnit, current_unit
from messaging.outbox.channel import AttachedFile
from messaging.outbox.message import OutboxMessage

_SENDING = ("send", "edit", "delete", "answer", "forward", "copy", "pin", "unpin", "setMessageReaction")
_MESSAGES_PER_UPDATE = 1000
_EDITS = ("editMessageText", "editMessageReplyMarkup")
_LOOKS = "looks"
_MOST_LOOKS, _MOST_IDS = 4, 4

# Copied: filling in the hundred default fields of a message takes longer than everything else here.
_ANY_CHAT = Chat(id=0, type=ChatType.PRIVATE)
_ANY_MESSAGE = Message(message_id=0, date=datetime.fromtimestamp(0, UTC), chat=_ANY_CHAT)


def install_capture(bot: Bot) -> None:
    """From now on, capture calls that send or change something while an update is being handled."""
    bot.session.middleware(CaptureMiddleware())


class CaptureMiddleware(BaseRequestMiddleware):
    """Answers a captured call at once with the result Telegram would give, under a negative message id.

    Queries (getFile, getMe, …), calls about the bot itself and calls outside an update go to Telegram
    directly. What Telegram would refuse as needless is not said at all: a second answer to a callback, an
    edit that changes nothing.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        unit = current_unit()
        chat_id = None if unit is None else _chat_of(method, unit)
        if unit is None or chat_id is None:
            return await make_request(bot, method)
        payload, files = await _payload(bot, method)
        name, looks = method.__api_method__, Looks.of_chat(unit, bot, chat_id)
        if name == "answerCallbackQuery" and _is_answered(unit, payload):
            number = 0
        elif looks.stands(name, payload):
            number = payload["message_id"]
        else:
            number = capture(unit, chat_id, name, payload, files)
            looks.note(name, payload, number)
        # the library's type is amiss
        return cast(Response[TelegramType], _result(bot, method, unit, number))


def capture(
    unit: UpdateUnit,
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    files: tuple[AttachedFile, ...] = (),
) -> int:
    """Queue the call until the unit commits; returns the placeholder message id."""
    placeholder_message_id = _placeholder_message_id(unit)
    outgoing = OutboxMessage(
        chat_id=chat_id,
        method=method,
        payload=payload,
        files=files,
        placeholder_message_id=placeholder_message_id,
        update_id=unit.update_id,
    )
    unit.messages.append(outgoing)
    return placeholder_message_id


def _is_answered(unit: UpdateUnit, payload: dict[str, Any]) -> bool:
    """Whether the callback has an answer. Only the first counts; one that says nothing takes these words."""
    number = payload["callback_query_id"]
    for place, said in enumerate(unit.messages):
        if said.method == "answerCallbackQuery" and said.payload["callback_query_id"] == number:
            if not said.payload.get("text"):
                unit.messages[place] = replace(said, payload=payload)
            return True
    return False


@dataclass(frozen=True, slots=True)
class Look:
    """A message as it was sent or edited last: every id it has had, digests of its text and its buttons."""

    ids: list[int]
    text: str
    buttons: str


@dataclass(slots=True, kw_only=True)
class Looks:
    """The messages of a chat that were sent and edited last, newest last; no word of them is stored.

    The newest one's id is stored where `messaging/dialog_records.py` puts Telegram's id once there is one.
    """

    unit: UpdateUnit
    key: StorageKey
    secret: bytes
    newest: int | None = None
    looks: list[Look] = field(default_factory=list)
    is_known: bool = True

    @classmethod
    def of_chat(cls, unit: UpdateUnit, bot: Bot, chat_id: int) -> "Looks":
        key = StorageKey(bot_id=bot.id, chat_id=chat_id, user_id=chat_id, destiny=_LOOKS)
        looks = cls(unit=unit, key=key, secret=bot.token.encode()[-64:])
        data = unit.recalled(key)
        looks.is_known = data is not None
        if data:
            looks.newest = data["last_message_id"]
            looks.looks = [Look(*one) for one in data["looks"]]
            looks.looks[-1].ids.append(data["last_message_id"])
        return looks

    def stands(self, method: str, payload: dict[str, Any]) -> bool:
        """Whether the edit would change nothing."""
        found = self._of(payload.get("message_id")) if method in _EDITS else None
        if found is None or self._digest(payload.get("reply_markup")) != found.buttons:
            return False
        return method == "editMessageReplyMarkup" or self._text(payload) == found.text

    def note(self, method: str, payload: dict[str, Any], number: int) -> None:
        """Remember what a message looks like now; `number` is another id of it."""
        if not self.is_known or method not in (*_EDITS, "sendMessage"):
            return
        edited = payload.get("message_id")
        found = self._of(edited) if method in _EDITS else None
        text = self._text(payload)
        if method == "editMessageReplyMarkup":
            text = found.text if found is not None else ""
        before = [one for one in (found.ids if found else ()) if one != edited]
        ids = [*before, *([edited] if edited else ()), number]
        look = Look(ids[-_MOST_IDS:], text, self._digest(payload.get("reply_markup")))
        kept = [one for one in self.looks if one is not found][1 - _MOST_LOOKS :]
        stored = [[one.ids, one.text, one.buttons] for one in (*kept, look)]
        self.unit.remember(self.key, {"last_message_id": number, "looks": stored})

    def _of(self, number: int | None) -> Look | None:
        return next((one for one in self.looks if number in one.ids), None)

    def _text(self, payload: dict[str, Any]) -> str:
        return self._digest([payload.get(name) for name in ("text", "parse_mode", "link_preview_options")])

    def _digest(self, value: Any) -> str:
        said = json.dumps(value, sort_keys=True).encode()
        return blake2b(said, digest_size=8, key=self.secret).hexdigest()


def _chat_of(method: TelegramMethod[Any], unit: UpdateUnit) -> int | None:
    """The chat the call writes to; None if the call is not captured."""
    name = method.__api_method__
    if not name.startswith(_SENDING):
        return None
    if "chat_id" not in type(method).model_fields:
        return unit.chat_id if name.startswith("answer") else None
    chat_id = getattr(method, "chat_id", None)
    if chat_id is None:
        return unit.chat_id  # an edit of an inline message
    return chat_id if isinstance(chat_id, int) else None


def _placeholder_message_id(unit: UpdateUnit) -> int:
    """A unique negative message id: from the update and position, or random for a background redraw."""
    if unit.update_id is None:
        return -secrets.randbits(62)
    return -(unit.update_id * _MESSAGES_PER_UPDATE + len(unit.messages) + 1)


async def _payload(bot: Bot, method: TelegramMethod[Any]) -> tuple[dict[str, Any], tuple[AttachedFile, ...]]:
    """The call's fields as aiogram would send them, as plain JSON values, and the attached files."""
    session = bot.session
    inputs: dict[str, InputFile] = {}
    fields = {
        name: prepared
        for name, value in method.model_dump(warnings=False).items()
        if (prepared := session.prepare_value(value, bot=bot, files=inputs, _dumps_json=False)) is not None
    }
    files = [
        AttachedFile(field=name, name=file.filename or name, content=await _content(bot, file))
        for name, file in inputs.items()
    ]
    return fields, tuple(files)


async def _content(bot: Bot, file: InputFile) -> bytes:
    return b"".join([chunk async for chunk in file.read(bot)])


def _result(bot: Bot, method: TelegramMethod[Any], unit: UpdateUnit, placeholder_message_id: int) -> Any:
    returning = method.__returning__
    if returning is bool:
        return True
    if returning is MessageId:
        return MessageId(message_id=placeholder_message_id)
    message = _message(bot, method, unit, placeholder_message_id)
    return [message] if getattr(returning, "__origin__", None) is list else message


def _message(bot: Bot, method: TelegramMethod[Any], unit: UpdateUnit, placeholder_message_id: int) -> Message:
    """The message Telegram would return, as far as handlers and dialogs read it."""
    chat_id = getattr(method, "chat_id", None) or unit.chat_id
    markup = getattr(method, "reply_markup", None)
    kind = ChatType.PRIVATE if chat_id > 0 else ChatType.SUPERGROUP
    message = _ANY_MESSAGE.model_copy(
        update={
            "message_id": placeholder_message_id,
            "date": unit.now,
            "chat": _ANY_CHAT.model_copy(update={"id": chat_id, "type": kind.value}),
            "text": getattr(method, "text", None),
            "caption": getattr(method, "caption", None),
            "reply_markup": markup if isinstance(markup, InlineKeyboardMarkup) else None,
        }
    )
    return message.as_(bot)
