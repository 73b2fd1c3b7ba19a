"""Reading what the person's side is asked."""

from typing import Any

from aiohttp import web

from simulator.errors import Refusal
from simulator.keys import WORLD
from simulator.rooms import Room
from simulator.world import Person, World

LONGEST_WAIT_SECONDS = 50.0


def wrong(reason: str) -> Refusal:
    return Refusal(400, reason)


async def body(request: web.Request) -> dict[str, Any]:
    """The JSON object of the request; raises a 400 for anything else."""
    try:
        wire = await request.json()
    except ValueError:
        raise wrong("the body is no JSON") from None
    if not isinstance(wire, dict):
        raise wrong("the body is no JSON object")
    return wire


def part(wire: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`; raises a 400 for anything else there."""
    value = wire[name]
    if not isinstance(value, dict):
        raise wrong(f"{name} is no JSON object")
    return value


def person(request: web.Request) -> tuple[World, Person]:
    """The person in the address; raises a 404 for one who is not there."""
    world = request.app[WORLD]
    found = world.people.get(whole(request.match_info["person"], "person"))
    if found is None:
        raise Refusal(404, "no such person")
    return world, found


def writer(request: web.Request) -> tuple[World, Person]:
    """The person in the address, who now writes; raises a 403 where he has blocked the bot."""
    world, found = person(request)
    if found.blocked:
        raise Refusal(403, "the person has blocked the bot: unblock it first")
    return world, found


def room(world: World, who: Person, chat: object) -> Room:
    """The chat asked for, or the person's own with the bot; raises a 404 if there is none."""
    number = whole(chat, "chat") if chat else who.user.id
    found = world.rooms.get(number)
    if found is None or (number > 0 and number != who.user.id):
        raise Refusal(404, "no such chat")
    return found


def whole(value: object, name: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise wrong(f"{name} is no whole number") from None


def seconds(value: object, default: float) -> float:
    """How long to wait, at most 50 seconds."""
    if value is None:
        return default
    try:
        return min(max(float(str(value)), 0.0), LONGEST_WAIT_SECONDS)
    except ValueError:
        raise wrong("wait is no number") from None
