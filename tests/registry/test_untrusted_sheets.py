"""Untrusted files: each fault names line and column, and nothing is executed, unpacked or truncated."""

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from registry_data.contents import Registry
from registry_data.faults import FaultsError
from registry_data.sheets import csv_file, limits, xlsx_file, xlsx_parser
from registry_data.sources import read_source
from tests.registry.factories import act, write


@pytest.fixture(autouse=True)
def parsed_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child for each file would take half a second; `test_parsers.py` starts them."""
    monkeypatch.setattr(
        xlsx_file, "run_parser", lambda _, content, __: json.loads(json.dumps(xlsx_parser.parse(content)))
    )


HEADER = [
    "slug",
    "names.kk",
    "names.ru",
    "life_situation",
    "recipients",
    "fee.mrp",
    "source",
    "checked",
    "act",
]
LINE = [
    "id-card",
    "Куәлік",
    "Удостоверение",
    "documents",
    "individual",
    "1",
    "https://example.kz",
    "2026-11-20",
    "",
]
Make = Callable[..., Path]
PRESENT = Registry(acts=(act(),))


def faults_of(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(FaultsError) as caught:
        read_source(path, PRESENT)
    assert {fault.file for fault in caught.value.faults} == {path.name}
    return [(fault.key, fault.reason) for fault in caught.value.faults]


def csv_of(folder: Path, *rows: list[str]) -> Path:
    return write(folder, "cards.csv", "".join(f"{';'.join(row)}\n" for row in rows))


def xlsx_of(folder: Path, *rows: list[object]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(folder / "cards.xlsx")
    return folder / "cards.xlsx"


def changed(column: str, value: str) -> list[str]:
    return [value if name == column else cell for name, cell in zip(HEADER, LINE, strict=True)]


@pytest.mark.parametrize(
    ("column", "value", "place", "reason"),
    [
        ("slug", "ID CARD", "line 3, column A (slug)", "String should match"),
        ("names.kk", "", "line 3, column B (names.kk)", "Field required"),
        ("life_situation", "papers", "line 3, column D (life_situation)", "Input should be"),
        ("recipients", "people", "line 3, column E (recipients)", "Input should be"),
        ("fee.mrp", "free", "line 3, column F (fee.mrp)", "valid number"),
        ("fee.mrp", "-1", "line 3, column F (fee.mrp)", "greater than or equal to 0"),
        ("checked", "20.11.2026", "line 3, column H (checked)", "valid date"),
        ("act", "order-1", "line 3, column I (act)", "no act 'order-1'"),
        ("names.ru", "=1+1", "line 3, column C (names.ru)", "a formula is not taken"),
    ],
)
@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_invalid_cell_is_named_by_line_and_column(
    *, tmp_path: Path, make: Make, column: str, value: str, place: str, reason: str
) -> None:
    (key, told), *_ = faults_of(make(tmp_path, HEADER, LINE, changed(column, value)))
    assert key == place
    assert reason in told


def test_every_invalid_row_is_named(tmp_path: Path) -> None:
    rows = [changed("slug", "A"), changed("names.ru", "=1"), changed("slug", "good"), changed("checked", "x")]
    places = [key for key, _ in faults_of(csv_of(tmp_path, HEADER, *rows))]
    assert places == ["line 2, column A (slug)", "line 3, column C (names.ru)", "line 5, column H (checked)"]


def test_duplicate_slug_names_both_lines(tmp_path: Path) -> None:
    faults = faults_of(csv_of(tmp_path, HEADER, LINE, LINE))
    assert faults == [("line 3, column A (slug)", "the slug id-card is in line 2 already")]


@pytest.mark.parametrize(
    ("header", "place", "reason"),
    [
        ([*HEADER, "price"], "line 1, column J (price)", "there is no such column"),
        ([*HEADER, "slug"], "line 1, column J (slug)", "this column occurs twice"),
        (HEADER[1:], "line 1", "the column slug is wanted here"),
    ],
)
def test_wrong_header_is_named(tmp_path: Path, header: list[str], place: str, reason: str) -> None:
    assert (place, reason) in faults_of(csv_of(tmp_path, header, LINE))


def test_card_fault_is_named_by_line(tmp_path: Path) -> None:
    path = csv_of(tmp_path, [*HEADER, "provider_kind", ""], [*LINE, "ministry", ""])
    assert faults_of(path) == [
        ("line 2", "Value error, a ministry is named by its code in provider_organisation")
    ]


def test_cell_without_a_header_is_named(tmp_path: Path) -> None:
    assert faults_of(csv_of(tmp_path, HEADER, [*LINE, "more"])) == [
        ("line 2, column J", "this cell is under no header")
    ]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_empty_file_has_no_header(tmp_path: Path, text: str) -> None:
    assert faults_of(write(tmp_path, "cards.csv", text)) == [("", "there is no header row")]


def test_invalid_utf_8_is_rejected_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "cards.csv"
    path.write_bytes("slug;Куәлік".encode("cp1251", errors="replace"))
    assert faults_of(path) == [("", "byte 6 is no UTF-8")]


def test_unterminated_quotation_is_rejected(tmp_path: Path) -> None:
    path = csv_of(tmp_path, HEADER, ['"a', "b"])
    assert faults_of(path) == [("line 2", "unexpected end of data")]


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_too_many_rows_or_columns_are_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make
) -> None:
    for module in (csv_file, xlsx_parser):
        monkeypatch.setattr(module, "MAX_ROWS", 2)
    assert faults_of(make(tmp_path, HEADER, LINE, LINE))[-1] == ("line 3", "there are more than 2 rows")
    for module in (csv_file, xlsx_parser):
        monkeypatch.setattr(module, "MAX_COLUMNS", 8)
    assert faults_of(make(tmp_path, HEADER, LINE)) == [("line 1", "there are more than 8 columns")]


def test_too_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    assert faults_of(write(tmp_path, "cards.csv", "slug;" * 10)) == [("", "50 bytes are more than 10")]


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_too_long_cell_is_rejected_uncut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    for module in (csv_file, xlsx_parser):
        monkeypatch.setattr(module, "MAX_CELL_CHARACTERS", 20)
    ((key, _),) = faults_of(make(tmp_path, HEADER, changed("names.ru", "а" * 21)))
    assert key == "line 2, column C (names.ru)"


def test_spreadsheet_numbers_and_dates_are_read_as_shown(tmp_path: Path) -> None:
    row: list[object] = [*LINE]
    row[5], row[7] = 8.0, datetime(2026, 11, 20)  # noqa: DTZ001  a spreadsheet's dates have no zone
    (card,) = read_source(xlsx_of(tmp_path, [*HEADER], row), PRESENT).cards
    assert (card.fee or ())[0].mrp == 8
    assert card.checked.isoformat() == "2026-11-20"


def test_error_value_is_rejected(tmp_path: Path) -> None:
    ((key, reason),) = faults_of(xlsx_of(tmp_path, [*HEADER], [*changed("names.ru", "#REF!")]))
    assert (key, reason) == ("line 2, column C (names.ru)", "the cell holds the error #REF!")


def with_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_file_with_macros_is_rejected(tmp_path: Path) -> None:
    path = with_part(xlsx_of(tmp_path, [*HEADER], [*LINE]), "xl/vbaProject.bin", b"x")
    assert faults_of(path) == [("", "a file with macros is not taken")]


def test_zip_bomb_is_rejected(tmp_path: Path) -> None:
    path = with_part(xlsx_of(tmp_path, [*HEADER], [*LINE]), "xl/bomb.xml", b"0" * 61_000_000)
    assert path.stat().st_size < 1_000_000
    assert faults_of(path) == [("", "unpacked it is too large")]


def test_xml_entities_are_rejected(tmp_path: Path) -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    path = with_part(xlsx_of(tmp_path, [*HEADER], [*LINE]), "xl/entity.xml", entity)
    assert faults_of(path) == [("", "this is no XLSX file we open")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"slug,names.kk"])
def test_non_spreadsheet_is_rejected(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cards.xlsx"
    path.write_bytes(content)
    ((key, reason),) = faults_of(path)
    assert (key, reason) == ("", "this is no XLSX file we open")


PLACE = st.floats(0, 1, exclude_max=True)  # how far into the bytes
FEW = settings(max_examples=50, deadline=None)  # each opens a spreadsheet


@given(
    part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]),
    place=PLACE,
    cut=st.integers(0, 9),
    put=st.binary(max_size=6),
)
@FEW
def test_damaged_part_gives_faults_never_errors(
    *, tmp_path: Path, part: str, place: float, cut: int, put: bytes
) -> None:
    path = xlsx_of(tmp_path, HEADER, LINE)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    at = int(place * len(parts[part]))
    parts[part] = parts[part][:at] + put + parts[part][at + cut :]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with suppress(FaultsError):
        read_source(path, PRESENT)


@given(st.lists(st.tuples(PLACE, st.integers(0, 255)), min_size=1, max_size=5))
@FEW
def test_damaged_archive_gives_faults_never_errors(tmp_path: Path, damage: list[tuple[float, int]]) -> None:
    path = xlsx_of(tmp_path, HEADER, LINE)
    content = bytearray(path.read_bytes())
    for place, byte in damage:
        content[int(place * len(content))] = byte
    path.write_bytes(content)
    with suppress(FaultsError):
        read_source(path, PRESENT)


@given(st.binary(max_size=200))
def test_arbitrary_csv_gives_faults_never_errors(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cards.csv"
    path.write_bytes(content)
    with suppress(FaultsError):
        read_source(path, PRESENT)


def test_archive_without_a_workbook_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "cards.xlsx"
    with_part(path, "readme.txt", b"hello")
    ((_, reason),) = faults_of(path)
    assert reason.startswith("this is no XLSX file")
