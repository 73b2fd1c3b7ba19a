from datetime import date
from pathlib import Path

import pytest

from registry_data.contents import load_registry
from registry_data.faults import Fault, FaultsError
from registry_data.load import (
    load_acts,
    load_cards,
    load_indices,
    load_organisations,
    load_regions,
    read_cards,
)
from tests.registry.factories import CARD_FILE, act, write


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(FaultsError) as caught:
        load_cards(folder, [act()])
    return list(caught.value.faults)


def test_card_file_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, "id-card.yaml", CARD_FILE)
    (card,) = load_cards(tmp_path, [])
    assert (card.slug, card.names.kk, card.checked) == ("id-card", "Жеке куәлік беру", date(2026, 11, 20))


def test_cards_are_sorted_by_slug(tmp_path: Path) -> None:
    for slug in ("licence-first", "licence", "apostille"):
        write(tmp_path, f"{slug}.yaml", CARD_FILE.replace("id-card", slug))
    assert [card.slug for card in load_cards(tmp_path, [])] == ["apostille", "licence", "licence-first"]


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        # a value outside the enum
        (("life_situation: documents", "life_situation: papers"), "life_situation", "Input should be"),
        (("recipients: [individual]", "recipients: [people]"), "recipients.0", "Input should be"),
        (("checked:", "provider_kind: police\nchecked:"), "provider_kind", "Input should be"),
        # an unknown key
        (("checked:", "feee: []\nchecked:"), "feee", "Extra inputs are not permitted"),
        # an invalid date, rejected by YAML itself, and a string in place of a date
        (("2026-11-20", "2026-13-20"), "line 6", "'2026-13-20' is no date"),
        (("2026-11-20", "yesterday"), "checked", "Input should be a valid date"),
        # both languages are required
        ((", ru: Выдача удостоверения", ""), "names.ru", "Field required"),
        # a fee has one amount
        (("checked:", "fee: [{mrp: 1, kzt: 2}]\nchecked:"), "fee.0", "exactly one of mrp, kzt and percent"),
        # a ministry must be named by its code
        (("checked:", "provider_kind: ministry\nchecked:"), "", "named by its code"),
        # a wording needs an act
        (("checked:", "version: 2020-01-01\nchecked:"), "", "no act is named"),
        (("checked:", "act: order-1\nchecked:"), "act", "no act 'order-1' in acts.yaml"),
        # the file's name is the slug
        (("slug: id-card", "slug: passport"), "slug", "asks for id-card"),
        # invalid YAML; a duplicate key
        (("[individual]", "[individual"), "line 5", "expected ',' or ']'"),
        (("checked:", "slug: id-card\nchecked:"), "line 6", "'slug' occurs twice"),
        # characters that no database or sheet can store
        (("Жеке куәлік беру", '"Жеке\\0куәлік"'), "names.kk", "String should match"),
        # an inlined act without a required field
        (("checked:", "legal_basis: {number: № 1}\nchecked:"), "legal_basis.title", "Field required"),
    ],
)
def test_fault_names_file_key_and_reason(
    tmp_path: Path, change: tuple[str, str], key: str, reason: str
) -> None:
    write(tmp_path, "id-card.yaml", CARD_FILE.replace(*change))
    found = faults_of(tmp_path)
    assert ("id-card.yaml", key) in [(fault.file, fault.key) for fault in found]
    assert any(reason in fault.reason for fault in found)


BOMB = (
    "".join(f"x{level + 1}: &x{level + 1} [{', '.join([f'*x{level}'] * 9)}]\n" for level in range(9))
    .replace("*x0", "lol")
    .replace("x9:", "documents:")
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "nested too deeply"),  # would overflow the parser's stack
        ("- " * 100_000, "nested too deeply"),
        ("a: " + "9" * 5_000, "cannot be read"),  # longer than Python reads
        ("a: !!int 1_x", "cannot be read"),
        ("a: !!float x", "cannot be read"),
        ("? [a, b]\n: 1", "one word"),
        ("? {a: b}\n: 1", "one word"),
        ("a: !!python/object/apply:os.system [id]", "could not determine"),
        ("documents: &a [*a]", "valid dictionary"),  # a list that holds itself
        (BOMB, "valid dictionary"),  # a thousand million strings in forty lines
        ("a: !!python/object:os.system {}", "could not determine a constructor"),
    ],
)
def test_malicious_file_is_a_fault(tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path, "id-card.yaml", text)
    assert any(reason in fault.reason for fault in faults_of(tmp_path))


