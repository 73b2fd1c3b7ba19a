"""Fetches the noted files from Telegram, one short transaction before each download and one after it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiohttp import ClientError
from sqlalchemy.exc import SQLAlchemyError

from accounts.errors import GoneError
from accounts.store import PersonStore
from bot.complaints.fetching import MOST_ATTEMPTS, Fetches
from bot.complaints.tables import FetchRow
from bot.refusals import refusal
from bot.translations import Translations
from complaints.actions.citizens import AddToComplaint
from complaints.actions.desk import Desk
from complaints.actions.drafting import AttachToDraft
from complaints.attachments.folder import FileFolder, StorageFullError, StoredFile
from complaints.attachments.sniffing import NotFetchedError
from complaints.desk_drafts.actions import AttachToReply
from complaints.store import AttachmentStore, ComplaintStore
from complaints.talk import Words
from database.engine import Database
from database.unit_of_work import JoinedUnitOfWork, UnitOfWork
from deadlines.clock import Clock
from deadlines.errors import DomainError
from notifications import outbox
from notifications.outbox import Letter
from registry_data.schema import Language

PAUSE_S = 0.5
DOWNLOAD_S = 60
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """`desk_of` gives what the actions work with, in a unit of work."""

    database: Database
    bot: Bot
    clock: Clock
    folder: FileFolder
    texts: Translations
    desk_of: Callable[[UnitOfWork], Desk]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def run(self) -> None:
        """Until it is cancelled; a failing database is tried again."""
        while True:
            with suppress(SQLAlchemyError, OSError):
                await self.fetch_due()
            await self.sleep(PAUSE_S)

    async def fetch_due(self) -> None:
        """Fetch what is due now."""
        async with self.database.session() as session:
            if not await Fetches(session, self.clock).is_due():
                return
        async with self.database.unit_of_work() as unit:
            claimed = await Fetches(unit.session, self.clock).claim()
            await unit.commit()
        for row in claimed:
            await self._fetch(row)

    async def _fetch(self, row: FetchRow) -> None:
        try:
            stored = await self.folder.keep(await self._download(row.file_id))
        except StorageFullError as error:
            _log.error("a file could not be kept", fetch=row.id, error=str(error.__cause__))
            await self._give_up(row, error)
        except DomainError as error:
            await self._give_up(row, error)
        except (AiogramError, ClientError, TimeoutError, OSError) as error:
            await self._later(row, error)
        else:
            await self._hand_over(row, stored)

    async def _download(self, file_id: str) -> bytes:
        held = BytesIO()
        async with asyncio.timeout(DOWNLOAD_S):
            await self.bot.download(file_id, destination=held, timeout=DOWNLOAD_S)
        return held.getvalue()

    async def _hand_over(self, row: FetchRow, stored: StoredFile) -> None:
        try:
            async with self.database.unit_of_work() as unit:
                if not await Fetches(unit.session, self.clock).finish(row.id):
                    raise GoneError  # the draft was thrown away meanwhile
                await self._attach(JoinedUnitOfWork(unit), row, stored)
                await unit.commit()
        except DomainError as error:
            await self.folder.remove(stored.name)
            await self._give_up(row, error)

    async def _attach(self, unit: UnitOfWork, row: FetchRow, stored: StoredFile) -> None:
        """To the complaint; to what an official types; to the draft, or to what it has become meanwhile."""
        desk = self.desk_of(unit)
        if row.desk_draft is not None:
            await AttachToReply(desk)(row.desk_draft, stored)
            return
        if row.complaint is not None:
            await AddToComplaint(desk)(row.person, row.complaint, Words(files=(stored,)))
            return
        sent = await ComplaintStore(unit.session).of_draft(row.draft or 0)
        if sent is None:
            await AttachToDraft(desk)(row.person, stored)
        else:
            await AttachmentStore(unit.session).add(stored, self.clock.now(), complaint=sent.id)

    async def _later(self, row: FetchRow, error: Exception) -> None:
        """Try again in a while; a file that Telegram does not know, or that never came, is given up."""
        if row.attempts >= MOST_ATTEMPTS or isinstance(error, TelegramBadRequest):
            await self._give_up(row, NotFetchedError())
            return
        async with self.database.unit_of_work() as unit:
            await Fetches(unit.session, self.clock).try_again(row.id, row.attempts)
            await unit.commit()

    async def _give_up(self, row: FetchRow, error: DomainError) -> None:
        """Say why, once; nobody is told of a file for what is gone."""
        async with self.database.unit_of_work() as unit:
            noted = await Fetches(unit.session, self.clock).finish(row.id)
            if noted and not isinstance(error, GoneError):
                person = await PersonStore(unit.session).find(row.person)
                text = refusal(self.texts, person.reads(Language.KK), error)
                letter = Letter(
                    chat_id=row.person,
                    method="sendMessage",
                    payload={"chat_id": row.person, "text": text},
                )
                await outbox.write(unit.session, [letter], self.clock.now())
            await unit.commit()
