"""Restricts access to this machine and to the simulator's own page."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from localgram.errors import ApiError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Reject foreign host names (DNS rebinding) and cross-site requests."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        return _forbidden("the simulator answers to the names of this machine only")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return _forbidden("another site's page may not drive the simulator")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in ("none", "same-origin") and not _is_page(request.path):
        return _forbidden("another site's page may not drive the simulator")
    try:
        return await handler(request)
    except ApiError as error:
        return web.json_response({"description": error.description}, status=error.code)


def _is_page(path: str) -> bool:
    return path == "/" or path.startswith("/static/")


def _forbidden(reason: str) -> web.Response:
    return web.json_response({"description": reason}, status=403)
