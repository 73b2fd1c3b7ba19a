"""Pressing buttons: those in a message, and those under the chat."""

from collections.abc import Iterable
from typing import Any

import telegram
from aiohttp import web

from simulator.entities.text import written
from simulator.person_side import ask, chat, messages
from simulator.posting import as_text
from simulator.queries import Query
from simulator.rooms import Room
from simulator.wire import to_wire
from simulator.world import Person, World

WAIT_SECONDS = 5.0
PLACE = {"latitude": 51.1282, "longitude": 71.4306}


def routes() -> list[web.RouteDef]:
    return [web.post("/people/{person}/press", press)]


async def press(request: web.Request) -> web.Response:
    """Press `button`, named by its text or callback data, and wait for the bot's answer.

    What stands on no button is sent as callback data all the same: a client is free to forge it, and
    the message may be gone.
    """
    world, who = ask.writer(request)
    wire = await ask.body(request)
    room = ask.room(world, who, wire.get("chat"))
    number = ask.whole(wire.get("message_id", 0), "message_id")
    name = str(wire.get("button", ""))
    inline = _inline_button(room, number, name)
    below = _reply_button(room, number, name)
    if inline is None and below is not None:
        return web.json_response(_press_below(world, who, room, below))
    if inline is not None and inline.callback_data is None:
        return web.json_response({"answer": None} | to_wire(inline))
    if not number or not name:
        raise ask.wrong("no such button")
    data = name if inline is None else str(inline.callback_data)
    return await _answered(_call_back(world, who, room, number, data), wire)


async def _answered(query: Query, wire: dict[str, Any]) -> web.Response:
    if not query.answered:
        await query.news.wait(ask.seconds(wire.get("wait"), WAIT_SECONDS))
    return web.json_response({"answer": query.answer})


def _call_back(world: World, who: Person, room: Room, number: int, data: str) -> Query:
    query = world.presses.ask(who.user.id)
    found = room.posts.get(number)
    inline_id = _inline_id(world, room, number)
    message: telegram.MaybeInaccessibleMessage | None = None
    if inline_id is None:
        message = found.message if found else telegram.InaccessibleMessage(room.chat, number)
    update = telegram.CallbackQuery(
        query.id,
        who.user,
        str(abs(room.chat.id)),
        message=message,
        data=data,
        inline_message_id=inline_id,
    )
    world.updates.add("callback_query", update)
    return query


def _inline_id(world: World, room: Room, number: int) -> str | None:
    place = (room, number)
    return next((name for name, found in world.inline_posts.items() if found == place), None)


def _inline_button(room: Room, number: int, name: str) -> telegram.InlineKeyboardButton | None:
    """The button of the message whose callback data or text is `name`; the data decides where both occur."""
    found = room.posts.get(number)
    if found is None or found.message.reply_markup is None:
        return None
    buttons = [button for row in found.message.reply_markup.inline_keyboard for button in row]
    by_data = (button for button in buttons if button.callback_data == name)
    by_text = (button for button in buttons if button.text == name)
    return next(by_data, next(by_text, None))


def _press_below(world: World, who: Person, room: Room, button: telegram.KeyboardButton) -> dict[str, Any]:
    """Press a button of the reply keyboard: it sends its text, or the contact or place that it asks for."""
    if button.request_contact:
        content: dict[str, Any] = {"contact": messages.contact(who, {"phone_number": _phone(who)})}
    elif button.request_location:
        content = {"location": telegram.Location.de_json(PLACE, None)}
    else:
        content = as_text(written(button.text))
    if isinstance(room.keyboard, telegram.ReplyKeyboardMarkup) and room.keyboard.one_time_keyboard:
        room.keyboard = None
    message = chat.deliver(world, who, room, content)
    return {"answer": None, "message": to_wire(message)}


def _phone(who: Person) -> str:
    """A number of his own for everybody, in Kazakhstan's form."""
    return f"+7701{who.user.id % 10_000_000:07}"


def _reply_button(room: Room, number: int, name: str) -> telegram.KeyboardButton | None:
    found = room.posts.get(number)
    keyboards = (found.keyboard if found else None, room.keyboard)
    return next((button for button in _buttons(keyboards) if button.text == name), None)


def _buttons(keyboards: Iterable[object]) -> Iterable[telegram.KeyboardButton]:
    for keyboard in keyboards:
        if isinstance(keyboard, telegram.ReplyKeyboardMarkup):
            for row in keyboard.keyboard:
                yield from row
