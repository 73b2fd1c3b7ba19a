"""Cards to a sheet and back."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from registry_data.contents import Registry
from registry_data.english import with_english
from registry_data.faults import FaultsError
from registry_data.schema import ServiceCard
from registry_data.sheets.cells import guard, join, split, unguard
from registry_data.sheets.columns import COLUMNS, fields_of, row_of
from registry_data.sources import read_source, write_cards
from tests.registry.factories import CARD_FILE, card, registry, write

ENDINGS = ("csv", "xlsx")

# Anything that a spreadsheet, CSV or our own format could misinterpret
_NASTY = st.sampled_from(
    ["=1+1", "+7 727", "-", "@SUM(A1)", "'", "'=1", "[]", "\\", "\\n", "a\nb", "a\r\nb", ';,"', "#N/A"]
)
_PROSE = st.one_of(
    _NASTY,
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="_?\ufffd"),
        min_size=1,
        max_size=30,
    ),
).filter(lambda text: text.strip() != "")
_TEXT = st.fixed_dictionaries({"kk": _PROSE, "ru": _PROSE}, optional={"en": _PROSE})
_WHEN: dict[str, st.SearchStrategy[Any]] = {"when": _TEXT}
_ITEMS = st.lists(
    st.fixed_dictionaries({"kk": _PROSE, "ru": _PROSE}, optional={"en": _PROSE, **_WHEN}), max_size=3
)
_AMOUNT = st.floats(min_value=0, max_value=1e6, allow_nan=False)
_CARDS = st.fixed_dictionaries(
    {
        "slug": st.just("id-card"),
        "names": _TEXT,
        "life_situation": st.sampled_from(["documents", "health"]),
        "recipients": st.lists(st.sampled_from(["individual", "legal_entity"]), min_size=1, max_size=2),
        "source": st.one_of(_PROSE, st.lists(_PROSE, min_size=1, max_size=3)),
        "checked": st.dates().map(str),
    },
    optional={
        "code": st.just("00101003"),
        "aliases": st.fixed_dictionaries(
            {}, optional={"kk": st.lists(_PROSE, max_size=3), "en": st.lists(_PROSE)}
        ),
        "provider": _TEXT,
        "channels": st.lists(st.sampled_from(["provider", "egov_portal"]), max_size=2),
        "term": st.lists(
            st.fixed_dictionaries(
                {"amount": st.integers(1, 99)},
                optional={"unit": st.sampled_from(["hours", "months"]), **_WHEN},
            ),
            max_size=3,
        ),
        "max_queue_minutes": st.integers(1, 99),
        "fee": st.lists(
            st.one_of(
                st.fixed_dictionaries({"mrp": _AMOUNT}, optional={"what": _TEXT}),
                st.fixed_dictionaries({"kzt": _AMOUNT}),
            ),
            max_size=3,
        ),
        "result": _TEXT,
        "documents": _ITEMS,
        "refusal_grounds": _ITEMS,
        "provider_site": st.just("https://gov.kz/x"),
        "apply_url": st.just("https://egov.kz/cms/ru/services/x"),
        "disability": _ITEMS,
        "amount": st.lists(
            st.one_of(
                st.fixed_dictionaries({"kk": _PROSE, "ru": _PROSE, "source": _PROSE}, optional=_WHEN),
                st.just({"kk": "к", "ru": "р", "act": "order-267", "point": "Art. 5 ¶2"}),
            ),
            max_size=2,
        ),
    },
)


def there_and_back(folder: Path, ending: str, found: Registry) -> Registry:
    path = folder / f"cards.{ending}"
    write_cards(path, found)
    return read_source(path, found)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_registry_sheet_round_trip(tmp_path: Path, own: Registry, ending: str) -> None:
    assert there_and_back(tmp_path, ending, own) == own


@given(fields=_CARDS)
def test_card_row_round_trip(fields: dict[str, Any]) -> None:
    made = ServiceCard.model_validate(fields)
    assert ServiceCard.model_validate(fields_of(row_of(made))) == made


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@given(fields=_CARDS)
@settings(max_examples=40, deadline=None)
def test_card_file_round_trip(tmp_path: Path, ending: str, fields: dict[str, Any]) -> None:
    found = registry(ServiceCard.model_validate(fields))
    assert there_and_back(tmp_path, ending, found).cards == found.cards


@given(st.text())
def test_guarded_cell_round_trip_never_starts_a_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(min_size=1), min_size=1))
def test_joined_lines_round_trip(values: list[str]) -> None:
    assert split(join(values)) == values


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+7 727 250", "-5", "@SUM(A1)"])
def test_formula_like_text_is_written_as_text(tmp_path: Path, ending: str, text: str) -> None:
    found = registry(with_english(card(names={"kk": text, "ru": "а"})))
    assert there_and_back(tmp_path, ending, found) == found
    raw = (tmp_path / f"cards.{ending}").read_bytes()
    if ending == "csv":
        assert f",'{text},".encode() in raw
    else:
        sheet = load_workbook(tmp_path / "cards.xlsx").worksheets[0]
        cell = sheet.cell(2, COLUMNS.index("names.kk") + 1)
        assert (cell.data_type, cell.value) == ("s", f"'{text}")


HEADER = "slug,names.kk,names.ru,life_situation,recipients,source,checked"
LINE = "id-card,Куәлік,Удостоверение,documents,individual,https://example.kz,2026-11-20"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{LINE}\n".encode(),
        f"\ufeff{HEADER}\n{LINE}\n".encode(),  # with a byte order mark
        f"{HEADER}\n{LINE}\n".replace(",", ";").encode(),  # as Excel writes it in Kazakhstan
        f"{HEADER}\n{LINE}\n".replace(",", "\t").encode(),
        f"{HEADER}\r\n{LINE}\r\n".encode(),
        f"\n{HEADER}\n\n{LINE}".encode(),  # blank lines
        f"{HEADER},\n{LINE},\n".encode(),  # a column without a name and without a value
    ],
)
def test_csv_is_read_in_any_dialect(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cards.csv"
    path.write_bytes(content)
    (found,) = read_source(path, Registry()).cards
    assert (found.slug, found.names.ru) == ("id-card", "Удостоверение")


def test_several_values_are_lines_of_one_cell(tmp_path: Path) -> None:
    text = f'{HEADER},aliases.ru,fee.mrp,fee.kzt\n{LINE},"удостак\n\nпаспорт","0.2\n","\n500"\n'
    (found,) = read_source(write(tmp_path, "cards.csv", text), Registry()).cards
    assert found.aliases.ru == ("удостак", "паспорт")
    assert [(fee.mrp, fee.kzt) for fee in found.fee or ()] == [(0.2, None), (None, 500)]


def test_act_in_its_own_columns_is_added_to_the_acts(tmp_path: Path) -> None:
    columns = "legal_basis.title.kk,legal_basis.title.ru,legal_basis.number,legal_basis.date"
    text = f"{HEADER},{columns}\n{LINE},Қағидалар,Правила,№ 5,2022-01-10\n"
    found = read_source(write(tmp_path, "cards.csv", text), Registry())
    assert [act.key for act in found.acts] == [found.cards[0].act] == ["act-5-2022-01-10"]


def test_folder_of_cards_replaces_only_cards(tmp_path: Path) -> None:
    write(tmp_path, "id-card.yaml", CARD_FILE)
    present = registry(card(slug="other"))
    found = read_source(tmp_path, present)
    assert [one.slug for one in found.cards] == ["id-card"]
    assert (found.acts, found.indices) == (present.acts, present.indices)


@pytest.mark.parametrize("name", ["cards.pdf", "cards.xlsm", "cards"])
def test_unknown_file_type_is_rejected(tmp_path: Path, name: str) -> None:
    with pytest.raises(FaultsError, match="neither a folder"):
        read_source(write(tmp_path, name, "x"), Registry())
    with pytest.raises(FaultsError, match=r"neither in \.csv nor in \.xlsx"):
        write_cards(tmp_path / "cards.pdf", registry())


def test_too_long_text_is_rejected_on_export(tmp_path: Path) -> None:
    many = [{"kk": "ұ" * 1400, "ru": "а"} for _ in range(30)]
    with pytest.raises(FaultsError, match=r"line 2, column \w+: more than 32767 characters"):
        write_cards(tmp_path / "cards.xlsx", registry(card(documents=many)))
