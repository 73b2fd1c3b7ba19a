"""Parse rows of a sheet into organisations; a fault names line and column."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from registry_data.damage import faults_of_texts
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.load import body_of
from registry_data.organisations import Organisation
from registry_data.sheets.columns import set_path
from registry_data.sheets.rows import Header, TableRow, cells_of, header_of, need_columns

NEEDED = ("code", "kind", "names.kk", "names.ru")
COLUMNS = (*NEEDED, "names.en", "parent", "region", "district")


def read_organisations(
    file: str, rows: Iterable[TableRow], present: Iterable[Organisation] = ()
) -> tuple[Organisation, ...]:
    """The organisations of a sheet whose first row is the header; `present` are those that they replace.

    Raises FaultsError with all faults.
    """
    replaced = {one.code: one for one in present}
    filled = (row for row in rows if not row.is_blank)
    header = header_of(file, next(filled, None), COLUMNS)
    need_columns(header, [name for name in NEEDED if name not in header.names])
    found: dict[str, Organisation] = {}
    with FaultCollector() as collector:
        for row in filled:
            with collector.part():
                one = _organisation(header, row, replaced)
                if one.code in found:
                    place = header.place(row.line, "code")
                    raise FaultsError((Fault(file=file, key=place, reason=f"{one.code} occurs twice"),))
                found[one.code] = one
    return tuple(found.values())


def _organisation(header: Header, row: TableRow, replaced: Mapping[str, Organisation]) -> Organisation:
    fields: dict[str, object] = {}
    for column, cell in cells_of(header, row).items():
        set_path(fields, column, cell)
    try:
        one = Organisation.model_validate(fields)
        faults = faults_of_texts(header.file, body_of(one) or {}, body_of(replaced.get(one.code)))
    except ValidationError as error:
        faults = FaultsError.of_model(header.file, error).faults
    if faults:
        placed = (replace(fault, key=header.place(row.line, fault.key)) for fault in faults)
        raise FaultsError(tuple(placed))
    return one
