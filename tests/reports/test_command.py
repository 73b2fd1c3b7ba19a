"""`qyzmet report` and `qyzmet paper`: files on disk, and plain error messages."""

import asyncio
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.local_database import ready_database
from cli.main import app
from kernel.clock import SystemClock
from kernel.language import Language
from reports.factory import make_files
from reports.store import ReportSubject

FORM = ["report", "2-mq", "--organisation", "akimat-abai", "--period", "2026Q3"]


@pytest.fixture
def url(loaded_registry: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(loaded_registry, tmp_path / 'qyzmet.sqlite3')}"


def run(url: str, out: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words, "-o", str(out), "--database", url])
    return result.exit_code, result.output


@pytest.mark.slow
def test_written_form_matches_the_bots(url: str, tmp_path: Path):
    out = tmp_path / "form.xlsx"
    assert run(url, out, *FORM, "--language", "ru")[0] == 0
    written = [[cell.value for cell in row] for row in load_workbook(out).worksheets[0].iter_rows()]

    async def of_the_bot() -> bytes:
        subject = ReportSubject(form="2-mq", organisation="akimat-abai", period="2026Q3")
        async with ready_database(url) as database, database.unit_of_work() as unit:
            return (await make_files(unit, SystemClock()).sheet(None, subject, Language.RU)).content

    given = load_workbook(BytesIO(asyncio.run(of_the_bot()))).worksheets[0]
    assert [[cell.value for cell in row] for row in given.iter_rows()] == written


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (FORM, "note.docx"),
        (["report", "annual", "--organisation", "ministry-justice", "--period", "2026"], "annual.docx"),
        (["report", "discussion", "--organisation", "akimat-abai", "--period", "2026"], "discussion.docx"),
        (["paper", "memo", "apostille"], "memo.docx"),
        (["paper", "requirements", "apostille"], "requirements.docx"),
        (["paper", "receipt", "apostille", "--missing", "1,3"], "receipt.docx"),
    ],
)
def test_documents_are_written(url: str, tmp_path: Path, words: list[str], name: str):
    out = tmp_path / name
    assert run(url, out, *words) == (0, f"Wrote {out}.\n")
    assert "word/document.xml" in ZipFile(out).namelist()


def test_annual_report_is_written_as_html(url: str, tmp_path: Path):
    out = tmp_path / "annual.html"
    words = ["report", "annual", "--organisation", "ministry-justice", "--period", "2026"]
    assert run(url, out, *words)[0] == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["report", "1-mq", *FORM[2:]],
            "There is no such form, or the organisation does not have to submit it.",
        ),
        ([*FORM[:-1], "2026"], "Write a quarter like this: 2026Q3."),
        (
            ["report", "annual", "--organisation", "akimat-abai", "--period", "soon"],
            "Write a quarter like this",
        ),
        (["paper", "memo", "no-such-card"], "There is no card no-such-card."),
        (["paper", "receipt", "apostille"], "--missing names papers of the card by number"),
        (
            ["paper", "receipt", "apostille", "--missing", "99"],
            "--missing names papers of the card by number",
        ),
    ],
)
def test_failed_report_is_explained(url: str, tmp_path: Path, words: list[str], told: str):
    out = tmp_path / "none"
    status, output = run(url, out, *words)
    assert status == 1
    assert told in output
    assert not out.exists()
