"""Parse rows of a sheet into organisations; a fault names line and column."""

from collections.abc import Iterable
from dataclasses import replace

from pydantic import ValidationError

from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.organisations import Organisation
from registry_data.sheets.columns import set_path
from registry_data.sheets.rows import Header, TableRow, cells_of, header_of, need_columns

NEEDED = ("code", "kind", "names.kk", "names.ru")
COLUMNS = (*NEEDED, "names.en", "parent", "region", "district")


def read_organisations(file: str, rows: Iterable[TableRow]) -> tuple[Organisation, ...]:
    """The organisations of a sheet whose first row is the header. Raises FaultsError with all faults."""
    filled = (row for row in rows if not row.is_blank)
    header = header_of(file, next(filled, None), COLUMNS)
    need_columns(header, [name for name in NEEDED if name not in header.names])
    found: dict[str, Organisation] = {}
    with FaultCollector() as collector:
        for row in filled:
            with collector.part():
                one = _organisation(header, row)
                if one.code in found:
                    place = header.place(row.line, "code")
                    raise FaultsError((Fault(file=file, key=place, reason=f"{one.code} occurs twice"),))
                found[one.code] = one
    return tuple(found.values())


def _organisation(header: Header, row: TableRow) -> Organisation:
    fields: dict[str, object] = {}
    for column, cell in cells_of(header, row).items():
        set_path(fields, column, cell)
    try:
        return Organisation.model_validate(fields)
    except ValidationError as error:
        refused = FaultsError.of_model(header.file, error)
        placed = (replace(fault, key=header.place(row.line, fault.key)) for fault in refused.faults)
        raise FaultsError(tuple(placed)) from error
