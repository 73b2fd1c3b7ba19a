"""Pictures sent together come as messages of their own: what answers them says so once."""

from aiogram.types import Message
from aiogram_dialog import DialogManager


def is_same_album(message: Message, manager: DialogManager) -> bool:
    """Whether a picture of the message's album came before; remembers the album."""
    album, before = message.media_group_id, manager.dialog_data.get("album")
    manager.dialog_data["album"] = album
    return album is not None and album == before
