"""People, and groups and channels that they share with the bot."""

from typing import Any

import telegram
from aiohttp import web

from simulator.clock import second
from simulator.keys import WORLD
from simulator.person_side import ask, chat
from simulator.world import Person, World

Change = tuple[telegram.ChatMember, telegram.ChatMember]
PERSON = ("first_name", "last_name", "username", "language_code")
GROUP_KINDS = ("group", "supergroup", "channel")


def routes() -> list[web.RouteDef]:
    return [
        web.get("/people", index),
        web.post("/people", add),
        web.post("/people/{person}/block", block),
        web.post("/people/{person}/unblock", unblock),
        web.get("/people/{person}/bot", bot),
        web.get("/groups", groups),
        web.post("/groups", add_group),
    ]


async def index(request: web.Request) -> web.Response:
    """Everyone, each with the newest message of his chat (`last`), for a list that shows who has news."""
    world = request.app[WORLD]
    return web.json_response({"people": [_shown(one) | _last(world, one) for one in world.people.values()]})


async def add(request: web.Request) -> web.Response:
    wire = await ask.body(request)
    given = {name: wire[name] for name in PERSON if wire.get(name)}
    if not all(isinstance(value, str) for value in given.values()):
        raise ask.wrong(f"{', '.join(PERSON)} are texts")
    if not given.get("first_name", "").strip():
        raise ask.wrong("first_name is missing")
    return web.json_response(_shown(request.app[WORLD].add_person(**given)))


async def block(request: web.Request) -> web.Response:
    """The person stops the bot; the bot learns of it, and its messages are refused from now on."""
    return _set_blocked(request, blocked=True)


async def unblock(request: web.Request) -> web.Response:
    return _set_blocked(request, blocked=False)


async def bot(request: web.Request) -> web.Response:
    """The bot as this person sees it, in his language."""
    world, who = ask.person(request)
    code = who.user.language_code or ""
    profile = world.profile
    return web.json_response(
        {
            "name": profile.names.get(code) or profile.names.get("") or profile.name,
            "username": world.bot.username,
            "description": profile.descriptions.get(code) or profile.descriptions.get("", ""),
            "short_description": profile.short_descriptions.get(code)
            or profile.short_descriptions.get("", ""),
            "commands": [command.to_dict() for command in profile.commands_for(code)],
        }
    )


async def groups(request: web.Request) -> web.Response:
    rooms = request.app[WORLD].rooms.values()
    return web.json_response({"groups": [room.chat.to_dict() for room in rooms if room.chat.id < 0]})


async def add_group(request: web.Request) -> web.Response:
    """Make a group or channel with the bot in it; it sees every message there, and `by` whom it was added."""
    wire = await ask.body(request)
    world = request.app[WORLD]
    kind = wire.get("type", "supergroup")
    if kind not in GROUP_KINDS:
        raise ask.wrong(f"type is one of {', '.join(GROUP_KINDS)}")
    title = str(wire.get("title", "")).strip()
    if not title:
        raise ask.wrong("title is missing")
    room = world.add_group(title, kind)
    adder = world.people.get(ask.whole(wire.get("by", 0), "by"))
    if adder is not None:
        _tell(
            world,
            adder,
            room.chat,
            (telegram.ChatMemberLeft(world.bot), telegram.ChatMemberMember(world.bot)),
        )
    return web.json_response({"id": room.chat.id})


def _set_blocked(request: web.Request, *, blocked: bool) -> web.Response:
    world, who = ask.person(request)
    if who.blocked != blocked:
        who.blocked = blocked
        who.started = True
        member = telegram.ChatMemberMember(world.bot)
        banned = telegram.ChatMemberBanned(world.bot, until_date=telegram.constants.ZERO_DATE)
        chat = world.rooms[who.user.id].chat
        _tell(world, who, chat, (member, banned) if blocked else (banned, member))
    return web.json_response(_shown(who))


def _tell(world: World, who: Person, chat: telegram.Chat, change: Change) -> None:
    """Tell the bot that its place in the chat was changed by this person: from what, to what."""
    update = telegram.ChatMemberUpdated(chat, who.user, second(world.clock), *change)
    world.updates.add("my_chat_member", update)


def _last(world: World, who: Person) -> dict[str, Any]:
    posts = world.rooms[who.user.id].posts
    return {"last": chat.shown(posts[max(posts)]) if posts else None}


def _shown(who: Person) -> dict[str, Any]:
    return who.user.to_dict() | {"blocked": who.blocked}
