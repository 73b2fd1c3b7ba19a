"""Regenerate the pictures of the forms in docs/: `python -m tools.report_pictures`.

Needs LibreOffice (soffice) and poppler (pdftoppm). The figures are invented.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kernel.language import Language
from registry_data.load import load_acts, load_cards
from registry_data.report_forms import CountedMeasure, FormRecord, load_form
from reports.derived import by_hand, completed
from reports.documents.annual import HeldDiscussion, Year, YearOfComplaints, annual
from reports.documents.files import document_docx
from reports.figures import ComplaintCount, FormFigures, figures_of, prefilled
from reports.filled import FilledForm, places
from reports.sheet.subject import SheetContent, SheetNames
from reports.sheet.writer import write_form

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
MADE_AT = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
MINISTRY = "ministry-justice"
DPI = 80
SERVICES = ("apostille", "birth-registration", "notary-licence")


def main() -> None:
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    picture(_form(), "form.xlsx", {1: "form-1-mq.png", 4: "form-1-mq-complaints.png"})
    picture(_annual(), "annual.docx", {1: "annual-report.png", 3: "annual-report-complaints.png"})


def picture(content: bytes, name: str, pages: dict[int, str]) -> None:
    """Save pages of a file, counted from 1, as pictures with these names."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(convert, check=True, capture_output=True)  # noqa: S603  our own arguments
        for page, picture_name in pages.items():
            target = FOLDER / picture_name.removesuffix(".png")
            cut = ["-f", str(page), "-l", str(page), "-r", str(DPI), "-png", "-singlefile"]
            pdf = str(path.with_suffix(".pdf"))
            subprocess.run(["pdftoppm", *cut, pdf, str(target)], check=True)  # noqa: S603, S607


def _names() -> SheetNames:
    cards = {card.slug: card.names.kk for card in load_cards()}
    return SheetNames(
        language=Language.KK,
        services=cards,
        organisations={MINISTRY: "Қазақстан Республикасы Әділет министрлігі"},
    )


def _figures(form: FormRecord) -> FormFigures:
    counted = [
        ComplaintCount(
            what=CountedMeasure.RECEIVED,
            month=place % 3 + 1,
            delivery=("office", "electronic", "corporation")[place % 3],
            source=("natural_persons", "legal_entities", "media")[place % 3],
            service=SERVICES[place % len(SERVICES)],
            provider=MINISTRY,
            by_bot=place % 4 != 0,
            number=place + 1,
        )
        for place in range(9)
    ]
    return figures_of(form, counted)


def _filled(form: FormRecord, figures: FormFigures, *, rows: tuple[str, ...] = ("1.", "3.")) -> FilledForm:
    """The form with `rows` filled, by the beginnings of their numbers; the rest is left to type."""
    blank = FilledForm(form=form.code, organisation=MINISTRY, period="2026Q3")
    begun = prefilled(form, blank, figures)
    typed = [place for place in places(form, begun) if by_hand(form, place) and place.row.startswith(rows)]
    return completed(form, begun.with_values({place: str(number % 4) for number, place in enumerate(typed)}))


def _form() -> bytes:
    form = load_form("1-mq")
    figures = _figures(form)
    filled = _filled(form, figures)
    return write_form(
        SheetContent(form=form, filled=filled, figures=figures, names=_names(), made_at=MADE_AT)
    )


def _annual() -> bytes:
    form = load_form("1-mq")
    complaints = YearOfComplaints(
        months=tuple((12 + month * 3 % 9, month % 4) for month in range(12)),
        services={slug: (60 - place * 17, 5 - place) for place, slug in enumerate(SERVICES)},
        sources={"natural_persons": 96, "legal_entities": 31, "media": 8, "akim": 3},
        outcomes={"upheld": 58, "partly": 24, "rejected": 49, "no_outcome": 7},
        restored=61,
        hearings=14,
        stars={5: 31, 4: 22, 3: 9, 2: 4, 1: 6},
    )
    filled = _filled(form, _figures(form), rows=("",))
    one = Year(
        year=2026,
        organisation=MINISTRY,
        form=form,
        quarters=dict.fromkeys(range(1, 5), (filled, date(2026, 10, 2))),
        before={2025: replace(complaints, restored=48, hearings=9)},
        discussions=(
            HeldDiscussion(
                subject="Апостиль қою қағидаларына өзгерістер",
                placed_on=date(2026, 3, 2),
                ended_on=date(2026, 3, 17),
            ),
        ),
        complaints=complaints,
        on=date(2027, 4, 12),
    )
    return document_docx(annual(one, _names(), {act.key: act for act in load_acts()}))


if __name__ == "__main__":
    main()
