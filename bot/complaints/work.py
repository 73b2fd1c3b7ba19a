"""What runs for complaints beside the updates: notices, files on their way, files to be erased."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram import Bot

from accounts.cipher import Cipher
from bot.catalogue import LiveCatalogue
from bot.complaints.erasing import Eraser
from bot.complaints.tables import FetchRow
from bot.complaints.taker import FileTaker
from bot.complaints.words import TellingWords
from bot.downloads.fetcher import Fetcher
from bot.translations import Translations
from complaints.actions.desk import Desk
from complaints.attachments.folder import FileFolder
from complaints.jobs import make_jobs
from database.engine import Database
from database.unit_of_work import UnitOfWork
from deadlines.clock import Clock
from deadlines.queries import LiveCalendar
from messaging.periodic import PeriodicJob
from notifications.tick import Job

ERASING_S, LEFT_S = 10.0, 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWork:
    database: Database
    clock: Clock
    catalogue: LiveCatalogue
    cipher: Cipher
    folder: FileFolder
    texts: Translations

    @property
    def words(self) -> TellingWords:
        return TellingWords(texts=self.texts, catalogue=self.catalogue, clock=self.clock, cipher=self.cipher)

    def jobs(self, calendar: LiveCalendar) -> Sequence[Job]:
        """What the tick does for complaints."""
        return make_jobs(calendar, self.words)

    def periodic_jobs(self, bot: Bot) -> Sequence[PeriodicJob]:
        """Fetch files, and erase those that nothing needs any more."""
        eraser = Eraser(database=self.database, folder=self.folder, clock=self.clock)
        return (
            self._fetcher(bot).as_job("complaint files"),
            PeriodicJob(name="erasing", every_s=ERASING_S, run=eraser.erase_asked),
            PeriodicJob(name="erasing what is left", every_s=LEFT_S, run=eraser.erase_left),
        )

    def _fetcher(self, bot: Bot) -> Fetcher[FetchRow]:
        calendar = LiveCalendar(self.clock)

        def desk_of(unit: UnitOfWork) -> Desk:
            return Desk(unit, self.cipher, self.clock, calendar, self.words)

        taker = FileTaker(
            database=self.database,
            clock=self.clock,
            folder=self.folder,
            texts=self.texts,
            desk_of=desk_of,
        )
        return Fetcher(database=self.database, bot=bot, clock=self.clock, taker=taker)
