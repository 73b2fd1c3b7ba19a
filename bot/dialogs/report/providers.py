"""What the windows of reports are given."""

from dishka import Provider, Scope, provide

from bot.reporting.fetching import SheetFetches
from deadlines.clock import Clock
from deadlines.queries import LiveCalendar
from reminders.actions import Desk as FilingDesk
from reminders.actions import Submit
from reminders.store import FilingStore, SettingStore
from reports.actions import FillCells, HandIn, OpenReport
from reports.correcting import DecideCorrection
from reports.counting import Counting
from reports.desk import ReportDesk
from reports.files import ReportFiles
from reports.papers.making import PaperFiles
from reports.store import ReportStore


class ReportProvider(Provider):
    """Everything works in the update's unit of work."""

    scope = Scope.REQUEST

    reports = provide(ReportStore)
    counting = provide(Counting)
    desk = provide(ReportDesk)
    opening = provide(OpenReport)
    fill = provide(FillCells)
    decide = provide(DecideCorrection)
    files = provide(ReportFiles)
    papers = provide(PaperFiles)
    fetches = provide(SheetFetches)

    @provide
    def hand_in(self, desk: ReportDesk, clock: Clock, calendar: LiveCalendar) -> HandIn:
        filings = FilingDesk(
            desk.unit, desk.guard, FilingStore(desk.unit.session), SettingStore(desk.unit.session),
            calendar, clock,
        )  # fmt: skip
        return HandIn(desk, Submit(filings))
