"""Sending files, alone or as an album, and fetching them."""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import telegram
from aiohttp import ClientError, ClientSession

from localgram import attachments, ids
from localgram.arguments import Arguments, Upload
from localgram.entities.text import FormattedText, read_caption
from localgram.errors import bad_request
from localgram.files import UploadedFile
from localgram.guard import LOOPBACK
from localgram.markup import read_markup
from localgram.methods.table import Method
from localgram.outgoing import outgoing
from localgram.posting import as_caption, post
from localgram.world import TelegramWorld

MOST_IN_ALBUM = 10
ALBUM_KINDS = ("audio", "document", "photo", "video")
ALONE = ("audio", "document")  # kinds that are not mixed with others
EDITED_KINDS = (*ALBUM_KINDS, "animation")
ATTACHED = "attach://"
LARGEST_BY_URL_BYTES = 20 * 1024 * 1024


def sends(kind: str, *, captioned: bool = True) -> Method:
    """The method that sends one file of this kind."""

    async def send(world: TelegramWorld, arguments: Arguments) -> telegram.Message:
        caption = read_caption(arguments) if captioned else FormattedText(plain="")
        chat = world.reachable(arguments)
        markup = read_markup(arguments, private=chat.info.id > 0)
        stored = await _file(world, arguments, kind, kind)
        content = outgoing(world, chat, arguments) | as_caption(world, caption)
        return post(world, chat, content | attachments.KINDS[kind](stored), markup)

    return send


async def send_media_group(world: TelegramWorld, arguments: Arguments) -> list[telegram.Message]:
    items = arguments.structure("media", "can't parse media JSON object")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    chat = world.reachable(arguments)
    shared = outgoing(world, chat, arguments)
    _check_album([_kind(item, ALBUM_KINDS) for item in items])
    contents = []
    for item in items:
        kind, stored, caption = await read_input_media(world, arguments, item)
        contents.append(shared | as_caption(world, caption) | attachments.KINDS[kind](stored))
    if len(contents) > 1:
        album = {"media_group_id": ids.query_id()}
        contents = [content | album for content in contents]
    return [post(world, chat, content) for content in contents]


async def read_input_media(
    world: TelegramWorld, arguments: Arguments, item: Any
) -> tuple[str, UploadedFile, FormattedText]:
    """The kind, file and caption of an InputMedia; raises a 400 if one is wrong."""
    kind = _kind(item, EDITED_KINDS)
    nested = Arguments(values=item, uploads=arguments.uploads)
    reference = nested.text("media")
    if not reference or (reference.startswith(ATTACHED) and _part(reference) not in arguments.uploads):
        raise bad_request("can't parse InputMedia: media not found")
    return kind, await _file(world, nested, "media", kind), read_caption(nested)


async def get_file(world: TelegramWorld, arguments: Arguments) -> telegram.File:
    if not arguments.has("file_id"):
        raise bad_request("file_id not specified")
    stored = world.files.by_id(arguments.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.described()


def _kind(item: Any, kinds: tuple[str, ...]) -> str:
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in kinds:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    return str(kind)


def _check_album(kinds: list[str]) -> None:
    """Raises a 400 for an album that is empty, too long or mixed; a single item is a plain message."""
    if not kinds:
        raise bad_request("there are no messages to send")
    if len(kinds) > MOST_IN_ALBUM:
        raise bad_request("too many messages to send as an album")
    for alone in ALONE:
        if alone in kinds and set(kinds) != {alone}:
            raise bad_request(f"{alone} can't be mixed with other media types")


async def _file(world: TelegramWorld, arguments: Arguments, name: str, kind: str) -> UploadedFile:
    """The file in the argument `name`: uploaded with it, attached under another name, or sent earlier."""
    reference = arguments.text(name)
    upload = arguments.uploads.get(_part(reference) or name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.files.add(upload, kind)
    if not reference or reference.startswith(ATTACHED):
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        return world.files.add(await _fetched(reference), kind)
    stored = world.files.by_id(reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


async def _fetched(url: str) -> Upload:
    """The file behind a URL of this machine: nothing here asks another one."""
    parts = urlsplit(url)
    if parts.hostname not in LOOPBACK:
        raise bad_request("failed to get HTTP URL content")
    try:
        async with ClientSession() as session, session.get(url) as answer:
            if not answer.ok:
                raise bad_request("failed to get HTTP URL content")
            content = await answer.content.read(LARGEST_BY_URL_BYTES)
            mime = answer.content_type
    except ClientError:
        raise bad_request("failed to get HTTP URL content") from None
    return Upload(name=PurePosixPath(parts.path).name or "file", mime=mime, content=content)


def _part(reference: str) -> str:
    """The part's name in "attach://name"; empty for any other reference."""
    return reference.removeprefix(ATTACHED) if reference.startswith(ATTACHED) else ""


TABLE: dict[str, Method] = {
    "sendDocument": sends("document"),
    "sendPhoto": sends("photo"),
    "sendVideo": sends("video"),
    "sendVoice": sends("voice"),
    "sendAudio": sends("audio"),
    "sendAnimation": sends("animation"),
    "sendSticker": sends("sticker", captioned=False),
    "sendVideoNote": sends("video_note", captioned=False),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