@pytest.mark.parametrize("content", [b"a: \xff", b"\x00", b"\xff\xfe\x00"])
def test_binary_content_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "id-card.yaml").write_bytes(content)
    assert len(faults_of(tmp_path)) == 1


def test_faults_of_all_files_are_collected(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", CARD_FILE.replace("id-card", "a").replace("documents", "papers"))
    write(tmp_path, "b.yaml", "- not a mapping")
    write(tmp_path, "c.yaml", CARD_FILE.replace("id-card", "d"))
    assert [(fault.file, fault.key) for fault in faults_of(tmp_path)] == [
        ("a.yaml", "life_situation"),
        ("b.yaml", ""),
        ("c.yaml", "slug"),
    ]


def test_empty_list_differs_from_absence(tmp_path: Path) -> None:
    write(tmp_path, "id-card.yaml", CARD_FILE + "fee: []\n")
    (card,) = load_cards(tmp_path, [])
    assert (card.fee, card.documents) == ((), None)


INLINE = """\
legal_basis:
  title: {{kk: Қағидалар, ru: Правила}}
  number: "{number}"
  date: {date}
  version: 2024-11-27
"""


@pytest.mark.parametrize(
    ("number", "day", "key"),
    [
        ("№ 267", "2020-03-30", "order-267"),  # the act we know
        ("267", "2020-03-30", "order-267"),  # its number written without the sign
        ("№ 267", "2021-03-30", "act-267-2021-03-30"),  # the number of another year
        ("№ ҚР ДСМ-49/2020", "2020-05-18", "act-qr-dsm-49-2020-2020-05-18"),
    ],
)
def test_inline_act_becomes_a_reference(tmp_path: Path, number: str, day: str, key: str) -> None:
    write(tmp_path, "id-card.yaml", CARD_FILE + INLINE.format(number=number, date=day))
    read = read_cards(tmp_path, [act()])
    assert (read.cards[0].act, read.cards[0].version) == (key, date(2024, 11, 27))
    assert key in {one.key for one in read.acts}


def test_cards_share_the_same_inline_act(tmp_path: Path) -> None:
    for slug in ("a", "b"):
        text = CARD_FILE.replace("id-card", slug) + INLINE.format(number="№ 5", date="2022-01-10")
        write(tmp_path, f"{slug}.yaml", text)
    read = read_cards(tmp_path, [])
    assert [one.key for one in read.acts] == ["act-5-2022-01-10"]


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("order-1: {number: № 1, date: 2020-01-01}", "order-1.title", "Field required"),
        ("order-1: nothing", "order-1", "a mapping"),
        ("just words", "", "a list or a mapping"),
        ("order-1: {}\norder-1: {}", "line 2", "occurs twice"),
    ],
)
def test_fault_in_the_acts_is_named(tmp_path: Path, text: str, key: str, reason: str) -> None:
    with pytest.raises(FaultsError) as caught:
        load_acts(write(tmp_path, "acts.yaml", text))
    assert (caught.value.faults[0].file, caught.value.faults[0].key) == ("acts.yaml", key)
    assert reason in caught.value.faults[0].reason


def test_duplicate_code_is_a_fault(tmp_path: Path) -> None:
    one = "- {code: enpf, kind: pension_fund, names: {kk: Қор, ru: Фонд}}\n"
    with pytest.raises(FaultsError, match=r"organisations\.yaml: enpf: this code occurs twice"):
        load_organisations(write(tmp_path, "organisations.yaml", one + one))


def test_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"regions\.yaml: the file: No such file"):
        load_regions(tmp_path / "regions.yaml")


def test_record_without_a_key_is_named_by_number(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"record 2\.from: Field required"):
        load_indices(
            write(tmp_path, "indices.yaml", "- {from: 2026-01-01, kzt: 1, source: a}\n- {kzt: 1, source: a}")
        )


def test_registry_reports_the_faults_of_every_file(tmp_path: Path) -> None:
    services = tmp_path / "services"
    services.mkdir()
    write(services, "a.yaml", CARD_FILE)
    for name in ("acts", "organisations", "indices"):
        write(tmp_path, f"{name}.yaml", "[]")
    with pytest.raises(FaultsError) as caught:
        load_registry(tmp_path)
    assert [(fault.file, fault.key) for fault in caught.value.faults] == [
        ("regions.yaml", ""),
        ("a.yaml", "slug"),
    ]
