"""Sending files, alone or as an album, and fetching them."""

from typing import Any

import telegram

from localgram import attachments, ids
from localgram.arguments import Arguments
from localgram.entities.text import read_caption
from localgram.errors import bad_request
from localgram.files import UploadedFile
from localgram.markup import read_markup
from localgram.methods.table import Method
from localgram.posting import as_caption, from_bot, post, replied_to
from localgram.world import TelegramWorld

MOST_IN_ALBUM = 10
ALBUM_KINDS = ("document", "photo", "video")
ATTACHED = "attach://"


async def send_document(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    return _send(world, arguments, "document")


async def send_photo(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
    return _send(world, arguments, "photo")


async def send_media_group(world: TelegramWorld, arguments: Arguments) -> list[telegram.Message]:
    items = arguments.structure("media", "can't parse media JSON object")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    chat = world.reachable(arguments)
    shared = from_bot(world, chat) | replied_to(chat, arguments)
    _check_album([_kind(item) for item in items])
    contents = [shared | _album_item(world, arguments, item) for item in items]
    if len(contents) > 1:
        album = {"media_group_id": ids.query_id()}
        contents = [content | album for content in contents]
    return [post(world, chat, content) for content in contents]


async def get_file(world: TelegramWorld, arguments: Arguments) -> telegram.File:
    if not arguments.has("file_id"):
        raise bad_request("file_id not specified")
    stored = world.files.by_id(arguments.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.described()


def _send(world: TelegramWorld, arguments: Arguments, kind: str) -> telegram.Message:
    caption = read_caption(arguments)
    chat = world.reachable(arguments)
    markup = read_markup(arguments, private=chat.info.id > 0)
    stored = _file(world, arguments, kind, kind)
    content = from_bot(world, chat) | as_caption(caption) | replied_to(chat, arguments)
    return post(world, chat, content | attachments.KINDS[kind](stored), markup)


def _kind(item: Any) -> str:
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ALBUM_KINDS:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    return str(kind)


def _check_album(kinds: list[str]) -> None:
    """Raises a 400 for an album that is empty, too long or mixed; a single item is a plain message."""
    if not kinds:
        raise bad_request("there are no messages to send")
    if len(kinds) > MOST_IN_ALBUM:
        raise bad_request("too many messages to send as an album")
    if "document" in kinds and set(kinds) != {"document"}:
        raise bad_request("document can't be mixed with other media types")


def _album_item(world: TelegramWorld, arguments: Arguments, item: dict[str, Any]) -> dict[str, Any]:
    kind = item["type"]
    nested = Arguments(values=item, uploads=arguments.uploads)
    reference = nested.text("media")
    if not reference or (reference.startswith(ATTACHED) and _part(reference) not in arguments.uploads):
        raise bad_request("can't parse InputMedia: media not found")
    stored = _file(world, nested, "media", kind)
    return as_caption(read_caption(nested)) | attachments.KINDS[kind](stored)


def _file(world: TelegramWorld, arguments: Arguments, name: str, kind: str) -> UploadedFile:
    """The file in the argument `name`: uploaded with it, attached under another name, or sent earlier."""
    reference = arguments.text(name)
    upload = arguments.uploads.get(_part(reference) or name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.files.add(upload, kind)
    if not reference or reference.startswith(ATTACHED):
        raise bad_request(f"there is no {kind} in the request")
    stored = world.files.by_id(reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _part(reference: str) -> str:
    """The part's name in "attach://name"; empty for any other reference."""
    return reference.removeprefix(ATTACHED) if reference.startswith(ATTACHED) else ""


TABLE: dict[str, Method] = {
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
