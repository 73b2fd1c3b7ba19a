"""Write the value of each formula beside it, for previews and phones, which do not calculate.

openpyxl writes the formula alone. Excel and LibreOffice calculate again whenever a cell is edited.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from reports.filled import NOTHING, is_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PART = "xl/worksheets/sheet1.xml"
_REFERENCE = re.compile(r"[A-Z]+\d+(?::[A-Z]+\d+)?")


def with_cached_values(sheet: Worksheet, content: bytes) -> bytes:
    """The workbook `content`, whose first sheet is `sheet`, with a value in each cell that has a formula."""
    values = FormulaValues(sheet)
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            new.writestr(part, _with_values(body, values) if part.filename == _PART else body)
    return held.getvalue()


class FormulaValues:
    """What our own formulas (reports.sheet.plan.formula) come to."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._known: dict[str, int | str] = {}

    def of(self, cell: str) -> int | str:
        """The sum of the numbers that the formula refers to, or the dash where there is none."""
        if cell not in self._known:
            numbers = list(self._numbers(str(self._sheet[cell].value)))
            self._known[cell] = sum(numbers) if numbers else NOTHING
        return self._known[cell]

    def _numbers(self, formula: str) -> Iterator[int]:
        for reference in dict.fromkeys(_REFERENCE.findall(formula)):  # COUNT and SUM have the same ones
            for cell in _cells(reference):
                value = self._sheet[cell].value
                found = self.of(cell) if self._sheet[cell].data_type == "f" else value
                if is_number(str(found)):
                    yield int(str(found))


def _cells(reference: str) -> Iterator[str]:
    """The cells of "C10" or "C10:C12", which is one column."""
    first, _, last = reference.partition(":")
    letter, top = _split(first)
    for row in range(top, _split(last or first)[1] + 1):
        yield f"{letter}{row}"


def _split(cell: str) -> tuple[str, int]:
    letter = cell.rstrip("0123456789")
    return letter, int(cell.removeprefix(letter))


def _with_values(body: bytes, values: FormulaValues) -> bytes:
    root = etree.fromstring(body)
    for cell in root.iter(f"{_MAIN}c"):
        if cell.find(f"{_MAIN}f") is None:
            continue
        value = values.of(str(cell.get("r")))
        place = cell.find(f"{_MAIN}v")
        if place is None:
            place = etree.SubElement(cell, f"{_MAIN}v")
        place.text = str(value)
        if isinstance(value, str):
            cell.set("t", "str")
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
