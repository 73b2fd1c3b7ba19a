"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import secrets

from aiohttp import web

from localgram.arguments import Arguments, read
from localgram.dispatch import ApiResponse, call, record
from localgram.errors import ApiError, unauthorized
from localgram.faults import OrderedFault
from localgram.keys import WORLDS
from localgram.world import TelegramWorld

SERVER_ERRORS = {500: "Internal Server Error", 502: "Bad Gateway"}
HANGING_SECONDS = 3600


def routes() -> list[web.RouteDef]:
    return [
        web.route("*", "/bot{token}/{method:.*}", serve),
        web.get("/file/bot{token}/{path:.+}", download),
    ]


async def serve(request: web.Request) -> web.StreamResponse:
    try:
        world = _named(request)
        arguments = await read(request)
    except ApiError as error:
        return _json(ApiResponse(status=error.code, body=error.as_dict()))
    name = request.match_info["method"]
    fault = world.faults.next_for(name, _chat_of(arguments))
    if fault is None:
        return _json(await call(world, name, arguments))
    return await _faulty(request, world, (name, arguments), fault)


async def download(request: web.Request) -> web.Response:
    try:
        world = _named(request)
    except ApiError as error:
        return _json(ApiResponse(status=error.code, body=error.as_dict()))
    stored = world.files.by_path(request.match_info["path"])
    if stored is None:
        return _json(ApiResponse(status=404, body=ApiError(404, "Not Found").as_dict()))
    return web.Response(body=stored.upload.content, content_type="application/octet-stream")


def _named(request: web.Request) -> TelegramWorld:
    """The bot whose token the address holds; raises a 401 for any other."""
    given = request.match_info["token"].encode()
    for token, world in request.app[WORLDS].items():
        if secrets.compare_digest(given, token.encode()):
            return world
    raise unauthorized()


async def _faulty(
    request: web.Request, world: TelegramWorld, called: tuple[str, Arguments], fault: OrderedFault
) -> web.StreamResponse:
    name, arguments = called
    await asyncio.sleep(HANGING_SECONDS if fault.kind == "hang" else fault.delay)
    if fault.kind == "garbage":
        record(world, name, arguments, 200, fault="garbage")
        return web.Response(text="<html>nginx</html>", content_type="text/html")
    if fault.kind == "status" and fault.status >= 400:
        record(world, name, arguments, fault.status)
        return _json(ApiResponse(status=fault.status, body=_error_of(fault).as_dict()))
    answer = ApiResponse(status=502, body={})
    if fault.kind != "reset":
        answer = await call(world, name, arguments, fault="lost" if fault.kind == "lost" else "")
    if fault.kind in {"lost", "reset"} and request.transport is not None:
        request.transport.abort()
    return _json(answer)


def _chat_of(arguments: Arguments) -> int:
    """The private chat that the call is about; 0 for none."""
    chat = str(arguments.values.get("chat_id"))
    return int(chat) if chat.isdecimal() else 0


def _error_of(fault: OrderedFault) -> ApiError:
    if fault.status == 429:
        seconds = fault.retry_after or 1
        return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    description = fault.description or SERVER_ERRORS.get(fault.status, "Bad Request")
    return ApiError(fault.status, description)


def _json(answer: ApiResponse) -> web.Response:
    return web.json_response(answer.body, status=answer.status)
