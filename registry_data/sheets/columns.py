"""Convert a card to a row of a sheet and back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from registry_data.schema import ServiceCard
from registry_data.sheets.cells import EMPTY_LIST, join, split

_TEXT = ("kk", "ru", "en")
_ITEM = (*_TEXT, *(f"when.{language}" for language in _TEXT))
_LISTS = ("recipients", "channels", "forms", "aliases.kk", "aliases.ru", "aliases.en", "source")
_GROUPS = {
    "term": ("amount", "unit", *(f"when.{language}" for language in _TEXT)),
    "fee": (
        *("mrp", "kzt", "percent"),
        *(f"{part}.{language}" for part in ("what", "when") for language in _TEXT),
    ),
    **dict.fromkeys(("documents", "refusal_grounds", "disability"), _ITEM),
    **dict.fromkeys(("amount", "age", "eligibility"), (*_ITEM, "act", "point", "source")),
}
_TEXTS = frozenset({"names", "label", "aliases", "provider", "result", "schedule", "lapsed"})

# What an imported card may have instead of `act` and `version`
LEGAL_BASIS = tuple(
    f"legal_basis.{field}"
    for field in ("title.kk", "title.ru", "title.en", "number", "date", "url", "version")
)


def _columns() -> Iterator[str]:
    for field in ServiceCard.model_fields:
        if field in _GROUPS:
            yield from (f"{field}.{part}" for part in _GROUPS[field])
        elif field in _TEXTS:
            yield from (f"{field}.{language}" for language in _TEXT)
        else:
            yield field


COLUMNS = tuple(_columns())


def row_of(card: ServiceCard) -> dict[str, str]:
    """The card's cells by column, in the order of `COLUMNS`, not guarded yet; absent facts are empty."""
    body = card.model_dump(mode="json", exclude_none=True)
    row = dict.fromkeys(COLUMNS, "")
    for field, value in body.items():
        if field in _GROUPS:
            row |= _group_cells(field, value)
        elif field in _TEXTS:
            row |= {f"{field}.{part}": _cell(one) for part, one in value.items()}
        else:
            row[field] = _cell(value)
    for aliases in ("aliases.kk", "aliases.ru", "aliases.en"):
        row[aliases] = "" if row[aliases] == EMPTY_LIST else row[aliases]
    return row


def fields_of(row: Mapping[str, str]) -> dict[str, Any]:
    """A card's raw fields, as from YAML, parsed from its cells; empty cells are skipped."""
    filled = {column: cell for column, cell in row.items() if cell}
    fields: dict[str, Any] = {
        field: group for field in _GROUPS if (group := _group(field, filled)) is not None
    }
    for column, cell in filled.items():
        if column.partition(".")[0] not in _GROUPS:
            set_path(fields, column, _value(column, cell))
    return fields


def _cell(value: Any) -> str:
    return join([str(one) for one in value]) if isinstance(value, list) else join([str(value)])


def _value(column: str, cell: str) -> Any:
    if column not in _LISTS:
        return "\n".join(line or "" for line in split(cell)) if cell != EMPTY_LIST else cell
    values = [value for value in split(cell) if value is not None]
    return values[0] if column == "source" and len(values) == 1 else values


def _group_cells(field: str, entries: list[dict[str, Any]]) -> dict[str, str]:
    flat = [dict(_flat(entry)) for entry in entries]
    lines = {part: [_line(entry.get(part)) for entry in flat] for part in _GROUPS[field]}
    return {f"{field}.{part}": join(values) for part, values in lines.items()}


def _line(value: Any) -> str | None:
    return None if value is None else str(value)


def _flat(entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{part}", one) for part, one in value.items())
        else:
            yield name, value


def _group(field: str, filled: Mapping[str, str]) -> list[dict[str, Any]] | None:
    """The entries of a group, or None if all its cells are empty."""
    cells = {part: filled[f"{field}.{part}"] for part in _GROUPS[field] if f"{field}.{part}" in filled}
    if not cells:
        return None
    lines = {part: split(cell) for part, cell in cells.items()}
    return [_entry(lines, number) for number in range(max(map(len, lines.values())))]


def _entry(lines: Mapping[str, list[str | None]], number: int) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part, values in lines.items():
        if number < len(values) and values[number] is not None:
            set_path(entry, part, values[number])
    return entry


def set_path(fields: dict[str, Any], path: str, value: Any) -> None:
    """Set `path` ("names.kk") in nested `fields` to `value`."""
    *above, last = path.split(".")
    for name in above:
        fields = fields.setdefault(name, {})
    fields[last] = value


def missing_columns(header: Iterable[str]) -> list[str]:
    """The required columns that are missing."""
    present = set(header)
    needed = ("slug", "names.kk", "names.ru", "life_situation", "recipients", "source", "checked")
    return [column for column in needed if column not in present]
