"""The bot's name typed in a chat: asking for results, and choosing one."""

from typing import Any

import telegram
from aiohttp import web

from simulator import ids
from simulator.inline_results import message_text
from simulator.markup import inline_from
from simulator.person_side import ask
from simulator.posting import as_text, post
from simulator.wire import to_wire
from simulator.world import Person, World

WAIT_SECONDS = 5.0
LONGEST_QUERY = 256


def routes() -> list[web.RouteDef]:
    return [web.post("/people/{person}/inline", inline)]


async def inline(request: web.Request) -> web.Response:
    """Ask (`query`) or choose one of the results last shown (`choose`: its id), in `chat`."""
    world, who = ask.writer(request)
    wire = await ask.body(request)
    if "choose" in wire:
        return web.json_response(to_wire(_choose(world, who, wire)))
    return web.json_response(await _ask(world, who, wire))


async def _ask(world: World, who: Person, wire: dict[str, Any]) -> dict[str, Any]:
    text = str(wire.get("query", ""))[:LONGEST_QUERY]
    room = ask.room(world, who, wire.get("chat"))
    kind = "sender" if room.chat.id == who.user.id else room.chat.type
    query = world.inline.ask(who.user.id)
    update = telegram.InlineQuery(query.id, who.user, text, str(wire.get("offset", "")), chat_type=kind)
    world.updates.add("inline_query", update)
    if not query.answered:
        await query.news.wait(ask.seconds(wire.get("wait"), WAIT_SECONDS))
    answer = query.answer or {"results": [], "next_offset": ""}
    who.offered = {result["id"]: result for result in answer["results"]}
    who.asked = text
    return answer


def _choose(world: World, who: Person, wire: dict[str, Any]) -> telegram.Message:
    result = who.offered.get(str(wire["choose"]))
    if result is None:
        raise ask.wrong("no such result")
    room = ask.room(world, who, wire.get("chat"))
    markup = inline_from(result.get("reply_markup"))
    content = {"from_user": who.user, "via_bot": world.bot} | as_text(message_text(result))
    message = post(world, room, content, markup)
    inline_id = ids.inline_message_id() if markup else None
    if inline_id:
        world.inline_posts[inline_id] = (room, message.message_id)
    world.updates.add("message", message)
    chosen = telegram.ChosenInlineResult(str(result["id"]), who.user, who.asked, inline_message_id=inline_id)
    world.updates.add("chosen_inline_result", chosen)
    return message
