"""Who may talk to the simulator: this machine, and no web page but its own."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from simulator.errors import Refusal

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign name for this machine (DNS rebinding) and a foreign page (cross-site requests)."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        return _refused("the simulator answers to the names of this machine only")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return _refused("another site's page may not drive the simulator")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in ("none", "same-origin") and not _is_page(request.path):
        return _refused("another site's page may not drive the simulator")
    try:
        return await handler(request)
    except Refusal as refusal:
        return web.json_response({"description": refusal.description}, status=refusal.code)


def _is_page(path: str) -> bool:
    return path == "/" or path.startswith("/static/")


def _refused(reason: str) -> web.Response:
    return web.json_response({"description": reason}, status=403)
