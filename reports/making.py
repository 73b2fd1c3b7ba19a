"""The use cases of reports put together on one unit of work, for whoever has no container of dependencies."""

from accounts.officials.guard import Guard
from accounts.officials.store import MembershipStore
from accounts.organisations import OrganisationQueries
from database.unit_of_work import UnitOfWork
from deadlines.clock import Clock
from reports.counting import Counting
from reports.desk import ReportDesk
from reports.files import ReportFiles
from reports.papers.making import PaperFiles
from reports.store import ReportStore


def make_desk(unit: UnitOfWork, clock: Clock) -> ReportDesk:
    guard = Guard(MembershipStore(unit.session), OrganisationQueries(unit.session))
    return ReportDesk(unit, guard, ReportStore(unit.session), Counting(unit.session), clock)


def make_files(unit: UnitOfWork, clock: Clock) -> ReportFiles:
    return ReportFiles(make_desk(unit, clock), unit.session)


def make_papers(unit: UnitOfWork, clock: Clock) -> PaperFiles:
    return PaperFiles(make_desk(unit, clock), unit.session)
