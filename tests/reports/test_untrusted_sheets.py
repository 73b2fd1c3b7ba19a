"""Untrusted spreadsheets: rejected with the place, and never trusted."""

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from reports.filled import CellRef
from reports.sheet.parsed import MOST_BYTES
from tests.reports.forms import as_bytes, filled_right, read_back, subject, written


@cache
def good() -> bytes:
    """The form as it is handed out, filled rightly."""
    return written(subject(filled_right("2-mq")))


@cache
def cell() -> str:
    return read_back(good(), "2-mq").cells[CellRef(row="19", column="m1")]


def with_part(name: str, content: bytes) -> bytes:
    """The file with one part added or replaced."""
    held = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(good())) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return held.getvalue()


def part_of(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(good())) as archive:
        return archive.read(name)


def edited(change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(BytesIO(good()))
    change(book)
    return as_bytes(book)


def typed(cell: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book.worksheets[0][cell] = value  # type: ignore[assignment]

    return change


def key_row(book: Workbook, key: str) -> int:
    return next(cell.row for cell in book.worksheets[0]["M"] if cell.value == key)


def rename_row(book: Workbook) -> None:
    book.worksheets[0][f"M{key_row(book, '7.3#0')}"] = "7.2#0"


def forget_row(book: Workbook) -> None:
    book.worksheets[0][f"M{key_row(book, '7.3#0')}"] = None


RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
OUTSIDE = RELATIONS % b'<Relationship Id="r9" Type="x" Target="http://example.org" TargetMode="External"/>'
TYPES = "[Content_Types].xml"


def foreign_files() -> list[tuple[bytes, str]]:
    """Files that are not the form that was handed out, each with its finding's code."""
    macros_on = part_of(TYPES).replace(b"sheet.main", b"sheet.macroEnabled.main")
    return [
        (b"", "file_no_sheet"),
        (b"PK\x03\x04 and no more", "file_no_sheet"),
        (b"<html>", "file_no_sheet"),
        (good()[: len(good()) // 2], "file_no_sheet"),
        (with_part("xl/workbook.xml", b"<broken"), "file_no_sheet"),
        (with_part("xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "file_no_sheet"),
        (b"\0" * (MOST_BYTES + 1), "file_large"),
        (with_part("xl/media/bomb.bin", b"\0" * 61_000_000), "file_unpacks"),
        (with_part("xl/vbaProject.bin", b"macro"), "file_macros"),
        (with_part(TYPES, macros_on), "file_macros"),
        (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "file_external"),
        (with_part("xl/connections.xml", b"<a/>"), "file_external"),
        (with_part("xl/embeddings/oleObject1.bin", b"x"), "file_external"),
        (with_part("xl/worksheets/_rels/sheet9.xml.rels", OUTSIDE), "file_external"),
        (as_bytes(Workbook()), "file_not_ours"),
        (edited(typed("M2", "1-mq")), "wrong_form"),
        (edited(typed("M3", "akimat-astana")), "wrong_organisation"),
        (edited(typed("M4", "2026Q2")), "wrong_period"),
        (edited(rename_row), "row_twice"),
        (edited(forget_row), "row_missing"),
    ]  # fmt: skip


@pytest.mark.slow
def test_foreign_file_is_rejected_whole():
    reads = [(code, read_back(content, "2-mq")) for content, code in foreign_files()]
    assert all(read.filled is None for _, read in reads)
    assert [code for code, read in reads if code not in [one.code for one in read.findings]] == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["=1+1", '=WEBSERVICE("http://example.org")', "=C20", "=cmd|' /C calc'!A0"])
def test_formula_in_an_input_cell_is_rejected(text: str):
    read = read_back(edited(typed(cell(), text)), "2-mq")
    assert [(one.code, one.sheet, one.cell) for one in read.findings] == [("cell_formula", "2-мқ", cell())]


def test_replaced_formula_is_rejected():
    place = CellRef(row="1", column="m1")
    read = read_back(edited(typed(read_back(good(), "2-mq").cells[place], "=SUM(A1:A9)")), "2-mq")
    assert [(one.code, one.place) for one in read.findings] == [("cell_formula", place)]


@pytest.mark.parametrize("letter", ["B", "K"])
def test_formula_in_a_text_cell_is_rejected(letter: str):
    def change(book: Workbook) -> None:
        key = {"B": "11.1#1", "K": "15#0"}[letter]
        book.worksheets[0][f"{letter}{key_row(book, key)}"] = "=1+1"

    read = read_back(edited(change), "2-mq")
    assert "cell_formula" in [one.code for one in read.findings]


def test_error_value_is_stored_as_typed():
    read = read_back(edited(typed(cell(), "#REF!")), "2-mq")
    assert read.filled is not None
    assert read.filled.values[CellRef(row="19", column="m1")] == "#REF!"


def test_huge_sheet_is_rejected_without_reading():
    def change(book: Workbook) -> None:
        book.worksheets[0]["A1048576"] = "x"

    assert read_back(edited(change), "2-mq").findings[0].code == "file_no_sheet"


def test_whole_sheet_merge_costs_nothing():
    sheet = part_of("xl/worksheets/sheet1.xml").replace(b"<mergeCells", b"<mergeCells", 1)
    huge = sheet.replace(b"</mergeCells>", b'<mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert read_back(with_part("xl/worksheets/sheet1.xml", huge), "2-mq").filled is not None
