"""What spreadsheet programs write besides the cells is read past."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from registry_data.contents import Registry
from registry_data.sources import read_source
from tests.each import each_case
from tests.registry.factories import act
from tests.registry.test_untrusted_sheets import HEADER, LINE

EXTENSION = b'<extLst><ext uri="{x}" xmlns:q="urn:q"><q:odd a="1"/></ext><odd/></extLst>'


def book(path: Path) -> Path:
    """A sheet with a date in a date's format, a link, a fill and a name."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(HEADER)
    sheet.append([*LINE[:7], date(2026, 11, 20), ""])
    sheet["C2"].hyperlink = "https://egov.kz/a"
    sheet["C2"].fill = PatternFill("solid", fgColor="FF0000")
    workbook.save(path)
    return path


def rewritten(path: Path, changes: dict[str, tuple[bytes, bytes]]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, (pattern, put) in changes.items():
        parts[name], times = re.subn(
            pattern, put.replace(b"\\", b"\\\\"), parts[name], count=1, flags=re.DOTALL
        )
        assert times, f"nothing to change in {name}"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


STRANGE = {
    "an empty fill": {"xl/styles.xml": (b"<fills.*</fills>", b'<fills count="2"><fill/><fill/></fills>')},
    "an extension of the styles": {"xl/styles.xml": (b"</styleSheet>", EXTENSION + b"</styleSheet>")},
    "an unknown border": {
        "xl/styles.xml": (b"<borders.*</borders>", b"<borders><border odd='1'><x/></border></borders>")
    },
    "an extension of the sheet": {"xl/worksheets/sheet1.xml": (b"</worksheet>", EXTENSION + b"</worksheet>")},
    "an odd link": {
        "xl/worksheets/sheet1.xml": (
            b"<hyperlinks>.*</hyperlinks>",
            b"<hyperlinks><hyperlink/><odd/></hyperlinks>",
        )
    },
    "an odd view": {
        "xl/worksheets/sheet1.xml": (b"<sheetViews>.*</sheetViews>", b"<sheetViews><odd/></sheetViews>")
    },
    "an extension of the workbook": {"xl/workbook.xml": (b"</workbook>", EXTENSION + b"</workbook>")},
    "a broken name": {
        "xl/workbook.xml": (b"</sheets>", b"</sheets><definedNames><definedName/></definedNames>")
    },
    "an odd date of the document": {
        "docProps/core.xml": (
            b"<dcterms:created.*</dcterms:created>",
            b"<dcterms:created>yesterday</dcterms:created>",
        )
    },
}


@pytest.mark.slow
def test_strange_parts_are_read_past(tmp_path: Path) -> None:
    present = Registry(acts=(act(),))
    with each_case() as cases:
        for name, changes in {"as it is": {}, **STRANGE}.items():
            with cases.case(name):
                (card,) = read_source(rewritten(book(tmp_path / "cards.xlsx"), changes), present).cards
                assert (card.names.ru, card.checked) == ("Удостоверение", date(2026, 11, 20))
