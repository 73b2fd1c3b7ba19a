"""An organisation's report together with those of the organisations below it (Order 78 ¶61)."""

from dataclasses import dataclass, replace

from registry_data.report_forms import FormRecord
from reports.context import ReportContext
from reports.filled import FilledForm
from reports.sources import NO_SOURCES, ReportSource, Sources
from reports.store import ReportSubject, ReportVersion
from reports.summing import SummedForm, sum_up


@dataclass(frozen=True, slots=True)
class WholeReports:
    context: ReportContext

    async def now(self, form: FormRecord, subject: ReportSubject, own: FilledForm) -> SummedForm:
        """`own` with what those below have handed in so far."""
        below = (await self.context.scope(subject)).below
        reports = await self.context.reports.handed_in_of(subject.form, subject.period, below)
        found = sum_up(form, own, {code: one.whole for code, one in reports.items()}, below)
        present = tuple(_source(reports[code]) for code in found.counted)
        return replace(found, own=own, sources=Sources(present=present, missing=found.missing))

    async def frozen(self, report: ReportVersion) -> SummedForm:
        """As it was handed in, and which of its sources have another version in force since."""
        sources = report.sources or NO_SOURCES
        codes = [one.organisation for one in sources.present] + list(sources.missing)
        subject = report.subject
        in_force = await self.context.reports.handed_in_of(subject.form, subject.period, codes)
        now = {code: one.number for code, one in in_force.items()}
        then = {one.organisation: one.number for one in sources.present}
        return SummedForm(
            filled=report.whole,
            counted=(subject.organisation, *then),
            missing=sources.missing,
            own=report.filled,
            sources=sources,
            is_frozen=True,
            changed=tuple(code for code in codes if now.get(code) != then.get(code)),
        )

    async def corrected(self, form: FormRecord, old: ReportVersion, own: FilledForm) -> FilledForm | None:
        """What was handed in with another own part: the same sources."""
        if old.sources is None:
            return None
        found = {one.organisation: await self.context.reports.get(one.number) for one in old.sources.present}
        reports = {code: one.whole for code, one in found.items() if one is not None}
        return sum_up(form, own, reports, tuple(reports)).filled


def _source(report: ReportVersion) -> ReportSource:
    assert report.handed_in_on is not None
    return ReportSource(
        organisation=report.subject.organisation,
        number=report.number,
        version=report.version,
        handed_in_on=report.handed_in_on,
    )
