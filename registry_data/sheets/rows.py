"""Parse rows of a sheet into cards; a fault names line, column letter and header."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from registry_data.acts import Act
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.load import CardsRead, card_of
from registry_data.schema import ServiceCard
from registry_data.sheets.cells import unguard
from registry_data.sheets.columns import COLUMNS, LEGAL_BASIS, fields_of, missing_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """The cells of one row as text; `line` counts from 1, as in spreadsheets.

    `refused`: rejected cells by column (from 1), with the reason.
    """

    line: int
    cells: Sequence[str]
    refused: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The column names, left to right."""

    file: str
    line: int
    names: tuple[str, ...]

    def place(self, line: int, key: str) -> str:
        """The location of `key` ("documents.0.when.kk"): "line 7, column K (documents.when.kk)"."""
        path = [part for part in key.split(".") if part and not part.isdigit()]
        for length in range(len(path), 0, -1):
            wanted = ".".join(path[:length])
            for number, name in enumerate(self.names, start=1):
                if name == wanted or name.startswith(f"{wanted}."):
                    return cell_place(line, number, name)
        return f"line {line}"


def cell_place(line: int, column: int, name: str = "") -> str:
    """The location in spreadsheet notation; both numbers count from 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  lazy: openpyxl takes 0.2 s to import

    named = f" ({name})" if name else ""
    return f"line {line}, column {get_column_letter(column)}{named}"


def read_rows(
    file: str, rows: Iterable[TableRow], acts: Iterable[Act], present: Iterable[ServiceCard] = ()
) -> CardsRead:
    """The cards of a sheet whose first row is the header; `present` are those that they replace.

    Raises FaultsError with the faults of all rows.
    """
    replaced = {card.slug: card for card in present}
    known = {act.key: act for act in acts}
    cards: list[ServiceCard] = []
    lines: dict[str, int] = {}
    filled = (row for row in rows if not row.is_blank)
    header = header_of(file, next(filled, None), {*COLUMNS, *LEGAL_BASIS})
    need_columns(header, missing_columns(header.names))
    with FaultCollector() as collector:
        for row in filled:
            with collector.part():
                card = _card(header, row, known, replaced)
                first = lines.setdefault(card.slug, row.line)
                if first != row.line:
                    reason = f"the slug {card.slug} is in line {first} already"
                    raise FaultsError((Fault(file=file, key=header.place(row.line, "slug"), reason=reason),))
                cards.append(card)
    return CardsRead(cards=tuple(cards), acts=tuple(known.values()))


def header_of(file: str, row: TableRow | None, known: Collection[str]) -> Header:
    """Parse the header row, which may contain `known` columns. Raises FaultsError."""
    if row is None:
        raise FaultsError((Fault(file=file, key="", reason="there is no header row"),))
    header = Header(file=file, line=row.line, names=tuple(cell.strip() for cell in row.cells))
    if faults := tuple(_header_faults(header, known)):
        raise FaultsError(faults)
    return header


def need_columns(header: Header, missing: Iterable[str]) -> None:
    """Raises FaultsError if `missing` is not empty."""
    place = f"line {header.line}"
    if faults := tuple(
        Fault(file=header.file, key=place, reason=f"the column {name} is wanted here") for name in missing
    ):
        raise FaultsError(faults)


def _header_faults(header: Header, known: Collection[str]) -> Iterator[Fault]:
    for number, name in enumerate(header.names, start=1):
        place = cell_place(header.line, number, name)
        if name and name not in known:
            yield Fault(file=header.file, key=place, reason="there is no such column")
        if name and name in header.names[: number - 1]:
            yield Fault(file=header.file, key=place, reason="this column occurs twice")


def cells_of(header: Header, row: TableRow) -> dict[str, str]:
    """The filled cells by column. Raises FaultsError for rejected cells."""
    if faults := tuple(_cell_faults(header, row)):
        raise FaultsError(faults)
    return {
        name: unguard(cell)
        for name, cell in zip(header.names, row.cells, strict=False)
        if name and cell.strip()
    }


def _card(
    header: Header, row: TableRow, acts: dict[str, Act], replaced: Mapping[str, ServiceCard]
) -> ServiceCard:
    cells = cells_of(header, row)
    try:
        return card_of(header.file, fields_of(cells), acts, replaced.get(cells.get("slug", "")))
    except FaultsError as error:
        placed = (replace(fault, key=header.place(row.line, fault.key)) for fault in error.faults)
        raise FaultsError(tuple(placed)) from error


def _cell_faults(header: Header, row: TableRow) -> Iterator[Fault]:
    names = dict(enumerate(header.names, start=1))
    for number, cell in enumerate(row.cells, start=1):
        place = cell_place(row.line, number, names.get(number, ""))
        if number in row.refused:
            yield Fault(file=header.file, key=place, reason=row.refused[number])
        elif cell.strip() and not names.get(number):
            yield Fault(file=header.file, key=place, reason="this cell is under no header")
