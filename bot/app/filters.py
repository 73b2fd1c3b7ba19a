"""Filters shared by several routers.

aiogram runs a bare magic filter (`F.…`) in a thread; a `Filter` stays on the event loop. A message passes a
dozen of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

from aiogram import Bot, F
from aiogram.enums import ChatType, ContentType
from aiogram.filters import Filter
from aiogram.types import Message, TelegramObject, Update
from aiogram_dialog import Dialog
from aiogram_dialog.api.entities import Context
from aiogram_dialog.api.internal import InputWidget
from aiogram_dialog.widgets.input import CombinedInput, MessageInput, TextInput
from magic_filter import MagicFilter

from bot.request_context import RequestContext
from complaints.errors import ComplaintNumberError
from complaints.numbers import ComplaintNumber
from knowledge.intents import FoundIntent

_ALONE = re.compile(r"[^\d]{0,30}(\d{2}[\s\-–]?\d{8}[\s\-–]?\d)[^\d]{0,15}")
_WITH_DASHES = re.compile(r"\d{2}[\-–]\d{8}[\-–]\d")
_FIRST_YEAR = 24  # no complaint is older; a telephone number begins with 77 or 87


class Matches(Filter):
    """Wraps a magic filter."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> Any:
        return self._magic.resolve(event)


PRIVATE = Matches(F.chat.type == ChatType.PRIVATE)
IN_GROUP = Matches(F.chat.type != ChatType.PRIVATE)
WORDS = Matches(F.text | F.caption)
WORDLESS = Matches(~(F.text | F.caption))
# What a person says. Telegram says the rest by itself: who joined, what was pinned, what was paid.
SAID = frozenset(
    {
        *(ContentType.UNKNOWN, ContentType.TEXT, ContentType.RICH_MESSAGE),
        *(ContentType.PHOTO, ContentType.LIVE_PHOTO, ContentType.VIDEO, ContentType.VIDEO_NOTE),
        *(ContentType.VOICE, ContentType.AUDIO, ContentType.ANIMATION, ContentType.STICKER),
        *(ContentType.DOCUMENT, ContentType.PAID_MEDIA, ContentType.STORY, ContentType.CONTACT),
        *(ContentType.LOCATION, ContentType.VENUE, ContentType.POLL, ContentType.CHECKLIST),
        *(ContentType.DICE, ContentType.GAME, ContentType.INVOICE),
        *(ContentType.GIVEAWAY, ContentType.GIVEAWAY_WINNERS),
    }
)


class IsServiceMessage(Filter):
    """Telegram's own message, not a person's."""

    async def __call__(self, message: Message) -> bool:
        return message.content_type not in SAID


def asks_nothing(update: Update) -> bool:
    """Whether the update is passed over in silence, and so spends nothing of what a person may say."""
    if update.message is not None:
        return update.message.content_type not in SAID
    if update.callback_query is not None:
        return not update.callback_query.id  # ours, to show that a file has come
    edited = update.edited_message
    return edited is not None and not (edited.text or edited.caption)


class IsOwnResult(Filter):
    """A card of ours, sent inline. What came through another bot is what the person says."""

    async def __call__(self, message: Message, bot: Bot) -> bool:
        return message.via_bot is not None and message.via_bot.id == bot.id


class WindowInputs:
    """The input widgets of all windows, so that a new dialog takes text without being registered."""

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self._inputs = {
            state.state: getattr(window, "on_message", None)
            for dialog in dialogs
            for state, window in dialog.windows.items()
        }

    def take(self, state: str | None, message: Message) -> bool:
        """Whether the window of `state` gets the message; an unknown state has no window.

        A window that waits for text gets everything: what it has no input for makes it ask again. Another
        window gets only what it has an input for.
        """
        widget = self._inputs.get(state)
        return widget is not None and (_takes(widget, _TEXT) or _takes(widget, message))


class _HasContentType(Protocol):
    @property
    def content_type(self) -> str: ...


_TEXT: _HasContentType = SimpleNamespace(content_type=ContentType.TEXT)


def _takes(widget: InputWidget, message: _HasContentType) -> bool:
    """The widget's own content type check; other filters are left to the widget."""
    match widget:
        case CombinedInput():
            return any(_takes(one, message) for one in widget.inputs)
        case TextInput():
            return message.content_type == ContentType.TEXT
        case MessageInput():
            return all(one.magic.resolve(message) for one in widget.filters if one.magic is not None)
    return True


@dataclass(frozen=True, slots=True)
class IsFreeText(Filter):
    """Leaves to an open window the messages it has an input for.

    The routers of free text run before the dialogs, because aiogram-dialog takes every message while a window
    is open.
    """

    inputs: WindowInputs

    async def __call__(self, message: Message, aiogd_context: Context | None = None) -> bool:
        return aiogd_context is None or not self.inputs.take(aiogd_context.state.state, message)


@dataclass(frozen=True, slots=True)
class LeavesWindow(Filter):
    """The open window waits for text, and the message is a word that leaves it."""

    inputs: WindowInputs

    async def __call__(
        self, message: Message, context: RequestContext, aiogd_context: Context | None = None
    ) -> bool | dict[str, Any]:
        if aiogd_context is None or not self.inputs.take(aiogd_context.state.state, message):
            return False
        intent = context.catalogue.intents.in_window(message.text or "")
        return {"wanted": FoundIntent(intent=intent)} if intent is not None else False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNumber:
    """A complaint's number, right or wrong; `waits`: the open window waits for text."""

    text: str
    waits: bool


@dataclass(frozen=True, slots=True)
class IsComplaintNumber(Filter):
    """The message is a number of the shape that complaints have, right or wrong.

    A window that waits for text gets eleven digits that are no complaint's number: they may be what it asks.
    """

    inputs: WindowInputs

    async def __call__(
        self, message: Message, context: RequestContext, aiogd_context: Context | None = None
    ) -> bool | dict[str, Any]:
        found = _ALONE.fullmatch(message.text or "")
        if found is None or not _FIRST_YEAR <= int(found[1][:2]) <= context.now.year % 100:
            return False
        waits = aiogd_context is not None and self.inputs.take(aiogd_context.state.state, message)
        if waits and not (_WITH_DASHES.search(found[1]) or _is_number(found[1])):
            return False
        return {"typed": TypedNumber(text=found[1], waits=waits)}


def _is_number(typed: str) -> bool:
    try:
        ComplaintNumber.read(typed)
    except ComplaintNumberError:
        return False
    return True
