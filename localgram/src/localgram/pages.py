"""The chat page and its assets, from the package."""

from pathlib import Path

from aiohttp import web

from localgram.errors import ApiError

FOLDER = (Path(__file__).parent / "page").resolve()
POLICY = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def routes() -> list[web.RouteDef]:
    return [web.get("/", index), web.get("/static/{path:.+}", asset)]


async def index(_request: web.Request) -> web.FileResponse:
    return _file("index.html")


async def asset(request: web.Request) -> web.FileResponse:
    return _file(request.match_info["path"])


def _file(name: str) -> web.FileResponse:
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER) or not path.is_file():
        raise ApiError(404, "no such page")
    return web.FileResponse(path, headers=HEADERS)
