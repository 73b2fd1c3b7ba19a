"""A world as JSON, so that people and chats outlive the process."""

import base64
import json
from pathlib import Path
from typing import Any

import telegram

from localgram.arguments import Arguments, Upload
from localgram.chats import ChatState, StoredMessage
from localgram.files import UploadedFile
from localgram.markup import read_markup
from localgram.world import PersonState, TelegramWorld

FORMAT = 1


def save(world: TelegramWorld, path: Path) -> None:
    """Write the world beside its file first, so that a stopped process leaves a whole one."""
    beside = path.with_suffix(path.suffix + ".new")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(as_wire(world), ensure_ascii=False), encoding="utf-8")
    beside.replace(path)


def load(world: TelegramWorld, path: Path) -> None:
    """Fill a new world from its file; raises ValueError for one that is not ours."""
    wire = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(wire, dict) or wire.get("format") != FORMAT:
        raise ValueError(f"{path} holds no state of this version")
    from_wire(world, wire)


def as_wire(world: TelegramWorld) -> dict[str, Any]:
    """People, chats with their messages, files and waiting updates; the bot sets its profile itself."""
    return {
        "format": FORMAT,
        "people": [
            {"user": one.user.to_dict(), "started": one.started, "blocked": one.blocked}
            for one in world.people.values()
        ],
        "chats": [_chat_as_wire(chat) for chat in world.chats.values()],
        "files": [_file_as_wire(one) for one in world.files.all()],
        "updates": world.updates.first(len(world.updates)),
    }


def from_wire(world: TelegramWorld, wire: dict[str, Any]) -> None:
    for one in wire["people"]:
        user = telegram.User.de_json(one["user"], None)
        world.people[user.id] = PersonState(user=user, started=one["started"], blocked=one["blocked"])
    for one in wire["chats"]:
        chat = _chat_from_wire(one)
        world.chats[chat.info.id] = chat
    for one in wire["files"]:
        world.files.keep(_file_from_wire(one))
    for update in wire["updates"]:
        world.updates.restore(update)


def _chat_as_wire(chat: ChatState) -> dict[str, Any]:
    messages = [
        {"message": one.message.to_dict(), "keyboard": one.keyboard.to_dict() if one.keyboard else None}
        for one in chat.messages.values()
    ]
    return {
        "info": chat.info.to_dict(),
        "messages": messages,
        "pinned": chat.pinned,
        "last_id": chat.last_id,
    }


def _chat_from_wire(wire: dict[str, Any]) -> ChatState:
    chat = ChatState(info=telegram.Chat.de_json(wire["info"], None), last_id=wire["last_id"])
    for one in wire["messages"]:
        keyboard = read_markup(Arguments(values={"reply_markup": one["keyboard"]}), private=True)
        if isinstance(keyboard, telegram.InlineKeyboardMarkup):
            keyboard = None
        chat.put(StoredMessage(message=telegram.Message.de_json(one["message"], None), keyboard=keyboard))
    chat.pinned.extend(wire["pinned"])
    return chat


def _file_as_wire(stored: UploadedFile) -> dict[str, Any]:
    return {
        "file_id": stored.file_id,
        "unique_id": stored.unique_id,
        "kind": stored.kind,
        "path": stored.path,
        "name": stored.upload.name,
        "mime": stored.upload.mime,
        "content": base64.b64encode(stored.upload.content).decode(),
    }


def _file_from_wire(wire: dict[str, Any]) -> UploadedFile:
    upload = Upload(name=wire["name"], mime=wire["mime"], content=base64.b64decode(wire["content"]))
    return UploadedFile(
        file_id=wire["file_id"],
        unique_id=wire["unique_id"],
        kind=wire["kind"],
        path=wire["path"],
        upload=upload,
    )
