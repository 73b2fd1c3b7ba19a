"""Notes, reports and documents of cards: they have what the acts require, and nothing is invented."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from accounts.errors import NotAllowedError
from kernel.language import Language
from oversight.satisfaction.ratings import Ratings, RatingSubject
from registry_data.load import load_acts, load_cards
from registry_data.outlines import load_outline
from registry_data.report_forms import load_form
from registry_data.schema import ServiceCard
from registry_data.store import ACTS as SHELF
from registry_data.store import RegistryRepository
from reports.documents.annual import HeldDiscussion, Year, YearOfComplaints, YearOfRatings, annual
from reports.documents.builder import DocumentFiles
from reports.documents.cards import memo, receipt, requirements
from reports.documents.files import TEMPLATES, document_docx, document_html, receipt_docx, sheet_docx
from reports.documents.model import ReportDocument
from reports.documents.note import NoteHead, note, row_in, written_total
from reports.sheet.subject import SheetNames
from tests.reports.forms import filled_right, opened
from tests.reports.scenario import HEAD, OFFICER, REGION, STRANGER, ReportScenario, complaint, subject_of
from tools import document_templates

CARDS = load_cards()
ACTS = {act.key: act for act in load_acts()}
ON = date(2026, 10, 2)


def names(language: Language) -> SheetNames:
    return SheetNames(language=language, services={"birth-registration": "Бала тууды <тіркеу> & т.б."})


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def a_note(code: str, language: Language = Language.KK) -> ReportDocument:
    return note(load_form(code), filled_right(code), names(language), ACTS, NoteHead(on=ON))


def a_year(**changes: object) -> Year:
    complaints = YearOfComplaints(
        months=tuple((month, month // 4) for month in range(12)),
        services={"birth-registration": (60, 9), "no-service": (6, 0)},
        sources={"natural_persons": 60, "media": 6},
        outcomes={"upheld": 12, "no_outcome": 54},
        restored=5,
        hearings=3,
    )
    usual = Year(
        year=2026, organisation="ministry-labour", form=load_form("1-mq"),
        quarters={3: (filled_right("1-mq"), ON)}, complaints=complaints, on=ON,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", ["1-mq", "2-mq"])
def test_note_has_every_point_of_the_act(code: str, language: Language):
    text = text_of(document_docx(a_note(code, language)))
    for chapter in load_outline(f"note-{code}").chapters:
        assert chapter.titles.in_language(language) in text
        for point in chapter.points:
            assert point.titles.in_language(language) in text


@pytest.mark.parametrize("code", ["1-mq", "2-mq"])
def test_note_figures_match_the_form(code: str):
    form, filled = load_form(code), filled_right(code)
    for chapter in a_note(code).chapters:
        for point in chapter.points:
            for number, _, figure in point.table.rows if point.table else ():
                assert figure == written_total(form, filled, number)


def test_rows_of_2_mq_shift_by_one_after_row_11():
    form = load_form("2-mq")
    assert [row_in(form, number) for number in ("3.10", "10.1", "11", "12", "16.3", "22")] == [
        "3.10", "10.1", None, "11", "15.3", "21",
    ]  # fmt: skip


def test_note_has_plots_and_marks_own_words():
    built = a_note("1-mq")
    late = next(one for one in built.chapters[1].points if one.pictures)
    assert [one.content[:4] for one in late.pictures] == [b"\x89PNG"] * 2
    assert text_of(document_docx(built)).count(built.own_words) == 14


@pytest.mark.parametrize("language", Language)
def test_annual_report_has_chapters_hearings_and_sources(language: Language):
    built = annual(a_year(), names(language), ACTS)
    assert len(built.chapters) == 5 + 1
    text = text_of(document_docx(built))
    for chapter in load_outline("annual").chapters:
        assert chapter.titles.in_language(language) in text
    complaints = built.chapters[3].points[0]
    assert len(complaints.pictures) == 3
    assert any(line.endswith(": 3") for line in complaints.lines)  # hearings
    assert complaints.table is not None
    assert complaints.table.rows[0][1:] == ("60", "9")
    assert len(built.chapters[5].points[0].lines) == 1 + 1  # the journal, and the one quarter handed in


HANDLED, SERVED = Ratings(stars={5: 3, 1: 3}), Ratings(stars={4: 8})
RATED = YearOfRatings(
    every={RatingSubject.HANDLING: HANDLED, RatingSubject.SERVICE: SERVED},
    services={"birth-registration": {RatingSubject.SERVICE: SERVED}},
)


def in_full(language: Language = Language.RU) -> tuple[ReportDocument, str]:
    """Four quarters, a year before, ratings and a discussion."""
    year = a_year(
        quarters=dict.fromkeys(range(1, 5), (filled_right("1-mq"), ON)),
        before={2025: YearOfComplaints(months=((1, 0),) * 12, restored=4, hearings=2)},
        discussions=(HeldDiscussion(subject="Жоба", placed_on=date(2026, 3, 2), ended_on=None),),
        complaints=replace(a_year().complaints, ratings=RATED),
        scope="собственные данные",
    )
    built = annual(year, names(language), ACTS)
    return built, text_of(document_docx(built))


def figures_of_point(built: ReportDocument, chapter: int, point: int) -> list[str]:
    table = built.chapters[chapter].points[point].table
    assert table is not None
    return [row[-1] for row in table.rows]


def test_annual_report_prints_figures_only_of_a_whole_year():
    whole, _ = in_full()
    part = annual(a_year(), names(Language.RU), ACTS)
    form, filled = load_form("1-mq"), filled_right("1-mq")
    assert figures_of_point(part, 0, 1) == [part.blank] * 7
    rendered, acts = figures_of_point(whole, 0, 1)[0], figures_of_point(whole, 0, 1)[-1]
    assert rendered == str(4 * int(written_total(form, filled, "12") or 0))
    assert acts == written_total(form, filled, "11")  # Order 193 annex 2 ¶1 2)
    assert set(figures_of_point(whole, 0, 1)[1:-1]) == {whole.blank}  # nobody told the product
    assert set(figures_of_point(part, 3, 1)) == {part.blank}
    assert whole.blank not in figures_of_point(whole, 3, 1)


def test_annual_report_holds_years_ratings_discussions_and_scope():
    _, text = in_full()
    for words in (
        "2025: поступило – 12, с нарушением срока – 0, прав восстановлено – 4, заслушиваний – 2",
        "2026: поступило – 66",
        "это не опрос услугополучателей",
        "Всего: рассмотрение жалобы – оценок 6, средняя 3,0, на 4–5 – 3 (18,8–81,2 %)",
        "сама услуга – оценок 8, средняя 4,0, на 4–5 – 8 (67,6–100,0 %).",
        "Размещено для публичного обсуждения за год: 1",
        "Охват: собственные данные",
        "02.03.2026",
    ):
        assert words in text


@pytest.mark.parametrize("language", Language)
def test_no_apology_of_ours_stands_in_the_published_report(language: Language):
    text = in_full(language)[1] + text_of(document_docx(annual(a_year(), names(language), ACTS)))
    for words in (
        "біздің",
        "бізге",
        "нашем",
        "до нас",
        "reached us",
        "our copy",
        "не сдана",
        "тапсырылмаған",
    ):
        assert words not in text


def test_note_is_signed_and_cites_its_own_annex():
    for code, annex, points in (("1-mq", 1, "32–33"), ("2-mq", 2, "31–32")):
        built = a_note(code, Language.EN)
        assert [one.text for one in Document(BytesIO(document_docx(built))).paragraphs][
            -1
        ] == built.signatures[-1]
        assert len(built.signatures) == len(load_form(code).signatures)
        assert str(load_outline(f"note-{code}").citation.point).startswith(f"Annex {annex} ¶{points}")
        assert all(
            f"Annex {annex} " in str(one.citation.point) for one in load_outline(f"note-{code}").chapters
        )


def test_note_keeps_the_dash_and_leaves_what_is_empty():
    form, filled = load_form("2-mq"), filled_right("2-mq", lambda _: "-")
    built = note(form, filled, names(Language.RU), ACTS, NoteHead(on=ON))
    figures = [row[-1] for one in built.chapters[0].points if one.table for row in one.table.rows]
    assert set(figures) == {"-"}
    empty = note(form, opened("2-mq"), names(Language.RU), ACTS, NoteHead(on=ON))
    assert empty.chapters[0].points[0].table is not None
    assert {row[-1] for row in empty.chapters[0].points[0].table.rows} == {empty.blank}


def test_tables_repeat_their_head_and_cut_no_row():
    tables = Document(BytesIO(document_docx(in_full()[0]))).tables
    assert len(tables) > 4
    for table in tables:
        rows = [row._tr.trPr for row in table.rows]
        assert None not in rows
        assert rows[0].find(qn("w:tblHeader")) is not None
        assert [one for one in rows if one.find(qn("w:cantSplit")) is None] == []


def test_annual_page_escapes_values():
    page = document_html(annual(a_year(), names(Language.RU), ACTS))
    assert "Бала тууды &lt;тіркеу&gt; &amp; т.б." in page
    assert page.count("data:image/png;base64,") == 3
    assert '<html lang="ru">' in page
    assert "<script" not in page


def test_year_without_complaints_has_no_plots():
    empty = YearOfComplaints(months=((0, 0),) * 12)
    built = annual(a_year(complaints=empty, quarters={}), names(Language.KK), ACTS)
    assert built.chapters[3].points[0].pictures == ()


def card(slug: str) -> ServiceCard:
    return next(one for one in CARDS if one.slug == slug)


@pytest.mark.parametrize("language", Language)
def test_memo_holds_what_order_126_lists(language: Language):
    one = card("apostille")
    text = text_of(sheet_docx(memo(one, ACTS.get(one.act or ""), language)))
    assert one.names.in_language(language) in text
    assert "1414" in text
    for built in one.documents or ():
        assert built.in_language(language) in text


def test_requirements_mark_what_the_card_lacks():
    one = card("birth-registration")
    sheet = requirements(one, None, Language.RU)
    assert len(sheet.rows) == 10  # Law 88-V Art. 14 3-1)
    lacking = [label for label, values in sheet.rows if not values]
    assert sheet.notes[0] == f"Чего в карточке не хватает: {len(lacking)}."
    assert text_of(sheet_docx(sheet)).count("В карточке нет") == len(lacking)


def test_what_has_lapsed_is_never_printed_without_saying_so():
    gone, standing = card("conscript-initial-registration"), card("apostille")
    repealed = ACTS[standing.act or ""].model_copy(update={"repealed": date(2026, 5, 1)})
    for sheet in (memo, requirements):
        assert any("этой услуги больше нет" in note for note in sheet(gone, None, Language.RU).notes)
        assert any("утратил силу 01.05.2026" in note for note in sheet(standing, repealed, Language.RU).notes)
        assert not any("утратил силу" in note for note in sheet(standing, None, Language.RU).notes)


def test_every_card_has_its_documents():
    for one in CARDS:
        for language in Language:
            assert memo(one, None, language).rows
            assert requirements(one, None, language).rows


def test_receipt_names_only_the_missing_documents():
    one = card("apostille")
    papers = [built.kk for built in one.documents or ()]
    text = text_of(receipt_docx(receipt(one, (1, 3, 1), Language.KK)))
    assert "Құжаттарды қабылдаудан бас тарту туралы қолхат" in text
    assert papers[0] in text
    assert papers[2] in text
    assert papers[3] not in text


@pytest.mark.parametrize("numbers", [(), (0,), (99,), (1, 99)])
def test_receipt_needs_a_document_of_the_card(numbers: tuple[int, ...]):
    with pytest.raises(ValueError, match="the card has papers"):
        receipt(card("apostille"), numbers, Language.KK)


@pytest.mark.parametrize("name", ["report", "sheet", "receipt", "complaint"])
def test_templates_match_the_script(name: str):
    made = getattr(document_templates, name)()
    kept = Document(str(TEMPLATES / f"{name}.docx"))
    assert made.element.body.xml == kept.element.body.xml


@pytest.mark.slow
async def test_documents_are_made_from_the_database(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    repository = RegistryRepository(scenario.session, SHELF)
    await repository.apply(ACTS.values(), await repository.changes(ACTS.values()), scenario.clock.now())
    await scenario.add(complaint(REGION, date(2026, 7, 3)), complaint("hall-of-region", date(2026, 2, 3)))
    await scenario.filed(OFFICER, REGION, "2")
    papers = DocumentFiles(scenario.context, scenario.session)
    report = text_of((await papers.annual(HEAD, REGION, 2026, Language.RU)).content)
    assert "За год поступило жалоб: 2, из них с нарушением срока: 0" in report
    assert "2-мқ, III · 2026: сдана 02.10.2026" in report
    assert b"<h2>" in (await papers.annual_page(HEAD, REGION, 2026, Language.KK)).content
    assert "Аналитическая справка" in text_of(
        (await papers.note(OFFICER, subject_of(REGION), Language.RU)).content
    )
    assert (await papers.discussion(HEAD, REGION, Language.KK)).content[:2] == b"PK"
    with pytest.raises(NotAllowedError):
        await papers.annual(STRANGER, REGION, 2026, Language.KK)
