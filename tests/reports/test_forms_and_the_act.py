"""Forms 1-мқ and 2-мқ match the act row by row and letter by letter; 3-мқ and 4-мқ state their origin."""

import re
from pathlib import Path

import pytest

from registry_data.faults import FaultsError
from registry_data.report_forms import (
    FORMS,
    CountedMeasure,
    FillMode,
    FormRecord,
    Layout,
    RowBreakdown,
    check_forms,
    form_codes,
    load_form,
)
from tests.reports.act_text import after_table, annex, before_table, squeezed, table

BOTH = [("1-mq", 1), ("2-mq", 2)]


def numbers_of(form: FormRecord) -> list[str]:
    return [
        number
        for section in form.sections
        for number in (section.number, *(row.number for row in section.rows))
    ]


@pytest.mark.parametrize(("code", "number"), BOTH)
def test_row_numbers_match_the_act_in_order(code: str, number: int):
    numbers, _ = table(number)
    assert numbers_of(load_form(code)) == numbers


@pytest.mark.parametrize(("code", "number"), BOTH)
def test_titles_match_the_act_exactly(code: str, number: int):
    _, text = table(number)
    for section in load_form(code).sections:
        titles = [(section.number, section.titles.kk)]
        for row in section.rows:
            titles.append((row.number, row.titles.kk))
            if row.opens_titles is not None:
                titles.append((f"{row.number}, its lines", row.opens_titles.kk))
        for place, title in titles:
            wanted = squeezed(title)
            assert text.startswith(wanted), f"{place}: {text[:200]!r} is not {wanted!r}"
            text = text[len(wanted) :]
    assert text == ""


@pytest.mark.parametrize(("code", "number"), BOTH)
def test_header_and_signatures_match_the_act(code: str, number: int):
    form = load_form(code)
    blanks = {"name": form.names.kk, "year": "20___", "quarter": "___", "organisation": ""}
    header = [line.kk.format(**blanks) for line in (form.corner, *form.header, form.caption)]
    position = 0
    for line in header:
        position = before_table(number).index(squeezed(line), position)
    printed = re.sub("_+", "", after_table(number))
    for line in form.signatures:
        parts = re.split("_+", line.kk.format(**blanks))
        assert all(squeezed(part) in printed for part in parts), line.kk


def test_columns_are_the_months_of_the_act():
    heads = squeezed(" ".join(annex(1)))
    for column in load_form("1-mq").columns:
        assert squeezed(column.titles.kk) in heads


def test_2_mq_skips_the_row_on_approved_acts():
    first, second = load_form("1-mq"), load_form("2-mq")
    kept = [row for row in first.rows if row.number != "11"]
    for mine, theirs in zip(kept, second.rows, strict=True):
        assert (mine.fill, mine.opens, mine.counts, mine.stock) == (
            theirs.fill,
            theirs.opens,
            theirs.counts,
            theirs.stock,
        )


def test_rows_are_classified_as_flow_or_stock():
    assert [row.number for row in load_form("1-mq").rows if row.stock] == ["10", "11"]
    assert [row.number for row in load_form("2-mq").rows if row.stock] == ["10"]


def test_only_2_1_and_2_2_split_persons_and_entities():
    for code, _ in BOTH:
        assert [one.number for one in load_form(code).sections if one.split] == ["2.1", "2.2"]


@pytest.mark.parametrize(
    ("code", "computed"),
    [
        ("1-mq", {"16": 3, "17": 7, "18": 3, "19": 0}),
        ("2-mq", {"15": 3, "16": 7, "17": 3, "18": 0}),
    ],
)
def test_rows_on_complaints_are_computed(code: str, computed: dict[str, int]):
    form = load_form(code)
    wanted = {
        number
        for row, parts in computed.items()
        for number in (row, *(f"{row}.{part}" for part in range(1, parts + 1)))
    }
    assert {row.number for row in form.rows if row.fill is FillMode.COMPUTED} == wanted
    late = {row.number for row in form.rows if row.counts and row.counts.what is CountedMeasure.LATE}
    assert {row.number for row in form.rows if row.by_provider} == {one for one in late if "." in one}


def test_only_row_1_must_equal_its_parts():
    for code, _ in BOTH:
        assert [row.number for row in load_form(code).rows if row.parts == "fault"] == ["1"]


def test_form_without_a_table_says_so():
    form = load_form("3-mq")
    assert form.layout is Layout.LIST
    assert form.note is not None
    assert [row.citation.point for row in form.rows] == ["Annex 3 ¶4", "Annex 3 ¶5"]
    assert all(row.opens is RowBreakdown.PROVIDER for row in form.rows)


def test_4_mq_has_the_printed_columns():
    printed = squeezed(" ".join(annex(4)))
    form = load_form("4-mq")
    titles = [form.heads["provider"], form.heads["title"], *(one.titles for one in form.columns)]
    for title in titles:
        assert squeezed(title.kk.removesuffix(" […]")) in printed


def test_every_title_has_russian_and_english():
    for code in form_codes():
        for row in load_form(code).rows:
            assert row.titles.en is not None
            assert not set("әғқңөұүһі") & set(row.titles.ru.casefold())


def test_form_fault_names_file_and_row(tmp_path: Path):
    text = (FORMS / "1-mq.yaml").read_text(encoding="utf-8").replace("number: '1.2'", "number: '1.1'", 1)
    (tmp_path / "1-mq.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        check_forms(tmp_path, {"order-78"})
    assert [(fault.file, fault.key) for fault in error.value.faults] == [("1-mq.yaml", "1.1")]
