"""Files that a person sends and opens."""

import telegram
from aiohttp import web

from localgram import attachments
from localgram.arguments import read
from localgram.entities.text import LONGEST_CAPTION, written
from localgram.errors import ApiError
from localgram.person_side import chats, parsing
from localgram.posting import as_caption, bare
from localgram.world import PersonState, TelegramWorld

SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "video/mp4"})


async def send(request: web.Request, world: TelegramWorld, person: PersonState) -> telegram.Message:
    """Send the form's file as its `kind`; files with the same `album` are shown together."""
    form = await read(request)
    upload = next(iter(form.uploads.values()), None)
    kind = form.text("kind") or "document"
    if upload is None or kind not in attachments.KINDS:
        raise parsing.bad_input(f"a file and its kind are needed: one of {', '.join(attachments.KINDS)}")
    caption = written(form.text("caption"))
    if len(caption.plain) > LONGEST_CAPTION:
        raise parsing.bad_input(f"Telegram sends at most {LONGEST_CAPTION} characters with a file")
    chat = parsing.chat(world, person, form.text("chat"))
    content = attachments.KINDS[kind](world.files.add(upload, kind)) | as_caption(world, caption)
    if form.has("album"):
        content["media_group_id"] = form.text("album")
    if form.has("reply_to"):
        content["reply_to_message"] = bare(chats.find(chat, form.text("reply_to")))
    return chats.deliver(world, person, chat, content)


async def fetch(request: web.Request) -> web.Response:
    """A file's content. Types that a browser could run are served as downloads only."""
    world, _who = parsing.person(request)
    stored = world.files.by_id(request.match_info["file"])
    if stored is None:
        raise ApiError(404, "no such file")
    in_place = stored.upload.mime in SHOWN_IN_PLACE
    headers = {
        "Content-Disposition": "inline" if in_place else "attachment",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    mime = stored.upload.mime if in_place else "application/octet-stream"
    return web.Response(body=stored.upload.content, content_type=mime, headers=headers)
