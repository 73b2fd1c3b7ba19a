"""Inline mode: asking the bot for results and choosing one."""

from typing import Any

import telegram
from aiohttp import web

from localgram import ids
from localgram.inline_results import message_text
from localgram.markup import inline_from
from localgram.person_side import parsing
from localgram.posting import as_text, post
from localgram.wire import to_wire
from localgram.world import PersonState, TelegramWorld

WAIT_SECONDS = 5.0
LONGEST_QUERY = 256


def routes() -> list[web.RouteDef]:
    return [web.post("/people/{person}/inline", inline)]


async def inline(request: web.Request) -> web.Response:
    """Ask (`query`) or choose one of the results last shown (`choose`: its id), in `chat`."""
    world, person = parsing.writer(request)
    wire = await parsing.body(request)
    if "choose" in wire:
        return web.json_response(to_wire(_choose(world, person, wire)))
    return web.json_response(await _ask(world, person, wire))


async def _ask(world: TelegramWorld, person: PersonState, wire: dict[str, Any]) -> dict[str, Any]:
    text = str(wire.get("query", ""))[:LONGEST_QUERY]
    chat = parsing.chat(world, person, wire.get("chat"))
    kind = "sender" if chat.info.id == person.user.id else chat.info.type
    query = world.inline.ask(person.user.id)
    update = telegram.InlineQuery(query.id, person.user, text, str(wire.get("offset", "")), chat_type=kind)
    world.updates.add("inline_query", update)
    if not query.answered:
        await query.news.wait(parsing.seconds(wire.get("wait"), WAIT_SECONDS))
    answer = query.answer or {"results": [], "next_offset": ""}
    person.offered = {result["id"]: result for result in answer["results"]}
    person.asked = text
    return answer


def _choose(world: TelegramWorld, person: PersonState, wire: dict[str, Any]) -> telegram.Message:
    result = person.offered.get(str(wire["choose"]))
    if result is None:
        raise parsing.bad_input("no such result")
    chat = parsing.chat(world, person, wire.get("chat"))
    markup = inline_from(result.get("reply_markup"))
    content = {"from_user": person.user, "via_bot": world.bot} | as_text(world, message_text(result))
    message = post(world, chat, content, markup)
    inline_id = ids.inline_message_id() if markup else None
    if inline_id:
        world.inline_messages[inline_id] = (chat, message.message_id)
    world.updates.add("message", message)
    chosen = telegram.ChosenInlineResult(
        str(result["id"]), person.user, person.asked, inline_message_id=inline_id
    )
    world.updates.add("chosen_inline_result", chosen)
    return message
