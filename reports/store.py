"""Reports in the database. Never commits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from reports.figures import FormFigures
from reports.filled import FilledForm
from reports.sources import Sources
from reports.tables import ReportRow


class ReportState(StrEnum):
    DRAFT = "draft"
    HANDED_IN = "handed_in"
    ASKED = "asked"  # the Agency is asked to correct
    REFUSED = "refused"
    REOPENED = "reopened"  # handed in by mistake; the draft after it goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubject:
    """Identifies a report: a form of an organisation for a period ("2026Q3")."""

    form: str
    organisation: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """One version. `handed_in_at` is aware; `handed_in_on` is the day on the filing.

    `shown`: the figures that the official saw last. `total`: what was handed in with the reports of those
    below, named by `sources`; None where nobody hands in to the organisation. `refusal`: the Agency's reason.
    """

    number: int
    subject: ReportSubject
    version: int
    state: ReportState
    filled: FilledForm
    figures: FormFigures
    changed_by: int | None = None
    handed_in_by: int | None = None
    handed_in_at: datetime | None = None
    handed_in_on: date | None = None
    corrects: int | None = None
    materials: str | None = None
    shown: FormFigures | None = None
    total: FilledForm | None = None
    sources: Sources | None = None
    refusal: str | None = None
    made_by: int | None = None
    made_at: datetime | None = None
    decided_at: datetime | None = None

    @property
    def whole(self) -> FilledForm:
        """What was handed in: the organisation's own part with those of the reports below it."""
        return self.total or self.filled

    def with_filled(self, filled: FilledForm, figures: FormFigures) -> "ReportVersion":
        return replace(self, filled=filled, figures=figures)


@dataclass(frozen=True, slots=True)
class ReportStore:
    session: AsyncSession

    async def draft(self, subject: ReportSubject) -> ReportVersion | None:
        """The version being filled."""
        return await self._one(self._of(subject).where(ReportRow.state == ReportState.DRAFT.value))

    async def handed_in(self, subject: ReportSubject) -> ReportVersion | None:
        """The version in force: the newest one handed in or corrected."""
        return await self._one(self._of(subject).where(ReportRow.state == ReportState.HANDED_IN.value))

    async def get(self, number: int, *, lock: bool = False) -> ReportVersion | None:
        query = select(ReportRow).where(ReportRow.id == number)
        return await self._one(query.with_for_update() if lock else query)

    async def versions(self, subject: ReportSubject) -> list[ReportVersion]:
        """Every version, newest first."""
        return [_report(row) for row in await self.session.scalars(self._of(subject))]

    async def asked(self) -> list[ReportVersion]:
        """Correction requests waiting for the Agency, oldest first."""
        query = select(ReportRow).where(ReportRow.state == ReportState.ASKED.value).order_by(ReportRow.id)
        return [_report(row) for row in await self.session.scalars(query)]

    async def handed_in_of(self, form: str, period: str, codes: Iterable[str]) -> dict[str, ReportVersion]:
        """The versions in force of many organisations, by code."""
        query = (
            select(ReportRow)
            .where(
                ReportRow.form == form,
                ReportRow.period == period,
                ReportRow.organisation.in_(list(codes)),
                ReportRow.state == ReportState.HANDED_IN.value,
            )
            .order_by(ReportRow.version)
        )
        return {row.organisation: _report(row) for row in await self.session.scalars(query)}

    async def add(self, report: ReportVersion, by: int | None, at: datetime) -> ReportVersion | None:
        """Insert a version; None if a concurrent process has created it."""
        made = insert_into(self.session, ReportRow).values(
            form=report.subject.form,
            organisation=report.subject.organisation,
            period=report.subject.period,
            version=report.version,
            state=report.state.value,
            body=report.filled.document(),
            figures=report.figures.document(),
            corrects=report.corrects,
            shown=None if report.shown is None else report.shown.document(),
            total=None if report.total is None else report.total.document(),
            sources=None if report.sources is None else report.sources.document(),
            made_by=by,
            made_at=at,
            changed_by=by,
            changed_at=at,
        )
        number = await self.session.scalar(made.on_conflict_do_nothing().returning(ReportRow.id))
        return None if number is None else replace(report, number=number)

    async def keep(self, report: ReportVersion, by: int | None, at: datetime) -> None:
        """Store the form's content."""
        await self.change(
            report.number,
            body=report.filled.document(),
            figures=report.figures.document(),
            changed_by=by,
            changed_at=at,
        )

    async def change(self, number: int, /, **values: Any) -> None:
        await self.session.execute(update(ReportRow).where(ReportRow.id == number).values(**values))

    def _of(self, subject: ReportSubject) -> Select[ReportRow]:
        return (
            select(ReportRow)
            .where(
                ReportRow.form == subject.form,
                ReportRow.period == subject.period,
                ReportRow.organisation == subject.organisation,
            )
            .order_by(ReportRow.version.desc())
            .execution_options(populate_existing=True)
        )

    async def _one(self, query: Select[ReportRow]) -> ReportVersion | None:
        row = await self.session.scalar(query.limit(1).execution_options(populate_existing=True))
        return None if row is None else _report(row)


def _report(row: ReportRow) -> ReportVersion:
    subject = ReportSubject(form=row.form, organisation=row.organisation, period=row.period)
    names = (row.form, row.organisation, row.period)
    return ReportVersion(
        number=row.id,
        subject=subject,
        version=row.version,
        state=ReportState(row.state),
        filled=FilledForm.of_document(row.body, *names),
        figures=FormFigures.of_document(row.figures),
        changed_by=row.changed_by,
        handed_in_by=row.handed_in_by,
        handed_in_at=row.handed_in_at,
        handed_in_on=row.handed_in_on,
        corrects=row.corrects,
        materials=row.materials,
        shown=None if row.shown is None else FormFigures.of_document(row.shown),
        total=None if row.total is None else FilledForm.of_document(row.total, *names),
        sources=None if row.sources is None else Sources.of_document(row.sources),
        refusal=row.refusal,
        made_by=row.made_by,
        made_at=row.made_at,
        decided_at=row.decided_at,
    )
