"""Parses the requests of the person side."""

from typing import Any

from aiohttp import web

from localgram.chats import ChatState
from localgram.errors import ApiError
from localgram.keys import WORLD
from localgram.world import PersonState, TelegramWorld

LONGEST_WAIT_SECONDS = 50.0


def bad_input(reason: str) -> ApiError:
    return ApiError(400, reason)


async def body(request: web.Request) -> dict[str, Any]:
    """The JSON object of the request; raises a 400 for anything else."""
    try:
        wire = await request.json()
    except ValueError:
        raise bad_input("the body is not JSON") from None
    if not isinstance(wire, dict):
        raise bad_input("the body is not a JSON object")
    return wire


def part(wire: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`; raises a 400 for anything else."""
    value = wire[name]
    if not isinstance(value, dict):
        raise bad_input(f"{name} is not a JSON object")
    return value


def person(request: web.Request) -> tuple[TelegramWorld, PersonState]:
    """The person in the URL; raises a 404 if there is none."""
    world = request.app[WORLD]
    found = world.people.get(integer(request.match_info["person"], "person"))
    if found is None:
        raise ApiError(404, "no such person")
    return world, found


def writer(request: web.Request) -> tuple[TelegramWorld, PersonState]:
    """The person in the URL, about to write; raises a 403 if they have blocked the bot."""
    world, found = person(request)
    if found.blocked:
        raise ApiError(403, "the person has blocked the bot: unblock it first")
    return world, found


def chat(world: TelegramWorld, person: PersonState, given: object) -> ChatState:
    """The given chat, by default the person's private one; raises a 404 if there is none."""
    number = integer(given, "chat") if given else person.user.id
    found = world.chats.get(number)
    if found is None or (number > 0 and number != person.user.id):
        raise ApiError(404, "no such chat")
    return found


def integer(value: object, name: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad_input(f"{name} is not a whole number") from None


def seconds(value: object, default: float) -> float:
    """How long to wait, at most 50 seconds."""
    if value is None:
        return default
    try:
        return min(max(float(str(value)), 0.0), LONGEST_WAIT_SECONDS)
    except ValueError:
        raise bad_input("wait is not a number") from None
