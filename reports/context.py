"""What actions on reports share: rights, the form, the scope of its figures and their current values."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from accounts.errors import GoneError
from accounts.officials.guard import Guard
from accounts.permissions import Action
from database.engine import UnitOfWork
from kernel.clock import Clock, almaty_date
from kernel.period import Frequency, Period
from oversight.control.store import ControlStore
from registry_data.obligations import ObligationRecord, load_obligations
from registry_data.organisations import Organisation
from registry_data.report_forms import FormRecord, form_codes, load_form
from reports.counting import Counting
from reports.errors import FormUnknownError, ReportPeriodError
from reports.figures import FormFigures, figures_of
from reports.scope import ReportScope, obligation_of, scope_of
from reports.services import ServiceNames
from reports.sheet.reader import ExpectedForm
from reports.store import ReportStore, ReportSubject, ReportVersion

OPERATOR = None  # the command line's user has every right


@dataclass(frozen=True, slots=True)
class ReportContext:
    unit: UnitOfWork
    guard: Guard
    reports: ReportStore
    counting: Counting
    clock: Clock

    @property
    def today(self) -> date:
        return almaty_date(self.clock.now())

    async def check(self, by: int | None, action: Action, subject: ReportSubject) -> FormRecord:
        """The requested form. Raises GoneError, NotAllowedError, FormUnknownError, ReportPeriodError."""
        if by is not OPERATOR:
            await self.guard.check(by, action, subject.organisation)
        period = period_of(subject)
        if period.first > self.today:
            raise ReportPeriodError
        form_of(subject.form)
        await self.obligation(subject)
        return await self.form(subject)

    async def form(self, subject: ReportSubject) -> FormRecord:
        """The form as the body fills it: rows 1 to 9.2 are counted where it records its control events.

        Raises FormUnknownError, ReportPeriodError.
        """
        form = form_of(subject.form)
        if form.recorded is form:
            return form
        since = await ControlStore(self.unit.session).recorded_since(subject.organisation)
        return form if since is None or period_of(subject).first < since else form.recorded

    async def obligation(self, subject: ReportSubject) -> ObligationRecord:
        """The obligation behind the form. Raises GoneError, FormUnknownError."""
        organisation = await self.guard.organisations.get(subject.organisation)
        if organisation is None:
            raise GoneError
        record = obligation_of(subject.form, organisation, own_obligations())
        if record is None:
            raise FormUnknownError
        return record

    async def forms(self, code: str) -> tuple[str, ...]:
        """The forms with a table that the organisation owes. Raises GoneError."""
        organisation = await self.guard.organisations.get(code)
        if organisation is None:
            raise GoneError
        return owed(organisation)

    async def scope(self, subject: ReportSubject) -> ReportScope:
        every = {one.code: one for one in await self.guard.organisations.all()}
        return scope_of(subject.form, subject.organisation, every, own_obligations())

    async def figures(self, form: FormRecord, subject: ReportSubject) -> FormFigures:
        """Current figures from complaints and control events in the organisation's own part."""
        if not any(row.is_computed for row in form.rows):
            return FormFigures()
        scope, now = await self.scope(subject), self.clock.now()
        counted = await self.counting.counted(scope.own, period_of(subject), now)
        control = await self.counting.control(form, scope.own, period_of(subject), now)
        return figures_of(form, counted, control)

    async def expected(self, form: FormRecord, subject: ReportSubject) -> ExpectedForm:
        """What a returned sheet must be."""
        return ExpectedForm(
            form=form,
            organisation=subject.organisation,
            period=subject.period,
            services=await ServiceNames(self.unit.session).slugs(),
        )

    async def current(self, subject: ReportSubject) -> ReportVersion | None:
        """The draft, or else the version handed in."""
        return await self.reports.draft(subject) or await self.reports.handed_in(subject)


@cache
def own_obligations() -> tuple[ObligationRecord, ...]:
    """The registry's obligations, read once per process."""
    return load_obligations()


def owed(organisation: Organisation) -> tuple[str, ...]:
    codes = dict.fromkeys(
        record.form
        for record in own_obligations()
        if record.form and not record.repealed and record.binding_of(organisation.kind, organisation.code)
    )
    return tuple(code for code in codes if code in form_codes())


def form_of(code: str) -> FormRecord:
    """Raises FormUnknownError."""
    if code not in form_codes():
        raise FormUnknownError
    return load_form(code)


def period_of(subject: ReportSubject) -> Period:
    """The quarter. Raises ReportPeriodError."""
    try:
        period = Period.of_code(subject.period)
    except ValueError as error:
        raise ReportPeriodError from error
    if period.every is not Frequency.QUARTER:
        raise ReportPeriodError
    return period
