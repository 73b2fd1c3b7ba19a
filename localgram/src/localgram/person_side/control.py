"""Controls for tests and the demo: faults, limits, the clock, and the log of the bot's calls."""

import re
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from localgram.clock import SHOWN_ZONE
from localgram.errors import ApiError
from localgram.keys import MOVABLE, WORLD
from localgram.person_side import parsing

DURATION = re.compile(r"(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
UNITS = ("weeks", "days", "hours", "minutes", "seconds")


def routes() -> list[web.RouteDef]:
    return [
        web.get("/faults", faults),
        web.post("/faults", order_fault),
        web.delete("/faults", clear_faults),
        web.post("/limits", limits),
        web.get("/sent", sent),
        web.get("/clock", clock),
        web.post("/clock", move_clock),
    ]


async def faults(request: web.Request) -> web.Response:
    return web.json_response({"faults": request.app[WORLD].faults.remaining()})


async def order_fault(request: web.Request) -> web.Response:
    try:
        request.app[WORLD].faults.order(await parsing.body(request))
    except ValueError as fault:
        raise parsing.bad_input(str(fault)) from None
    return await faults(request)


async def clear_faults(request: web.Request) -> web.Response:
    request.app[WORLD].faults.clear()
    return await faults(request)


async def limits(request: web.Request) -> web.Response:
    """Enforce Telegram's limits on sending, or stop doing so: {"enforced": true}."""
    world = request.app[WORLD]
    world.limits.enforced = bool((await parsing.body(request)).get("enforced"))
    return web.json_response({"enforced": world.limits.enforced})


async def sent(request: web.Request) -> web.Response:
    after = parsing.integer(request.query.get("after", 0), "after")
    return web.json_response({"calls": list(request.app[WORLD].call_log.after(after))})


async def clock(request: web.Request) -> web.Response:
    if MOVABLE not in request.app:
        raise ApiError(404, "this clock cannot be moved")
    return web.json_response({"now": request.app[MOVABLE].now().astimezone(SHOWN_ZONE).isoformat()})


async def move_clock(request: web.Request) -> web.Response:
    """Set the clock ({"now": instant with its offset}) or move it on ({"advance": "P1DT2H"})."""
    if MOVABLE not in request.app:
        raise ApiError(404, "this clock cannot be moved")
    wire = await parsing.body(request)
    movable = request.app[MOVABLE]
    if "advance" in wire:
        movable.advance(_duration(str(wire["advance"])))
    else:
        movable.set(_instant(wire))
    return await clock(request)


def _duration(text: str) -> timedelta:
    match = DURATION.fullmatch(text)
    if not match or not any(match.groups()[1:]):
        raise parsing.bad_input("advance is an ISO 8601 duration of weeks, days, hours, minutes, seconds")
    length = timedelta(**{unit: int(match[place] or 0) for place, unit in enumerate(UNITS, start=2)})
    return -length if match[1] else length


def _instant(wire: dict[str, Any]) -> datetime:
    try:
        instant = datetime.fromisoformat(str(wire.get("now")))
    except ValueError:
        raise parsing.bad_input("now is an ISO 8601 instant") from None
    if instant.tzinfo is None:
        raise parsing.bad_input("now needs its offset from UTC")
    return instant
