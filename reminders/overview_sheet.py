"""What organisations owe, as an XLSX table and as a picture of who is done and who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reminders.filing import FilingState

MOST_ROWS, MOST_COLUMNS = 40, 16
_FONT = "DejaVu Sans"
_SIGNS = {
    FilingState.NOT_YET: "○",
    FilingState.DUE: "◐",
    FilingState.LATE: "■",
    FilingState.SUBMITTED: "●",
    FilingState.SUBMITTED_LATE: "●!",
    FilingState.WAIVED: "–",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    cells: tuple[str, ...]


def to_xlsx(title: str, head: Sequence[str], rows: Sequence[SheetRow]) -> bytes:
    """A one-sheet workbook; text that looks like a formula stays text."""
    from openpyxl import Workbook  # noqa: PLC0415  it takes a fifth of a second that a start need not pay
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row.cells))
    for line in sheet.iter_rows():
        for cell in line:
            cell.data_type = "s"
            if cell.row == 1:
                cell.font = Font(bold=True)
    for number, name in enumerate(head, start=1):
        longest = max([len(name), *(len(row.cells[number - 1]) for row in rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, 60)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Organisations by due item: `states` by row and column, None where it is not owed."""

    title: str
    legend: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    states: tuple[tuple[FilingState | None, ...], ...]

    def png(self) -> bytes:
        from matplotlib import rc_context  # noqa: PLC0415  importing it takes half a second
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415

        rows, columns = self.rows[:MOST_ROWS], self.columns[:MOST_COLUMNS]
        with rc_context({"font.family": _FONT}):
            figure = Figure(figsize=(11, 3.6 + 0.3 * len(rows)), dpi=110, facecolor="white")
            FigureCanvasAgg(figure)
            axes = figure.subplots()
            axes.set_xlim(-0.5, max(len(columns), 1) - 0.5)
            axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
            axes.set_xticks(range(len(columns)), [_cut(one, 44) for one in columns], rotation=60, ha="left")
            axes.set_yticks(range(len(rows)), [_cut(one, 46) for one in rows])
            axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0, labelsize=7)
            for row, states in enumerate(self.states[:MOST_ROWS]):
                for column, state in enumerate(states[:MOST_COLUMNS]):
                    sign = _SIGNS[state] if state is not None else ""
                    axes.text(column, row, sign, ha="center", va="center", fontsize=9)
            axes.grid(visible=False)
            figure.suptitle(self.title, fontsize=11)
            figure.text(0.5, 0.01, self.legend, ha="center", fontsize=8)
            figure.tight_layout(rect=(0, 0.03, 1, 0.97))
            file = BytesIO()
            figure.savefig(file, format="png")
        return file.getvalue()


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
