"""Background work for complaints: notices, file downloads, file erasure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram import Bot

from accounts.cipher import Cipher
from accounts.keys.check import AGAIN_AFTER_S, KeyInUse
from bot.app.reminders import digest_view
from bot.request_context import ReaderContexts
from bot.views.complaints.notices import ComplaintNoticeRenderer
from bot.views.morning.refreshing import MorningRefresher
from complaints.actions.context import ComplaintContext
from complaints.attachments.antivirus import Antivirus
from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.attachments.eraser import Eraser
from complaints.attachments.folder import FileFolder
from complaints.attachments.receiver import AttachmentReceiver
from complaints.audit_seals import EVERY_S, DailySeal
from complaints.jobs import make_jobs
from complaints.refreshing import ComplaintRefresher
from database.engine import Database, UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.downloads.downloader import Downloader
from messaging.outbox.refreshing import Refresh
from messaging.periodic import PeriodicJob
from notifications.tick import NoticeJob

ERASING_S, ORPHANS_S = 10.0, 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintBackground:
    database: Database
    clock: Clock
    catalogue: LiveCatalogue
    cipher: Cipher
    folder: FileFolder
    texts: Translations
    antivirus: Antivirus | None = None

    @property
    def readers(self) -> ReaderContexts:
        return ReaderContexts(texts=self.texts, catalogue=self.catalogue, clock=self.clock)

    @property
    def renderer(self) -> ComplaintNoticeRenderer:
        return ComplaintNoticeRenderer(
            texts=self.texts, catalogue=self.catalogue, clock=self.clock, cipher=self.cipher
        )

    def jobs(self, calendar: LiveCalendar) -> Sequence[NoticeJob]:
        """The complaint jobs of the tick."""
        return make_jobs(calendar, self.renderer)

    def refreshers(self, calendar: LiveCalendar) -> Mapping[str, Refresh]:
        """What makes notices of complaints, and digests, anew as they are sent, by the first word of their
        subjects.
        """
        digests = MorningRefresher(
            calendar=calendar, readers=self.readers, complaints=self.renderer, filings=digest_view(self.texts)
        )
        notices = ComplaintRefresher(calendar=calendar, renderer=self.renderer)
        return {**notices.by_subject(), **digests.by_subject()}

    def periodic_jobs(self, bot: Bot) -> Sequence[PeriodicJob]:
        """Download attachments and erase those no longer needed; seal the logs, keep the key in use."""
        eraser = Eraser(database=self.database, folder=self.folder, clock=self.clock)
        return (
            self._fetcher(bot).as_job("complaint files"),
            PeriodicJob(name="erasing", every_s=ERASING_S, run=eraser.erase_asked),
            PeriodicJob(name="erasing what is left", every_s=ORPHANS_S, run=eraser.erase_left),
            PeriodicJob(
                name="seals", every_s=EVERY_S, run=DailySeal(database=self.database, clock=self.clock).run
            ),
            PeriodicJob(
                name="key in use",
                every_s=AGAIN_AFTER_S,
                run=KeyInUse(database=self.database, clock=self.clock, cipher=self.cipher).run,
            ),
        )

    def _fetcher(self, bot: Bot) -> Downloader[AttachmentDownloadRow]:
        calendar = LiveCalendar(self.clock)

        def make_context(unit: UnitOfWork) -> ComplaintContext:
            return ComplaintContext(unit, self.cipher, self.clock, calendar, self.renderer)

        receiver = AttachmentReceiver(
            cipher=self.cipher,
            database=self.database,
            clock=self.clock,
            folder=self.folder,
            texts=self.texts,
            make_context=make_context,
            antivirus=self.antivirus,
        )
        return Downloader(database=self.database, bot=bot, clock=self.clock, receiver=receiver)
