"""A region with two districts, its officials, filings and complaints, on a real database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.guard import Guard
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from complaints.numbers import ComplaintNumber
from complaints.tables import ComplaintRow
from database.engine import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.national import national_calendar
from deadlines.store import LiveCalendar
from kernel.clock import MovableClock
from notifications.deadline_data import calendar_facts
from registry_data.days_off import load_days_off
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.store import ORGANISATIONS, OrganisationRepository, RegistryRepository
from reminders.actions import FilingContext, SubmitFiling
from reminders.plan import DueDates
from reminders.store import FilingStore, NewFiling, SettingStore
from reports.actions import OpenedReport, OpenReport, TakeSheet
from reports.context import ReportContext
from reports.counting import Counting
from reports.derived import completed
from reports.files import ReportFiles
from reports.filled import FilledForm
from reports.handing_in import HandInReport
from reports.store import ReportStore, ReportSubject, ReportVersion
from tests.reports.forms import parsed, typed_cells, written
from tests.reports.forms import subject as on_sheet

REGION, SEMEY, AYAGOZ, AGENCY = (
    "akimat-abai",
    "akimat-abai-semey",
    "akimat-abai-ayagoz",
    "agency-civil-service",
)
OFFICER, HEAD, OF_SEMEY, OF_AYAGOZ, INSPECTOR, STRANGER = 1, 2, 3, 4, 5, 9
QUARTER = "2026Q3"
AFTER = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
numbers = count(1)


def organisation(code: str, kind: OrganisationKind, parent: str | None = None) -> Organisation:
    return Organisation.model_validate(
        {"code": code, "kind": kind, "parent": parent, "names": {"kk": f"{code} kk", "ru": f"{code} ru"}}
    )


BODIES = (
    organisation(REGION, OrganisationKind.AKIMAT_REGION),
    organisation(SEMEY, OrganisationKind.AKIMAT_DISTRICT, REGION),
    organisation(AYAGOZ, OrganisationKind.AKIMAT_DISTRICT, REGION),
    organisation("hall-of-region", OrganisationKind.SUBORDINATE_ORGANISATION, REGION),
    organisation(AGENCY, OrganisationKind.AGENCY),
)
ROLES = (
    (OFFICER, Role.OFFICER, REGION),
    (HEAD, Role.HEAD, REGION),
    (OF_SEMEY, Role.OFFICER, SEMEY),
    (OF_AYAGOZ, Role.OFFICER, AYAGOZ),
    (INSPECTOR, Role.INSPECTOR, AGENCY),
)


def complaint(organisation: str, registered_on: date, **fields: Any) -> ComplaintRow:
    at = datetime(registered_on.year, registered_on.month, registered_on.day, 6, tzinfo=UTC)
    usual: dict[str, Any] = {
        "number": ComplaintNumber(year=2026, serial=next(numbers)).stored,
        "state": "registered", "came_by": "first",
        "origin": "citizen", "entered_at": at, "complainant": "natural", "behalf": "self",
        "service": "birth-registration", "organisation": organisation, "delivery": "office", "kind": "3.1",
        "source": "natural_persons", "rule": "complaint.provider", "registered_at": at,
        "registered_on": registered_on, "due_on": date(2026, 12, 30), "late_after": date(2026, 12, 30),
        "certainty": "decided", "came_on": registered_on, "after_hours": False,
    }  # fmt: skip
    return ComplaintRow(**{**usual, **fields})


@cache
def national() -> WorkCalendar:
    return national_calendar(calendar_facts(load_days_off()))


class HeldCalendar(LiveCalendar):
    """The registry's own calendar, without loading it into the database."""

    async def current(self, _: AsyncSession) -> WorkCalendar:
        return national()


@dataclass(slots=True, kw_only=True)
class ReportScenario:
    unit: UnitOfWork
    clock: MovableClock

    @property
    def session(self) -> AsyncSession:
        return self.unit.session

    @property
    def context(self) -> ReportContext:
        guard = Guard(MembershipStore(self.session), OrganisationRepository(self.session))
        return ReportContext(self.unit, guard, ReportStore(self.session), Counting(self.session), self.clock)

    async def hand_in(self, by: int, subject: ReportSubject, day: date, **more: bool) -> ReportVersion:
        """After a look at what has changed."""
        seen = (await self.handing_in.preview(by, subject)).seen
        return await self.handing_in(by, subject, day, seen=seen, **more)

    @property
    def handing_in(self) -> HandInReport:
        context = self.context
        filings = FilingContext(
            self.unit, context.guard, FilingStore(self.session), SettingStore(self.session),
            HeldCalendar(self.clock), self.clock,
        )  # fmt: skip
        return HandInReport(context, SubmitFiling(filings))

    @property
    def files(self) -> ReportFiles:
        return ReportFiles(self.context, self.session)

    async def found(self) -> None:
        shelf = RegistryRepository(self.session, ORGANISATIONS)
        await shelf.apply(BODIES, await shelf.changes(BODIES), self.clock.now())
        for person, role, code in ROLES:
            one = Membership(
                number=0, telegram_id=person, organisation=code, role=role, joined_at=self.clock.now()
            )
            await MembershipStore(self.session).add(one, None)
        await self.unit.commit()

    async def owes(self, code: str, obligation: str) -> int:
        day = date(2026, 10, 10)
        dates = DueDates(named_on=day, lead_on=date(2026, 10, 9), late_after=day)
        new = NewFiling(
            organisation=code, obligation=obligation, occasion=QUARTER, dates=dates, remind_at=AFTER
        )
        number = await FilingStore(self.session).add(new)
        assert number is not None
        return number

    async def add(self, *complaints: ComplaintRow) -> None:
        self.session.add_all(complaints)
        await self.session.flush()

    async def open(self, by: int | None, subject: ReportSubject) -> OpenedReport:
        return await OpenReport(self.context)(by, subject)

    async def fill(self, by: int, subject: ReportSubject, value: str = "-") -> OpenedReport:
        """Open the form, fill every empty cell with `value`, and send the sheet back."""
        here = await self.open(by, subject)
        return await TakeSheet(self.context)(by, subject, parsed(sheet_of(here, value)))

    async def filed(self, by: int, code: str, value: str = "-") -> None:
        """Fill and hand in on 2 October."""
        subject = subject_of(code)
        done = await self.fill(by, subject, value)
        assert done.faults == ()
        await self.hand_in(by, subject, date(2026, 10, 2))


def subject_of(code: str, form: str = "2-mq", period: str = QUARTER) -> ReportSubject:
    return ReportSubject(form=form, organisation=code, period=period)


def sheet_of(here: OpenedReport, value: str, changed: FilledForm | None = None) -> bytes:
    filled = changed or here.report.filled
    cells = {place: value for place in typed_cells(here.form, filled) if not filled.values.get(place)}
    full = completed(here.form, filled.with_values(cells))
    return written(on_sheet(full, figures=here.report.figures, is_final=False))
