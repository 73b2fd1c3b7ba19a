"""The public page of complaints' figures, and its data as CSV and JSON: open to anybody."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web
from cachetools import TTLCache

from bot.views.open_data.columns import Names
from bot.views.open_data.files import as_csv, as_json
from bot.views.open_data.page import OpenDataPage, PageWish
from bot.views.public_address import OPEN_DATA_PATH
from database.engine import Database
from kernel.language import Language
from localisation.translations import Translations
from oversight.open_data.store import OpenFiguresStore, QuarterFigures
from registry_data.store import CardRepository, OrganisationRepository

READ_AGAIN_AFTER = timedelta(minutes=1)
_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_ANY_SITE = {"Access-Control-Allow-Origin": "*"}  # data for programs of other sites


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFigures:
    """Everything published, the newest quarter first, and the names to read it by."""

    quarters: Sequence[QuarterFigures]
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenData:
    """Serves the published figures. They are read at most once a minute, however many ask."""

    database: Database
    page: OpenDataPage
    texts: Translations
    read: TTLCache[str, OpenFigures]

    async def show(self, request: web.Request) -> web.Response:
        found = await self._figures()
        language = _language(request)
        wish = PageWish.of(request.query, language)
        body = self.page.render(found.quarters, found.names, wish)
        headers = {**_HEADERS, "Content-Language": language.value, "Vary": "Accept-Language"}
        return web.Response(text=body, content_type="text/html", headers=headers)

    async def csv(self, _: web.Request) -> web.Response:
        found = await self._figures()
        headers = {
            **_HEADERS,
            **_ANY_SITE,
            "Content-Disposition": 'attachment; filename="qyzmet-complaints.csv"',
        }
        return web.Response(
            text=as_csv(found.quarters, found.names), content_type="text/csv", headers=headers
        )

    async def json(self, _: web.Request) -> web.Response:
        found = await self._figures()
        body = as_json(found.quarters, found.names, self.texts)
        return web.Response(text=body, content_type="application/json", headers={**_HEADERS, **_ANY_SITE})

    async def _figures(self) -> OpenFigures:
        kept: OpenFigures | None = self.read.get("")
        if kept is not None:
            return kept
        async with self.database.session() as session:
            bodies = await OrganisationRepository(session).all()
            cards = await CardRepository(session).all_cards()
            names = Names(
                bodies={body.code: body for body in bodies},
                services={card.slug: card.names for card in cards},
            )
            found = OpenFigures(quarters=await OpenFiguresStore(session).all(), names=names)
        self.read[""] = found
        return found


def open_data_routes(database: Database) -> Callable[[web.Application], None]:
    """Registers the page and its two files with the web part."""
    texts = Translations.load()
    lives = READ_AGAIN_AFTER.total_seconds()
    data = OpenData(
        database=database, page=OpenDataPage(texts=texts), texts=texts, read=TTLCache(maxsize=1, ttl=lives)
    )
    answers: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {
        OPEN_DATA_PATH: data.show,
        f"{OPEN_DATA_PATH}/data.csv": data.csv,
        f"{OPEN_DATA_PATH}/data.json": data.json,
    }

    def add(app: web.Application) -> None:
        for path, answer in answers.items():
            app.router.add_get(path, answer)

    return add


def _language(request: web.Request) -> Language:
    """The one asked for, else the first that the browser names and we have, else Kazakh."""
    asked = request.query.get("lang", "")
    spoken = [
        part.split(";")[0].strip()[:2] for part in request.headers.get("Accept-Language", "").split(",")
    ]
    ours = {language.value: language for language in Language}
    return next((ours[one] for one in (asked, *spoken) if one in ours), Language.KK)
