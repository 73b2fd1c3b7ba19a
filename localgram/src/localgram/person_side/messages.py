"""What a person writes and sees."""

from typing import Any

import telegram
from aiohttp import web

from localgram.chats import ChatState
from localgram.clock import second
from localgram.entities.text import LONGEST_TEXT, FormattedText, written
from localgram.methods.copying import forwarded
from localgram.person_side import chats, parsing, uploads
from localgram.posting import as_text, bare, changed
from localgram.wire import to_wire
from localgram.world import PersonState, TelegramWorld


def routes() -> list[web.RouteDef]:
    return [
        web.get("/people/{person}/messages", see),
        web.post("/people/{person}/messages", send),
        web.delete("/people/{person}/messages/{message}", delete),
        web.get("/people/{person}/files/{file}", uploads.fetch),
    ]


async def see(request: web.Request) -> web.Response:
    """The chat, once it has changed since `version` or after `wait` seconds."""
    world, person = parsing.person(request)
    query = request.query
    chat = parsing.chat(world, person, query.get("chat"))
    version = parsing.integer(query.get("version", 0), "version")
    after = parsing.integer(query.get("after", 0), "after")
    wait = parsing.seconds(query.get("wait"), 0)
    if chat.version <= version:
        await chat.news.wait(wait)
    return web.json_response(
        {
            "messages": [chats.shown(found) for found in chat.since(after)],
            "version": chat.version,
            "keyboard": chat.keyboard.to_dict() if chat.keyboard else None,
            "action": chat.action,
            "reactions": chat.reactions,
        }
    )


async def send(request: web.Request) -> web.Response:
    world, person = parsing.writer(request)
    if request.content_type == "multipart/form-data":
        message = await uploads.send(request, world, person)
    else:
        wire = await parsing.body(request)
        chat = parsing.chat(world, person, wire.get("chat"))
        message = _edit(world, person, chat, wire) if "edit" in wire else _say(world, person, chat, wire)
    return web.json_response(to_wire(message))


async def delete(request: web.Request) -> web.Response:
    """Delete any message for both sides; the bot is not notified."""
    world, person = parsing.person(request)
    chat = parsing.chat(world, person, request.query.get("chat"))
    number = parsing.integer(request.match_info["message"], "message")
    chats.find(chat, number)
    chat.remove(number)
    return web.json_response({})


def _say(
    world: TelegramWorld, person: PersonState, chat: ChatState, wire: dict[str, Any]
) -> telegram.Message:
    content = _content(world, person, wire)
    if wire.get("reply_to"):
        content["reply_to_message"] = bare(chats.find(chat, wire["reply_to"]))
    return chats.deliver(world, person, chat, content)


def _content(world: TelegramWorld, person: PersonState, wire: dict[str, Any]) -> dict[str, Any]:
    if "contact" in wire:
        return {"contact": contact(person, parsing.part(wire, "contact"))}
    if "location" in wire:
        return {"location": _place(parsing.part(wire, "location"))}
    if "forward" in wire:
        source = parsing.chat(world, person, wire.get("from_chat", wire.get("chat")))
        return forwarded(chats.find(source, wire["forward"]))
    return as_text(world, _typed(wire))


def contact(person: PersonState, wire: dict[str, Any]) -> telegram.Contact:
    """A contact card, by default the person's own; `user_id` null: somebody who is not on Telegram."""
    card = {"first_name": person.user.first_name, "user_id": person.user.id} | wire
    if not card.get("phone_number"):
        raise parsing.bad_input("contact has no phone_number")
    return telegram.Contact.de_json({name: value for name, value in card.items() if value is not None}, None)


def _place(wire: dict[str, Any]) -> telegram.Location:
    if not all(isinstance(wire.get(name), int | float) for name in ("latitude", "longitude")):
        raise parsing.bad_input("location needs latitude and longitude")
    return telegram.Location.de_json(wire, None)


def _typed(wire: dict[str, Any]) -> FormattedText:
    if not isinstance(wire.get("text"), str):
        raise parsing.bad_input("text is missing")
    text = written(wire["text"])
    if not text.plain:
        raise parsing.bad_input("Telegram sends no empty message")
    if len(text.plain) > LONGEST_TEXT:
        raise parsing.bad_input(f"Telegram sends at most {LONGEST_TEXT} characters")
    return text


def _edit(
    world: TelegramWorld, person: PersonState, chat: ChatState, wire: dict[str, Any]
) -> telegram.Message:
    message = chats.find(chat, wire["edit"])
    in_channel = chat.info.type == telegram.Chat.CHANNEL
    if message.text is None or not (in_channel or message.from_user == person.user):
        raise parsing.bad_input("only one's own text can be edited")
    text = _typed(wire)
    entities = [entity.to_dict() for entity in text.entities]
    edited = changed(
        message,
        text=text.plain,
        entities=entities or None,
        edit_date=int(second(world.clock).timestamp()),
    )
    chat.replace(edited)
    world.updates.add("edited_channel_post" if in_channel else "edited_message", edited)
    return edited
