"""The year as a picture: twelve months, days off in grey, due dates marked by shape, not colour alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from reminders.calendar_span import days_of_month
from reminders.filing import FilingState

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONT = "DejaVu Sans"  # bundled with matplotlib, covers every Kazakh letter
MOST_LINES = 5  # below a month
_MARKERS = {
    FilingState.NOT_YET: ("o", "none"),
    FilingState.DUE: ("o", "left"),
    FilingState.LATE: ("s", "full"),
    FilingState.SUBMITTED: ("o", "full"),
    FilingState.SUBMITTED_LATE: ("o", "full"),
    FilingState.WAIVED: ("x", "full"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureDay:
    day: date
    state: FilingState
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPictureTexts:
    """The picture's texts, in the reader's language."""

    title: str
    subtitle: str
    legend: str
    months: Sequence[str]
    weekdays: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPicture:
    year: int
    picture_texts: YearPictureTexts
    due: Sequence[PictureDay]
    is_working: Callable[[date], bool]

    def png(self) -> bytes:
        """The picture as PNG bytes; takes some tenths of a second."""
        from matplotlib import rc_context  # noqa: PLC0415  importing it takes half a second
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415

        with rc_context({"font.family": FONT}):
            figure = Figure(figsize=(10, 13), dpi=110, facecolor="white")
            FigureCanvasAgg(figure)
            figure.suptitle(
                f"{self.picture_texts.title}\n{self.picture_texts.subtitle}", fontsize=13, y=0.985
            )
            axes = figure.subplots(4, 3)
            for month in range(1, 13):
                self._draw(axes[(month - 1) // 3][(month - 1) % 3], month)
            figure.text(0.5, 0.012, self.picture_texts.legend, ha="center", fontsize=10)
            figure.subplots_adjust(left=0.03, right=0.97, top=0.92, bottom=0.04, wspace=0.08, hspace=0.12)
            file = BytesIO()
            figure.savefig(file, format="png")
        return file.getvalue()

    def _draw(self, axes: "Axes", month: int) -> None:
        axes.set_xlim(-0.6, 6.6)
        axes.set_ylim(11.8, -1.6)
        axes.axis("off")
        axes.text(3, -1.1, self.picture_texts.months[month - 1], ha="center", fontsize=11, weight="bold")
        for number, weekday in enumerate(self.picture_texts.weekdays):
            axes.text(number, -0.35, weekday, ha="center", fontsize=7, color="0.35")
        due = self._due_in(month)
        offset = date(self.year, month, 1).weekday()
        for day in days_of_month(self.year, month):
            place = (day.weekday(), ((day.day + offset - 1) // 7 + 0.4) * 1.2)
            self._draw_day(axes, day, place, due.get(day, []))
        self._draw_lines(axes, [one for days in due.values() for one in days])

    def _due_in(self, month: int) -> Mapping[date, list[PictureDay]]:
        found: dict[date, list[PictureDay]] = {}
        for one in sorted(self.due, key=lambda one: one.day):
            if (one.day.year, one.day.month) == (self.year, month):
                found.setdefault(one.day, []).append(one)
        return found

    def _draw_day(
        self, axes: "Axes", day: date, place: tuple[float, float], due: Sequence[PictureDay]
    ) -> None:
        column, row = place
        is_off = not self.is_working(day)
        color, weight = ("0.6" if is_off else "0"), ("bold" if due else "normal")
        axes.text(column, row, str(day.day), ha="center", va="center", fontsize=8, color=color, weight=weight)
        for number, one in enumerate(due[:2]):
            marker, fill = _MARKERS[one.state]
            axes.plot(
                column - 0.34 - 0.2 * number,
                row,
                marker=marker,
                fillstyle=fill,
                color="black",
                markersize=4.5,
                linestyle="none",
            )

    def _draw_lines(self, axes: "Axes", due: Sequence[PictureDay]) -> None:
        for number, one in enumerate(due[:MOST_LINES]):
            text = f"{one.day.day} – {one.label}"
            axes.text(-0.5, 7.9 + 0.75 * number, _cut(text), fontsize=7.5, va="center")
        if len(due) > MOST_LINES:
            axes.text(-0.5, 7.9 + 0.75 * MOST_LINES, f"+{len(due) - MOST_LINES}", fontsize=7.5, va="center")


def _cut(text: str, limit: int = 58) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
