"""Filled forms and their sheets for tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook

from kernel.language import Language
from registry_data.report_forms import CountedMeasure, FormRecord, load_form
from reports.columns import columns_of
from reports.derived import completed, is_derived
from reports.figures import ComplaintCount, FormFigures, figures_of, prefilled
from reports.filled import CellRef, FilledForm, places
from reports.sheet.parsed import MOST_BYTES, ParsedSheet, too_large
from reports.sheet.parser import parse
from reports.sheet.reader import ExpectedForm, ReadForm, read_form
from reports.sheet.subject import ListedCase, ListedCases, SheetContent, SheetNames
from reports.sheet.writer import write_form

AT = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)
ORGANISATION = {
    "1-mq": "ministry-labour",
    "2-mq": "akimat-almaty",
    "3-mq": "ministry-digital",
    "4-mq": "ministry-digital",
}
PERIOD = "2026Q3"
QUESTIONS = 3


def counted(number: int = 1, **fields: object) -> ComplaintCount:
    usual: dict[str, object] = {
        "what": CountedMeasure.RECEIVED,
        "month": 1,
        "delivery": "office",
        "source": "natural_persons",
        "service": "birth-registration",
        "provider": "akimat-almaty",
        "by_bot": True,
        "number": number,
    }
    return ComplaintCount(**{**usual, **fields})  # type: ignore[arg-type]


SOME = (
    counted(3),
    counted(2, month=2, delivery="electronic", source="media", service=None, by_bot=False),
    counted(
        1,
        what=CountedMeasure.LATE,
        month=2,
        delivery="electronic",
        source="media",
        service=None,
        by_bot=False,
    ),
    counted(1, what=CountedMeasure.RESTORED, month=3),
)


def figures(code: str) -> FormFigures:
    form = load_form(code)
    return figures_of(form, SOME) if any(row.counts for row in form.rows) else FormFigures()


def opened(code: str) -> FilledForm:
    """The form as first opened: computed rows filled, the others empty."""
    form = load_form(code)
    blank = FilledForm(form=code, organisation=ORGANISATION[code], period=PERIOD)
    return prefilled(form, blank, figures(code))


def typed_cells(form: FormRecord, filled: FilledForm) -> list[CellRef]:
    """The cells filled by hand: neither computed nor derived."""
    found = []
    for place in places(form, filled):
        row = form.row(place.row)
        assert row is not None
        column = next(one for one in columns_of(form, form.section_of(place.row)) if one.key == place.column)
        if not row.is_computed and not is_derived(row, place.line, column):
            found.append(place)
    return found


def filled_right(code: str, value: Callable[[int], str] = lambda number: str(number % 4)) -> FilledForm:
    """The form with every cell filled, without faults."""
    form, filled = load_form(code), opened(code)
    cells = typed_cells(form, filled)
    return completed(form, filled.with_values({place: value(number) for number, place in enumerate(cells)}))


def subject(filled: FilledForm, language: Language = Language.KK, **fields: object) -> SheetContent:
    case = ListedCase(
        number="26-00000017-5", month=1, registered_on=date(2026, 7, 3), service="birth-registration",
        provider="akimat-almaty", delivery="office", source="natural_persons", origin="citizen",
        late=False, rows=("15", "15.1", "16.1"),
    )  # fmt: skip
    names = SheetNames(
        language=language,
        services={"birth-registration": "Бала тууды тіркеу"},
        organisations={"akimat-almaty": "Алматы қаласының әкімдігі"},
    )
    made = SheetContent(
        form=load_form(filled.form), filled=filled, figures=figures(filled.form), names=names, made_at=AT,
        cases=ListedCases(shown=(case,), total=1),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def written(one: SheetContent) -> bytes:
    """The sheet. Cached, as writing one takes half a second."""
    key = repr(one)
    if key not in _written:
        _written[key] = write_form(one)
    return _written[key]


_written: dict[str, bytes] = {}


def book_of(filled: FilledForm, language: Language = Language.KK) -> Workbook:
    return load_workbook(BytesIO(written(subject(filled, language))))


def as_bytes(book: Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def parsed(content: bytes) -> ParsedSheet:
    """As a child process parses it, in this one."""
    return too_large() if len(content) > MOST_BYTES else ParsedSheet.of(parse(content))


def read_back(content: bytes, code: str) -> ReadForm:
    return read_form(
        parsed(content), ExpectedForm(form=load_form(code), organisation=ORGANISATION[code], period=PERIOD)
    )
