"""Files that a person sends, and those that he opens."""

import telegram
from aiohttp import web

from simulator import attachments
from simulator.arguments import read
from simulator.entities.text import LONGEST_CAPTION, written
from simulator.errors import Refusal
from simulator.person_side import ask, chat
from simulator.posting import as_caption, bare
from simulator.world import Person, World

SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "video/mp4"})


async def send(request: web.Request, world: World, who: Person) -> telegram.Message:
    """Send the form's file as its `kind`; several with one `album` stand together."""
    form = await read(request)
    upload = next(iter(form.uploads.values()), None)
    kind = form.text("kind") or "document"
    if upload is None or kind not in attachments.KINDS:
        raise ask.wrong(f"a file and its kind are needed: one of {', '.join(attachments.KINDS)}")
    caption = written(form.text("caption"))
    if len(caption.plain) > LONGEST_CAPTION:
        raise ask.wrong(f"Telegram sends at most {LONGEST_CAPTION} characters with a file")
    room = ask.room(world, who, form.text("chat"))
    content = attachments.KINDS[kind](world.files.add(upload, kind)) | as_caption(caption)
    if form.has("album"):
        content["media_group_id"] = form.text("album")
    if form.has("reply_to"):
        content["reply_to_message"] = bare(chat.find(room, form.text("reply_to")))
    return chat.deliver(world, who, room, content)


async def fetch(request: web.Request) -> web.Response:
    """A file's content. What could run as a page is handed out for saving only."""
    world, _who = ask.person(request)
    stored = world.files.by_id(request.match_info["file"])
    if stored is None:
        raise Refusal(404, "no such file")
    in_place = stored.upload.mime in SHOWN_IN_PLACE
    headers = {
        "Content-Disposition": "inline" if in_place else "attachment",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    mime = stored.upload.mime if in_place else "application/octet-stream"
    return web.Response(body=stored.upload.content, content_type=mime, headers=headers)
