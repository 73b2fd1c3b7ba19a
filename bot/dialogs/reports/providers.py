"""Dependencies of the report windows."""

from dishka import Provider, Scope, provide

from bot.views.reports.notifier import CorrectionNotifier
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from reminders.actions import FilingContext, SubmitFiling
from reminders.store import FilingStore, SettingStore
from reports.actions import FillCells, FillRest, OpenReport
from reports.context import ReportContext
from reports.correcting import DecideCorrection
from reports.counting import Counting
from reports.documents.builder import DocumentFiles
from reports.documents.control_papers import ControlPapers
from reports.files import ReportFiles
from reports.handing_in import HandInReport
from reports.store import ReportStore
from reports.uploads.queue import SheetDownloads


class ReportProvider(Provider):
    """Everything shares the update's unit of work."""

    scope = Scope.REQUEST

    reports = provide(ReportStore)
    counting = provide(Counting)
    report_context = provide(ReportContext)
    opening = provide(OpenReport)
    fill = provide(FillCells)
    fill_rest = provide(FillRest)
    decide = provide(DecideCorrection)
    files = provide(ReportFiles)
    documents = provide(DocumentFiles)
    control_papers = provide(ControlPapers)
    notifier = provide(CorrectionNotifier)
    fetches = provide(SheetDownloads)

    @provide
    def hand_in(self, report_context: ReportContext, clock: Clock, calendar: LiveCalendar) -> HandInReport:
        filings = FilingContext(
            report_context.unit,
            report_context.guard,
            FilingStore(report_context.unit.session),
            SettingStore(report_context.unit.session),
            calendar, clock,
        )  # fmt: skip
        return HandInReport(report_context, SubmitFiling(filings))
