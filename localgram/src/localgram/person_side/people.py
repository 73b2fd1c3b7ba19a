"""People, and the groups and channels that they share with the bot."""

from typing import Any

import telegram
from aiohttp import web

from localgram.clock import second
from localgram.keys import WORLD
from localgram.person_side import chats, parsing
from localgram.world import PersonState, TelegramWorld

Change = tuple[telegram.ChatMember, telegram.ChatMember]
PERSON = ("first_name", "last_name", "username", "language_code")
GROUP_KINDS = ("group", "supergroup", "channel")


def routes() -> list[web.RouteDef]:
    return [
        web.get("/people", index),
        web.post("/people", add),
        web.post("/people/{person}/block", block),
        web.post("/people/{person}/unblock", unblock),
        web.post("/people/{person}/updates", inject),
        web.get("/people/{person}/bot", bot),
        web.get("/groups", groups),
        web.post("/groups", add_group),
    ]


async def index(request: web.Request) -> web.Response:
    """All people, each with the newest message of their chat (`last`)."""
    world = request.app[WORLD]
    return web.json_response({"people": [_shown(one) | _last(world, one) for one in world.people.values()]})


async def add(request: web.Request) -> web.Response:
    wire = await parsing.body(request)
    given = {name: wire[name] for name in PERSON if wire.get(name)}
    if not all(isinstance(value, str) for value in given.values()):
        raise parsing.bad_input(f"{', '.join(PERSON)} are texts")
    if not given.get("first_name", "").strip():
        raise parsing.bad_input("first_name is missing")
    return web.json_response(_shown(request.app[WORLD].add_person(**given)))


async def inject(request: web.Request) -> web.Response:
    """Queue an update of any shape, its id given here: what no person can do, or no library knows yet."""
    world, _ = parsing.person(request)
    return web.json_response({"update_id": world.updates.inject(await parsing.body(request))})


async def block(request: web.Request) -> web.Response:
    """Block the bot: it is notified, and its messages are rejected from now on."""
    return _set_blocked(request, blocked=True)


async def unblock(request: web.Request) -> web.Response:
    return _set_blocked(request, blocked=False)


async def bot(request: web.Request) -> web.Response:
    """The bot's profile in the person's language."""
    world, person = parsing.person(request)
    code = person.user.language_code or ""
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
    chats = request.app[WORLD].chats.values()
    return web.json_response({"groups": [chat.info.to_dict() for chat in chats if chat.info.id < 0]})


async def add_group(request: web.Request) -> web.Response:
    """Make a group or channel with the bot in it, which sees every message and who added it (`by`)."""
    wire = await parsing.body(request)
    world = request.app[WORLD]
    kind = wire.get("type", "supergroup")
    if kind not in GROUP_KINDS:
        raise parsing.bad_input(f"type is one of {', '.join(GROUP_KINDS)}")
    title = str(wire.get("title", "")).strip()
    if not title:
        raise parsing.bad_input("title is missing")
    chat = world.add_group(title, kind)
    adder = world.people.get(parsing.integer(wire.get("by", 0), "by"))
    if adder is not None:
        _tell(
            world,
            adder,
            chat.info,
            (telegram.ChatMemberLeft(world.bot), telegram.ChatMemberMember(world.bot)),
        )
    return web.json_response({"id": chat.info.id})


def _set_blocked(request: web.Request, *, blocked: bool) -> web.Response:
    world, person = parsing.person(request)
    if person.blocked != blocked:
        person.blocked = blocked
        person.started = True
        member = telegram.ChatMemberMember(world.bot)
        banned = telegram.ChatMemberBanned(world.bot, until_date=telegram.constants.ZERO_DATE)
        info = world.chats[person.user.id].info
        _tell(world, person, info, (member, banned) if blocked else (banned, member))
    return web.json_response(_shown(person))


def _tell(world: TelegramWorld, person: PersonState, info: telegram.Chat, change: Change) -> None:
    """Notify the bot that the person changed its membership in the chat. `change`: before, after."""
    update = telegram.ChatMemberUpdated(info, person.user, second(world.clock), *change)
    world.updates.add("my_chat_member", update)


def _last(world: TelegramWorld, person: PersonState) -> dict[str, Any]:
    messages = world.chats[person.user.id].messages
    return {"last": chats.shown(messages[max(messages)]) if messages else None}


def _shown(person: PersonState) -> dict[str, Any]:
    return person.user.to_dict() | {"blocked": person.blocked}
