"""The whole bot on the local Telegram, with a clock that is moved, for one talk after the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from localgram.client import SimulatorClient
from localgram.keys import WORLD
from localgram.server import TOKEN, Simulator
from sqlalchemy import ColumnElement, exists, or_, select

from accounts.cipher import Cipher, make_key
from accounts.officials.membership import Membership
from accounts.officials.store import ConnectionStore, MembershipStore
from accounts.officials.tables import ConnectionRow
from accounts.person import PersonStore
from accounts.roles import STAFF
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import ready_database
from cli.talks.chat import TalkChat
from cli.talks.clean import CleanDatabase
from cli.talks.script import TalkPerson
from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.attachments.folder import FileFolder
from database.engine import Database, UnitOfWork
from kernel.clock import MovableClock, SystemClock
from kernel.language import Language
from knowledge.catalogue import Catalogue, LiveCatalogue
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.tables import IS_UNHANDLED
from messaging.outbox.tables import IS_OPEN, OutboxRow
from reports.uploads.tables import SheetDownloadRow

SETTLING_S = 30.0
_NEVER_S = timedelta(days=365).total_seconds()  # the tick runs when the clock is moved
_LOOK_EVERY_S = 0.01
_CALL_EVERY = 5  # looks, until delivery is called to what waits for its next poll


class NoOrganisationError(Exception):
    """The registry has no organisation of this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    clean: CleanDatabase
    clock: MovableClock
    simulator: Simulator
    client: SimulatorClient
    runner: InboxRunner
    catalogue: Catalogue

    @property
    def database(self) -> Database:
        return self.clean.database

    async def clear(self, at: datetime) -> None:
        """Nobody has ever written to the bot, and it is `at` (aware)."""
        with suppress(TimeoutError):  # a talk that failed may have left something
            await self.settle()
        self.simulator.app[WORLD].updates.clear()
        await self.clean.put_back()
        self.clock.set(at)

    async def enter(self, person: TalkPerson, language: Language) -> TalkChat:
        """Somebody who has not written yet; an official has chosen the language and holds the role."""
        spoken = person.language or language
        newcomer = await self.client.person(language_code=spoken.value)
        if person.role is not None:
            await self._appoint(newcomer.number, person, spoken)
        return TalkChat(person=newcomer, language=spoken)

    async def advance(self, by: timedelta) -> None:
        self.clock.advance(by)
        await self.runner.run_periodic_jobs()

    async def settle(self) -> None:
        """Wait until the bot has nothing to do. Raises TimeoutError."""
        async with asyncio.timeout(SETTLING_S):
            looks = 0
            while await self._is_busy():
                looks += 1
                if looks % _CALL_EVERY == 0:
                    await self.runner.delivery.poll()
                await asyncio.sleep(_LOOK_EVERY_S)

    async def _is_busy(self) -> bool:
        """Whether an update is unhandled, a message that is due was not tried, or a file not fetched."""
        if self.simulator.waiting_updates:
            return True
        async with self.database.session() as session:
            return bool(await session.scalar(select(or_(*self._open_work()))))

    def _open_work(self) -> list[ColumnElement[bool]]:
        now = self.clock.now()
        due = or_(OutboxRow.update_id.is_not(None), OutboxRow.send_at <= now)
        untried = exists().where(IS_OPEN, OutboxRow.attempts == 0, due)
        # One that is being read is leased, with a later `try_at`; nothing here makes a download fail.
        files = [select(table.id).exists() for table in (AttachmentDownloadRow, SheetDownloadRow)]
        return [exists().where(IS_UNHANDLED), untried, *files]

    async def _appoint(self, number: int, person: TalkPerson, language: Language) -> None:
        """Telegram lets the bot write to this person, who has pressed START some day."""
        self.simulator.app[WORLD].people[number].started = True
        now = self.clock.now()
        async with self.database.unit_of_work() as unit:
            await PersonStore(unit.session).keep_language(number, language, now)
            await self._give_role(unit, number, person)
            await unit.commit()

    async def _give_role(self, unit: UnitOfWork, number: int, person: TalkPerson) -> None:
        assert person.role is not None
        organisation = person.organisation or next(iter(self.catalogue.organisations))
        if organisation not in self.catalogue.organisations:
            raise NoOrganisationError(f"no organisation {organisation}: qyzmet organisations list")
        now = self.clock.now()
        membership = Membership(
            number=0, telegram_id=number, organisation=organisation, role=person.role, joined_at=now
        )
        await MembershipStore(unit.session).add(membership, None)
        connections = ConnectionStore(unit.session)
        if person.role in STAFF and await connections.of(organisation) is None:
            row = ConnectionRow(organisation=organisation, accepted_by=number, accepted_at=now, text="…")
            await connections.add(row)


@asynccontextmanager
async def open_stage(url: str | None) -> AsyncIterator[Stage]:
    """One bot until the block exits, on a database of its own that is then gone, or on that of `url`.

    Raises UsedDatabaseError.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="qyzmet-talks-")))
        clock = MovableClock(SystemClock())
        database = await stack.enter_async_context(
            ready_database(url or f"sqlite:///{folder / 'talks.sqlite3'}", clock)
        )
        clean = await CleanDatabase.of(database, folder)
        stack.push_async_callback(clean.put_back)
        simulator = await stack.enter_async_context(Simulator(clock=clock, movable=clock))
        resources = AppResources(
            database=database,
            clock=clock,
            catalogue=LiveCatalogue(),
            cipher=Cipher.of(make_key()),
            files=FileFolder(folder / "files"),
        )
        runner = await stack.enter_async_context(running_bot(resources, _settings(simulator)))
        client = await stack.enter_async_context(SimulatorClient(simulator.url))
        async with database.session() as session:
            catalogue = await resources.catalogue.current(session)
        yield Stage(
            clean=clean,
            clock=clock,
            simulator=simulator,
            client=client,
            runner=runner,
            catalogue=catalogue,
        )


def _settings(simulator: Simulator) -> BotSettings:
    inbox = InboxSettings(poll_wait_s=10, workers=4, messages_per_second=None, polling_interval_s=1.0)
    return BotSettings(token=TOKEN, api_url=simulator.url, inbox=inbox, tick_interval_s=_NEVER_S)
