"""Pictures sent together come as messages of their own: what answers them says so once."""

from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.request_context import context_of

SPOKEN = "spoken"  # the language in which a file was sent, for the window that tells of it later


def note_language(manager: DialogManager) -> None:
    manager.dialog_data[SPOKEN] = context_of(manager).language.value


def is_same_album(message: Message, manager: DialogManager) -> bool:
    """Whether a picture of the message's album came before; remembers the album."""
    album, before = message.media_group_id, manager.dialog_data.get("album")
    manager.dialog_data["album"] = album
    return album is not None and album == before
