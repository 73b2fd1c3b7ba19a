"""What a handler sends besides the window: a file, a sentence, or nothing."""

from dataclasses import dataclass
from typing import Protocol

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import context_of


class File(Protocol):
    """A finished file of any origin."""

    @property
    def name(self) -> str: ...

    @property
    def content(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    name: str
    content: bytes


def keep_window(manager: DialogManager) -> None:
    """Do not redraw the window: something else was sent."""
    manager.show_mode = ShowMode.NO_UPDATE


def message_of(callback: CallbackQuery) -> Message:
    """The message with the button. Raises WindowOutdatedError if inaccessible."""
    if not isinstance(callback.message, Message):
        raise WindowOutdatedError
    return callback.message


async def say(message: Message, manager: DialogManager, key: str) -> None:
    """Send a sentence and do not redraw the window."""
    await message.answer(context_of(manager).html(key))
    keep_window(manager)


async def send_file(
    callback: CallbackQuery, manager: DialogManager, file: File, caption: str | None = None
) -> None:
    """Send a document and do not redraw the window."""
    document = BufferedInputFile(file.content, filename=file.name)
    await message_of(callback).answer_document(document, caption=caption)
    keep_window(manager)
