"""LibreOffice opens each file, and its picture is not blank."""

import subprocess
from pathlib import Path

import pytest
from matplotlib.image import imread

from kernel.language import Language
from reports.documents.cards import memo, receipt
from reports.documents.files import document_docx, receipt_docx, sheet_docx
from reports.sheet.writer import write_form
from tests.reports.forms import filled_right, opened, subject
from tests.reports.office import missing
from tests.reports.test_documents import a_note, card

MISSING = missing("swriter", "scalc", "pdftoppm")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}"),
]
FILES = {
    "1-mq.xlsx": lambda: write_form(subject(opened("1-mq"))),
    "4-mq.xlsx": lambda: write_form(subject(filled_right("4-mq"))),
    "note.docx": lambda: document_docx(a_note("2-mq")),
    "memo.docx": lambda: sheet_docx(memo(card("apostille"), None, Language.KK)),
    "receipt.docx": lambda: receipt_docx(receipt(card("apostille"), (1, 2), Language.KK)),
}


def test_every_file_opens_and_renders(tmp_path: Path):
    for name, make in FILES.items():
        (tmp_path / name).write_bytes(make())
    convert = [
        "soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
        "--outdir", str(tmp_path), *(str(tmp_path / name) for name in FILES),
    ]  # fmt: skip
    subprocess.run(convert, check=True, capture_output=True, timeout=280)
    for name in FILES:
        pdf = (tmp_path / name).with_suffix(".pdf")
        first = ["-r", "60", "-f", "1", "-l", "1", "-png", "-singlefile", str(pdf), str(pdf.with_suffix(""))]
        subprocess.run(["pdftoppm", *first], check=True, timeout=120)
        drawn = imread(pdf.with_suffix(".png"))
        assert min(drawn.shape[:2]) > 400
        dark = (drawn[..., :3].mean(axis=2) < 0.5).mean()
        assert 0.002 < dark < 0.3, name  # text and lines, and no black page
