"""The iCalendar feed: served under a secret address, which a button replaces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.guard import Guard
from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from bot.views.filings.listing import Listing
from bot.views.filings.names import FilingNames
from bot.views.public_address import CALENDAR_PATH
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import Clock, almaty_date
from kernel.language import Language
from localisation.translations import Translations
from registry_data.obligations import ObligationRecord, load_obligations
from registry_data.store import OrganisationRepository
from reminders.event_store import EventStore
from reminders.feed_addresses import FeedAddressStore
from reminders.filing import Filing
from reminders.installation import installation_name
from reminders.queries import FilingQueries
from reminders.store import FilingStore

_PAST, _AHEAD = timedelta(days=100), timedelta(days=400)
_LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Serves what the token's owner may see now; any other token gets 404."""

    database: Database
    clock: Clock
    live: LiveCalendar
    names: FilingNames

    async def answer(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        async with self.database.session() as session:
            owner = await FeedAddressStore(session).owner(token) if len(token) <= _LONGEST_TOKEN else None
            if owner is None:
                return web.Response(status=404)
            content = await self._calendar(session, owner)
        headers = {"Cache-Control": "private, max-age=3600"}
        return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=headers)

    async def _calendar(self, session: AsyncSession, owner: int) -> bytes:
        now = self.clock.now()
        today = almaty_date(now)
        person = await PersonStore(session).find(owner)
        listing = Listing(
            names=self.names,
            language=person.reads(Language.KK),
            calendar=await self.live.current(session),
            today=today,
        )
        filings = await _filings(session, owner, today)
        name = self.names.texts.plain(listing.language, "filings.calendar_name")
        return listing.file(filings, name, now, await installation_name(session))


def feed_routes(database: Database, clock: Clock) -> Callable[[web.Application], None]:
    """Registers the feed's route with the web part."""
    obligations: Mapping[str, ObligationRecord] = {one.code: one for one in load_obligations()}
    names = FilingNames(texts=Translations.load(), obligations=obligations)
    feed = Feed(database=database, clock=clock, live=LiveCalendar(clock), names=names)

    def add(app: web.Application) -> None:
        app.router.add_get(CALENDAR_PATH, feed.answer)

    return add


async def _filings(session: AsyncSession, owner: int, today: date) -> list[Filing]:
    guard = Guard(MembershipStore(session), OrganisationRepository(session))
    queries = FilingQueries(guard, FilingStore(session), EventStore(session))
    codes = await queries.own_codes(owner)
    return await queries.filings.of_organisations(codes, today - _PAST, today + _AHEAD)
