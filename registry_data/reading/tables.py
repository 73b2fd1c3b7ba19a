"""Tables of the main requirements in an act's blocks; one may go on in a further table or file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from registry_data.reading.blocks import Block, Cell, Lines, Table, TextLine
from registry_data.reading.labels import FACTS, Requirement, field_of, is_number
from registry_data.reading.letters import is_kazakh
from registry_data.reading.ways import channels_of

FEWEST_ITEMS = 4
BEFORE = 14  # paragraphs above a table that may name its service


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementRow:
    """A row by its label: `lines` are its value."""

    field: Requirement
    label: str
    lines: Lines

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementTable:
    """One service's table: `captions` are its rows over all columns, `above` the paragraphs before it."""

    rows: tuple[RequirementRow, ...]
    captions: Lines = ()
    above: tuple[TextLine, ...] = field(default=())
    unknown: tuple[tuple[str, Lines], ...] = ()

    @property
    def kazakh(self) -> bool:
        return is_kazakh(" ".join(row.label for row in self.rows))

    def row(self, wanted: Requirement) -> RequirementRow | None:
        """The item's row; its value is joined where the label repeats."""
        found = [row for row in self.rows if row.field is wanted]
        if not found:
            return None
        return replace(found[0], lines=tuple(line for row in found for line in row.lines))


def requirement_tables(blocks: Iterable[Block]) -> list[RequirementTable]:
    """Every requirement table, in order."""
    found: list[RequirementTable] = []
    above: list[TextLine] = []
    for block in blocks:
        if isinstance(block, TextLine):
            above.append(block)
            continue
        table = _requirements(block, tuple(above[-BEFORE:]))
        held = {row.field for row in table.rows} & set(FACTS)
        if found and held and not table.captions and _goes_on(found[-1], held):
            found[-1] = _joined(found[-1], table)
        elif len(held) >= FEWEST_ITEMS or (held and Requirement.PROVIDER in held and len(held) > 1):
            found.append(table)
        above = []
    return [_relabelled(table) for table in found if len({row.field for row in table.rows}) >= FEWEST_ITEMS]


def _goes_on(before: RequirementTable, held: set[Requirement]) -> bool:
    """Whether the items of a table without a caption are those that the one before still lacks."""
    had = {row.field for row in before.rows} & set(FACTS)
    return not had & held and Requirement.PROVIDER in had


def _joined(one: RequirementTable, other: RequirementTable) -> RequirementTable:
    return replace(one, rows=one.rows + other.rows, unknown=one.unknown + other.unknown)


def _requirements(table: Table, above: tuple[TextLine, ...]) -> RequirementTable:
    rows: list[RequirementRow] = []
    captions: list[str] = []
    unknown: list[tuple[str, Lines]] = []
    spanning = 0
    for row in table.rows:
        filled = [cell for cell in row if cell.lines]
        named = _labelled(filled)
        spanning -= 1
        if named is not None:
            rows.append(named)
            spanning = max((cell.rowspan for cell in row), default=1)
        elif spanning > 0 and rows and filled:
            rows[-1] = replace(rows[-1], lines=rows[-1].lines + tuple(_values(filled)))
        elif len(filled) == 1 and not is_number(filled[0].text) and not rows:
            captions.extend(filled[0].lines)
        elif len(filled) == 1 and rows and not is_number(filled[0].text) and len(row) < 3:
            rows[-1] = replace(rows[-1], lines=rows[-1].lines + filled[0].lines)
        elif len(filled) > 1 and rows:
            label, *values = [cell for cell in filled if not is_number(cell.text)] or filled
            unknown.append((label.text, tuple(_values(values))))
    return RequirementTable(rows=tuple(rows), captions=tuple(captions), above=above, unknown=tuple(unknown))


def _labelled(cells: Sequence[Cell]) -> RequirementRow | None:
    for place, cell in enumerate(cells[:3]):
        if is_number(cell.text):
            continue
        if place == len(cells) - 1:
            return None
        found = field_of(cell.text)
        if found is None:
            return None
        return RequirementRow(field=found, label=cell.text, lines=tuple(_values(cells[place + 1 :])))
    return None


def _values(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        yield from cell.lines


def _relabelled(table: RequirementTable) -> RequirementTable:
    """A label that wrongly repeats: what stands where the ways should, and tells ways, is the ways."""
    fields = [row.field for row in table.rows]
    if Requirement.CHANNELS in fields or fields.count(Requirement.TERM) < 2:
        return table
    place = fields.index(Requirement.TERM)
    row = table.rows[place]
    if not channels_of(row.lines).found:
        return table
    rows = (*table.rows[:place], replace(row, field=Requirement.CHANNELS), *table.rows[place + 1 :])
    return replace(table, rows=rows)
