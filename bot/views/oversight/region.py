"""A region's figures in words, as a workbook and as pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.request_context import RequestContext
from bot.views.complaints.complaint import kind_name, organisation_name, service_name
from complaints.kinds.kind import ComplaintKind
from kernel.period import Period
from oversight.region.comparison import Compared, Cut, RegionFigures, RegionLines, compared_quarters
from oversight.region.sheet import to_workbook

SHOWN = 15  # rows on a screen; the workbook holds all


@dataclass(frozen=True, slots=True)
class RegionView:
    context: RequestContext
    lines: RegionLines
    quarter: Period

    def name(self, cut: Cut, key: str | None) -> str:
        if cut is Cut.BODY:
            return organisation_name(self.context, key or "")
        if cut is Cut.SERVICE:
            return service_name(self.context, key)
        return kind_name(self.context.language, ComplaintKind(key or ""))

    def rows(self, cut: Cut) -> list[dict[str, Any]]:
        """The first rows for the screen."""
        found = list(self.lines.by(cut).items())[:SHOWN]
        return [{"name": self.name(cut, key), **written(compared)} for key, compared in found]

    def workbook(self) -> bytes:
        columns = [self._quarter(one) for one in compared_quarters(self.quarter)]
        figures = [self._plain(f"figure_{one.name}") for one in fields(RegionFigures)]
        head = [self._plain("head_name"), *(f"{name}, {one}" for one in columns for name in figures)]
        cuts = {self._plain(f"cut_{cut.value}"): self._named(cut) for cut in Cut}
        return to_workbook(self._plain("title", quarter=columns[0]), head, cuts)

    def pictures(self) -> list[tuple[str, bytes]]:
        """(what it shows, PNG): the three quarters, and the bodies with the most late complaints."""
        from reports.documents import plots  # noqa: PLC0415  matplotlib takes a second to load

        total = self.lines.total
        quarters = compared_quarters(self.quarter)
        shown = [(quarters[2], total.year_before), (quarters[1], total.before), (quarters[0], total.quarter)]
        names = (self._plain("figure_received"), self._plain("figure_late"))
        pictures = [
            (
                self._plain("picture_quarters"),
                plots.months(
                    [self._quarter(one) for one, _ in shown],
                    [figures.received for _, figures in shown],
                    [figures.late for _, figures in shown],
                    names,
                ),
            )
        ]
        late = [(key, one.quarter.late) for key, one in self.lines.by(Cut.BODY).items() if one.quarter.late]
        if late:
            labels = [self.name(Cut.BODY, key) for key, _ in late[:SHOWN]]
            title = self._plain("picture_late", quarter=self._quarter(self.quarter))
            pictures.append((title, plots.ranking(labels, [count for _, count in late[:SHOWN]])))
        return pictures

    def _named(self, cut: Cut) -> Mapping[str, Compared]:
        """Two of one name are told apart by their codes."""
        named: dict[str, Compared] = {}
        for key, compared in self.lines.by(cut).items():
            name = self.name(cut, key)
            named[f"{name} ({key})" if name in named else name] = compared
        return {self._plain("all"): self.lines.total, **named}

    def _quarter(self, quarter: Period) -> str:
        return self.context.plain("filings.quarter", year=quarter.year, number=quarter.number)

    def _plain(self, key: str, **values: object) -> str:
        return self.context.plain(f"region.{key}", **values)


def written(compared: Compared) -> dict[str, dict[str, int]]:
    """By figure: the quarter's, the one before's, the year before's."""
    return {
        one.name: {
            "now": getattr(compared.quarter, one.name),
            "before": getattr(compared.before, one.name),
            "year": getattr(compared.year_before, one.name),
        }
        for one in fields(RegionFigures)
    }
