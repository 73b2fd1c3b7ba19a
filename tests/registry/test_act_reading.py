"""An act's table of the main requirements becomes a draft card, from each format it comes in."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

from cli.registry import app
from registry_data.faults import FaultsError
from registry_data.reading.fees import FeeRead, fees_of
from registry_data.reading.from_html import blocks_of_html
from registry_data.reading.from_markdown import blocks_of_markdown
from registry_data.reading.listing import items_of
from registry_data.reading.numerals import in_words
from registry_data.reading.read import drafts_of, read_drafts
from registry_data.reading.terms import TermRead, terms_of
from registry_data.schema import TermUnit
from tests.each import each_case

WORKING, CALENDAR = TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS

RU = (
    ("1", "Наименование услугодателя", "Комитет пчёл (далее – услугодатель)"),
    ("2", "Способы предоставления государственной услуги", "1) услугодатель;<br>2) портал www. egov. kz."),
    ("3.", "Сроки оказания", "выдача паспорта – 15 (пятнадцать) рабочих дней;<br>дубликат – двух часов."),
    ("4", "Форма оказания государственной услуги", "Электронная (частично цифровизированная) / бумажная"),
    ("5", "Результат оказания государственной услуги", "Паспорт пасеки либо мотивированный отказ."),
    (
        "6",
        "Размер платы, взимаемой с услугополучателя",
        "За выдачу – 2 МРП;<br>за дубликат – 10 % от ставки.",
    ),
    ("7", "График работы", "Портал – круглосуточно."),
    ("110", "Перечень документов", "на портал:<br>1) заявление;<br>2) карта пасеки."),
    ("9", "Основания для отказа в оказании услуги", "1) недостоверность документов."),
)
KK = (
    ("1", "Көрсетілетін қызметті берушінің атауы", "Ара комитеті"),
    (
        "2",
        "Мемлекеттiк қызметті ұсыну тәсілдері",
        "1) көрсетілетін қызметті беруші;<br>2) www.egov.kz порталы.",
    ),
    ("3", "Мемлекеттік қызмет көрсету мерзiмi", "паспорт беру – он бес жұмыс күні;<br>телнұсқа – 2 сағат."),
    ("4", "Мемлекеттік қызмет көрсету түрі", "Электрондық (ішінара цифрландырылған) / қағаз түрінде"),
    ("5", "Мемлекеттік қызмет көрсету нәтижесі", "Омарта паспорты не дәлелді бас тарту."),
    ("6", "Алынатын төлем мөлшері", "Беру үшін – 2 АЕК;<br>телнұсқа үшін – мөлшерлеменің 10 %."),
    ("7", "Жұмыс графигі", "Портал – тәулік бойы."),
    ("8", "Қажетті құжаттар тізбесі", "порталға:<br>1) өтініш;<br>2) омарта картасы."),
    ("9", "Бас тарту үшін негіздер", "1) құжаттардың анық еместігі."),
)
RU_CAPTION = "Перечень основных требований к оказанию государственной услуги «Выдача паспорта пасеки»"
KK_CAPTION = "«Омарта паспортын беру» мемлекеттік қызмет көрсетуге қойылатын негізгі талаптардың тізбесі"


def html(rows: tuple[tuple[str, ...], ...], caption: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table><tr><td colspan="3">{caption}</td></tr>{body}</table>'


def drafts(*texts: str) -> list[dict[str, Any]]:
    return [draft.document() for draft in drafts_of([blocks_of_html(text) for text in texts])]


def test_both_languages_make_one_draft_in_the_shapes_of_a_card() -> None:
    (draft,) = drafts(html(RU, RU_CAPTION), html(KK, KK_CAPTION))
    assert draft["names"] == {"kk": "Омарта паспортын беру", "ru": "Выдача паспорта пасеки"}
    assert draft["provider"] == {"kk": "Ара комитеті", "ru": "Комитет пчёл"}
    assert draft["channels"] == ["provider", "egov_portal"]
    assert draft["forms"] == ["electronic_partial", "paper"]
    assert draft["term"] == [
        {"amount": 15, "unit": "working_days", "when": {"kk": "паспорт беру", "ru": "выдача паспорта"}},
        {"amount": 2, "unit": "hours", "when": {"kk": "телнұсқа", "ru": "дубликат"}},
    ]
    assert [(fee.get("mrp"), fee.get("percent")) for fee in draft["fee"]] == [(2, None), (None, 10)]
    assert draft["documents"] == [
        {"kk": "өтініш", "ru": "заявление", "when": {"kk": "порталға", "ru": "на портал"}},
        {"kk": "омарта картасы", "ru": "карта пасеки", "when": {"kk": "порталға", "ru": "на портал"}},
    ]
    assert draft["refusal_grounds"] == [
        {"kk": "құжаттардың анық еместігі", "ru": "недостоверность документов"}
    ]
    assert draft["unread"] == []


def test_every_format_tells_the_same(tmp_path: Path) -> None:
    expected = drafts(html(RU, RU_CAPTION))
    document = Document()
    table = document.add_table(rows=0, cols=3)
    top = table.add_row().cells
    top[0].merge(top[2]).text = RU_CAPTION
    for row in RU:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text.replace("<br>", "\n")
    document.save(str(tmp_path / "act.docx"))
    (tmp_path / "act.md").write_text(f"# Об утверждении\n\n{html(RU, RU_CAPTION)}\n")
    (tmp_path / "act.html").write_text(f"<html><body>{html(RU, RU_CAPTION)}</body></html>")
    lines = [f"| {' | '.join(row)} |" for row in (("", RU_CAPTION, ""), ("---", "---", "---"), *RU)]
    (tmp_path / "pipes.md").write_text("\n".join(lines))
    for name in ("act.docx", "act.md", "act.html", "pipes.md"):
        (draft,) = (one.document() for one in read_drafts([tmp_path / name]))
        draft.pop("act")
        assert {key: draft[key] for key in draft} == {key: expected[0][key] for key in draft}, name


def test_a_table_goes_on_in_the_next_file_and_what_is_missing_is_said(tmp_path: Path) -> None:
    whole = drafts(html(RU, RU_CAPTION))
    parts = drafts(html(RU[:5], RU_CAPTION), html(RU[5:], "").replace('<tr><td colspan="3"></td></tr>', ""))
    assert parts == whole
    (short,) = drafts(html(RU[:5], RU_CAPTION))
    assert [row["field"] for row in short["unread"]] == ["fee", "schedule", "documents", "refusal_grounds"]
    assert short["fee"] is None


def test_languages_that_differ_are_shown() -> None:
    kk = tuple(row if row[0] != "3" else (*row[:2], "паспорт беру – 10 жұмыс күні") for row in KK)
    (draft,) = drafts(html(RU, RU_CAPTION), html(kk, KK_CAPTION))
    (row,) = draft["unread"]
    assert (row["field"], row["reason"]) == ("term", "the two languages differ")


def test_numbers_in_words() -> None:
    spoken = {"двух": 2, "двадцати пяти": 25, "одного": 1, "он бес": 15, "жиырма": 20, "пасека": None}
    for words, number in spoken.items():
        assert in_words(words) == number, words


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("Срок оказания – 7 (семь) рабочих дней.", [TermRead(amount=7, unit=WORKING)]),
        ("2 (два) рабочих дня.", [TermRead(amount=2, unit=WORKING)]),
        (
            "возобновление – в течение 3 (трёх) рабочих;",
            [TermRead(amount=3, unit=WORKING, when="возобновление")],
        ),
        ("15 рабочих дней с момента регистрации.", [TermRead(amount=15, unit=WORKING)]),
        ("лицензия беру-6 (алты) жұмыс күні;", [TermRead(amount=6, unit=WORKING, when="лицензия беру")]),
        ("тридцати календарных дней", [TermRead(amount=30, unit=CALENDAR)]),
        ("услуга приостанавливается на 10 рабочих дней", []),
        ("10-15 рабочих дней", []),
        ("не более 20 раз", []),
    ],
)
def test_terms_are_read_with_their_case_and_other_durations_are_none(
    line: str, terms: list[TermRead]
) -> None:
    assert list(terms_of([line]).terms) == terms


def test_waiting_at_the_counter_is_no_term() -> None:
    read = terms_of(["максимально допустимое время ожидания – 15 минут;", "3 рабочих дня"])
    assert (read.max_queue_minutes, read.terms) == (15, (TermRead(amount=3, unit=WORKING),))


def test_fees_stand_under_their_place_and_a_reference_is_no_fee() -> None:
    lines = ("за лицензию:", "в столице – 100 МРП;", "в сёлах – 30 МРП.")
    assert fees_of(lines).fees == (
        FeeRead(mrp=100, what="в столице", when="за лицензию"),
        FeeRead(mrp=30, what="в сёлах", when="за лицензию"),
    )
    assert fees_of(["Бесплатно"]).fees == ()
    assert fees_of(["По тарифам приказа № 418 от 27 сентября 2018 года."]).fees is None
    assert fees_of(["Цены в тенге.", "на квартиру - 1 073,7;"]).fees == (
        FeeRead(kzt=1073.7, what="на квартиру"),
    )
    assert [fee.percent for fee in fees_of(["10 % от ставки, но не более 4 МРП"]).fees or ()] == [10]


def test_sentences_on_the_handling_of_papers_are_no_papers() -> None:
    lines = ("заявление;", "Сведения о документе услугодатель получает из информационных систем.")
    assert [item.text for item in items_of(lines).items] == ["заявление"]


def test_files_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "act.pdf").write_text("%PDF")
    (tmp_path / "act.docx").write_text("no archive")
    (tmp_path / "act.md").write_bytes(b"\xff\xfe\xfa")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    with each_case() as cases:
        for name in ("act.pdf", "act.docx", "act.md", "bomb.docx"):
            with cases.case(name), pytest.raises(FaultsError):
                read_drafts([tmp_path / name])


def test_markup_in_a_table_is_read_past_empty_lines() -> None:
    text = "<table>\n<tr><td>1</td>\n\n<td>срок</td></tr>\n</table>\n\nПосле"
    table, after = blocks_of_markdown(text)
    assert [cell.text for cell in table.rows[0]] == ["1", "срок"]  # type: ignore[union-attr]
    assert after.text == "После"  # type: ignore[union-attr]


def test_the_command_prints_the_services_of_both_files(tmp_path: Path) -> None:
    (tmp_path / "ru.html").write_text(html(RU, RU_CAPTION))
    (tmp_path / "kk.html").write_text(html(KK, KK_CAPTION))
    run = CliRunner().invoke(
        app, ["draft", str(tmp_path / "ru.html"), "--kk", str(tmp_path / "kk.html"), "--json"]
    )
    assert run.exit_code == 0, run.output
    (service,) = json.loads(run.stdout)["services"]
    assert service["names"]["kk"] == "Омарта паспортын беру"
