"""What a person writes, and what he sees."""

from typing import Any

import telegram
from aiohttp import web

from simulator.clock import second
from simulator.entities.text import LONGEST_TEXT, Text, written
from simulator.person_side import ask, chat, forwarding, uploads
from simulator.posting import as_text, bare, changed
from simulator.rooms import Room
from simulator.wire import to_wire
from simulator.world import Person, World


def routes() -> list[web.RouteDef]:
    return [
        web.get("/people/{person}/messages", see),
        web.post("/people/{person}/messages", send),
        web.delete("/people/{person}/messages/{message}", delete),
        web.get("/people/{person}/files/{file}", uploads.fetch),
    ]


async def see(request: web.Request) -> web.Response:
    """The chat as it stands, once it has changed since `version` or after `wait` seconds."""
    world, who = ask.person(request)
    query = request.query
    room = ask.room(world, who, query.get("chat"))
    version = ask.whole(query.get("version", 0), "version")
    after = ask.whole(query.get("after", 0), "after")
    wait = ask.seconds(query.get("wait"), 0)
    if room.version <= version:
        await room.news.wait(wait)
    return web.json_response(
        {
            "messages": [chat.shown(found) for found in room.since(after)],
            "version": room.version,
            "keyboard": room.keyboard.to_dict() if room.keyboard else None,
            "action": room.action,
        }
    )


async def send(request: web.Request) -> web.Response:
    world, who = ask.writer(request)
    if request.content_type == "multipart/form-data":
        message = await uploads.send(request, world, who)
    else:
        wire = await ask.body(request)
        room = ask.room(world, who, wire.get("chat"))
        message = _edit(world, who, room, wire) if "edit" in wire else _say(world, who, room, wire)
    return web.json_response(to_wire(message))


async def delete(request: web.Request) -> web.Response:
    """The person deletes a message, his own or the bot's, on both sides; the bot is not told."""
    world, who = ask.person(request)
    room = ask.room(world, who, request.query.get("chat"))
    number = ask.whole(request.match_info["message"], "message")
    chat.find(room, number)
    room.remove(number)
    return web.json_response({})


def _say(world: World, who: Person, room: Room, wire: dict[str, Any]) -> telegram.Message:
    content = _content(world, who, wire)
    if wire.get("reply_to"):
        content["reply_to_message"] = bare(chat.find(room, wire["reply_to"]))
    return chat.deliver(world, who, room, content)


def _content(world: World, who: Person, wire: dict[str, Any]) -> dict[str, Any]:
    if "contact" in wire:
        return {"contact": contact(who, ask.part(wire, "contact"))}
    if "location" in wire:
        return {"location": _place(ask.part(wire, "location"))}
    if "forward" in wire:
        source = ask.room(world, who, wire.get("from_chat", wire.get("chat")))
        return forwarding.content(chat.find(source, wire["forward"]))
    return as_text(_typed(wire))


def contact(who: Person, wire: dict[str, Any]) -> telegram.Contact:
    """A contact card; the person's own unless it says whose it is (`user_id` null for nobody known)."""
    card = {"first_name": who.user.first_name, "user_id": who.user.id} | wire
    if not card.get("phone_number"):
        raise ask.wrong("contact has no phone_number")
    return telegram.Contact.de_json({name: value for name, value in card.items() if value is not None}, None)


def _place(wire: dict[str, Any]) -> telegram.Location:
    if not all(isinstance(wire.get(name), int | float) for name in ("latitude", "longitude")):
        raise ask.wrong("location needs latitude and longitude")
    return telegram.Location.de_json(wire, None)


def _typed(wire: dict[str, Any]) -> Text:
    if not isinstance(wire.get("text"), str):
        raise ask.wrong("text is missing")
    text = written(wire["text"])
    if not text.plain:
        raise ask.wrong("Telegram sends no empty message")
    if len(text.plain) > LONGEST_TEXT:
        raise ask.wrong(f"Telegram sends at most {LONGEST_TEXT} characters")
    return text


def _edit(world: World, who: Person, room: Room, wire: dict[str, Any]) -> telegram.Message:
    message = chat.find(room, wire["edit"])
    in_channel = room.chat.type == telegram.Chat.CHANNEL
    if message.text is None or not (in_channel or message.from_user == who.user):
        raise ask.wrong("only one's own text can be edited")
    text = _typed(wire)
    entities = [entity.to_dict() for entity in text.entities]
    edited = changed(
        message,
        text=text.plain,
        entities=entities or None,
        edit_date=int(second(world.clock).timestamp()),
    )
    room.replace(edited)
    world.updates.add("edited_channel_post" if in_channel else "edited_message", edited)
    return edited
