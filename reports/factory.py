"""The use cases of reports put together on one unit of work, for whoever has no container of dependencies."""

from accounts.officials.guard import Guard
from accounts.officials.store import MembershipStore
from database.engine import UnitOfWork
from kernel.clock import Clock
from registry_data.store import OrganisationRepository
from reports.context import ReportContext
from reports.counting import Counting
from reports.documents.builder import DocumentFiles
from reports.files import ReportFiles
from reports.store import ReportStore


def make_context(unit: UnitOfWork, clock: Clock) -> ReportContext:
    guard = Guard(MembershipStore(unit.session), OrganisationRepository(unit.session))
    return ReportContext(unit, guard, ReportStore(unit.session), Counting(unit.session), clock)


def make_files(unit: UnitOfWork, clock: Clock) -> ReportFiles:
    return ReportFiles(make_context(unit, clock), unit.session)


def make_documents(unit: UnitOfWork, clock: Clock) -> DocumentFiles:
    return DocumentFiles(make_context(unit, clock), unit.session)
