"""Pressing buttons: inline ones and those of the reply keyboard."""

from collections.abc import Iterable
from typing import Any

import telegram
from aiohttp import web

from localgram.chats import ChatState
from localgram.entities.text import written
from localgram.person_side import chats, messages, parsing
from localgram.posting import as_text
from localgram.queries import PendingQuery
from localgram.wire import to_wire
from localgram.world import PersonState, TelegramWorld

WAIT_SECONDS = 5.0
PLACE = {"latitude": 51.1282, "longitude": 71.4306}


def routes() -> list[web.RouteDef]:
    return [web.post("/people/{person}/press", press)]


async def press(request: web.Request) -> web.Response:
    """Press `button`, named by its text or callback data, and wait for the bot's answer.

    A name that belongs to no button is still sent as callback data: clients can forge it, and the message
    may be gone.
    """
    world, person = parsing.writer(request)
    wire = await parsing.body(request)
    chat = parsing.chat(world, person, wire.get("chat"))
    number = parsing.integer(wire.get("message_id", 0), "message_id")
    name = str(wire.get("button", ""))
    inline = _inline_button(chat, number, name)
    below = _reply_button(chat, number, name)
    if inline is None and below is not None:
        return web.json_response(_press_reply_button(world, person, chat, below))
    if inline is not None and inline.callback_data is None:
        return web.json_response({"answer": None} | to_wire(inline))
    if not number or not name:
        raise parsing.bad_input("no such button")
    data = name if inline is None else str(inline.callback_data)
    return await _answered(_call_back(world, person, chat, number, data), wire)


async def _answered(query: PendingQuery, wire: dict[str, Any]) -> web.Response:
    if not query.answered:
        await query.news.wait(parsing.seconds(wire.get("wait"), WAIT_SECONDS))
    return web.json_response({"answer": query.answer})


def _call_back(
    world: TelegramWorld, person: PersonState, chat: ChatState, number: int, data: str
) -> PendingQuery:
    query = world.callbacks.ask(person.user.id)
    found = chat.messages.get(number)
    inline_id = _inline_id(world, chat, number)
    message: telegram.MaybeInaccessibleMessage | None = None
    if inline_id is None:
        message = found.message if found else telegram.InaccessibleMessage(chat.info, number)
    update = telegram.CallbackQuery(
        query.id,
        person.user,
        str(abs(chat.info.id)),
        message=message,
        data=data,
        inline_message_id=inline_id,
    )
    world.updates.add("callback_query", update)
    return query


def _inline_id(world: TelegramWorld, chat: ChatState, number: int) -> str | None:
    place = (chat, number)
    return next((name for name, found in world.inline_messages.items() if found == place), None)


def _inline_button(chat: ChatState, number: int, name: str) -> telegram.InlineKeyboardButton | None:
    """The message's button whose callback data or text is `name`; callback data takes precedence."""
    found = chat.messages.get(number)
    if found is None or found.message.reply_markup is None:
        return None
    buttons = [button for row in found.message.reply_markup.inline_keyboard for button in row]
    by_data = (button for button in buttons if button.callback_data == name)
    by_text = (button for button in buttons if button.text == name)
    return next(by_data, next(by_text, None))


def _press_reply_button(
    world: TelegramWorld, person: PersonState, chat: ChatState, button: telegram.KeyboardButton
) -> dict[str, Any]:
    """Press a button of the reply keyboard: it sends its text, or the requested contact or location."""
    if button.request_contact:
        content: dict[str, Any] = {"contact": messages.contact(person, {"phone_number": _phone(person)})}
    elif button.request_location:
        content = {"location": telegram.Location.de_json(PLACE, None)}
    else:
        content = as_text(world, written(button.text))
    if isinstance(chat.keyboard, telegram.ReplyKeyboardMarkup) and chat.keyboard.one_time_keyboard:
        chat.keyboard = None
    message = chats.deliver(world, person, chat, content)
    return {"answer": None, "message": to_wire(message)}


def _phone(person: PersonState) -> str:
    """A phone number derived from the person's id, in Kazakhstan's format."""
    return f"+7701{person.user.id % 10_000_000:07}"


def _reply_button(chat: ChatState, number: int, name: str) -> telegram.KeyboardButton | None:
    found = chat.messages.get(number)
    keyboards = (found.keyboard if found else None, chat.keyboard)
    return next((button for button in _buttons(keyboards) if button.text == name), None)


def _buttons(keyboards: Iterable[object]) -> Iterable[telegram.KeyboardButton]:
    for keyboard in keyboards:
        if isinstance(keyboard, telegram.ReplyKeyboardMarkup):
            for row in keyboard.keyboard:
                yield from row
