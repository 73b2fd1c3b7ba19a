from datetime import date
from typing import Any

import pytest

from registry_data.check import check, disagreements, wording_is_old
from registry_data.contents import Registry
from registry_data.organisations import OrganisationKind
from tests.registry.factories import TODAY, act, card, index, organisation, region, registry


def keys_of(found: Registry) -> list[tuple[str, str]]:
    return [(fault.file, fault.key) for fault in check(found, TODAY).faults]


def test_consistent_registry_has_no_faults_or_warnings() -> None:
    report = check(registry(), TODAY)
    assert (report.faults, report.warnings) == ((), ())


def body(code: str, **fields: Any) -> Any:
    return organisation(code, OrganisationKind.MINISTRY, **fields)


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (registry(card(), card()), ("id-card.yaml", "slug")),
        (registry(card(act="order-1")), ("id-card.yaml", "act")),
        (registry(card(provider_organisation="ministry-war")), ("id-card.yaml", "provider_organisation")),
        # dates: checked tomorrow; a wording newer than the reading; a wording older than its act
        (registry(card(checked="2026-11-22")), ("id-card.yaml", "checked")),
        (registry(card(version="2026-11-21")), ("id-card.yaml", "version")),
        (registry(card(version="2020-03-29")), ("id-card.yaml", "version")),
        (registry(acts=(act(version="2020-01-01"),)), ("acts.yaml", "order-267.version")),
        (registry(acts=(act(repealed="2020-01-01"),)), ("acts.yaml", "order-267.repealed")),
        # organisations: a missing parent, region, district; a cycle of parents
        (registry(organisations=(body("a", parent="b"),)), ("organisations.yaml", "a.parent")),
        (registry(organisations=(body("a", region="mars"),)), ("organisations.yaml", "a.region")),
        (
            registry(
                organisations=(body("a", region="akmola", district="x"),), regions=(region("akmola", "y"),)
            ),
            ("organisations.yaml", "a.district"),
        ),
        (registry(organisations=(body("a", district="x"),)), ("organisations.yaml", "a.district")),
        (
            registry(organisations=(body("a", parent="b"), body("b", parent="a"))),
            ("organisations.yaml", "a.parent"),
        ),
        (registry(regions=(region("akmola", "x", "x"),)), ("regions.yaml", "akmola.x")),
        # this year's index
        (registry(indices=(index(date(2025, 1, 1)),)), ("indices.yaml", "2026")),
    ],
)
def test_inconsistency_is_a_fault_with_its_place(found: Registry, where: tuple[str, str]) -> None:
    assert where in keys_of(found)


def test_duplicate_kato_code_is_a_fault() -> None:
    one, other = (region(code).model_copy(update={"kato": "110000000"}) for code in ("akmola", "aktobe"))
    assert ("regions.yaml", "110000000") in keys_of(registry(regions=(one, other)))


def test_finite_chain_of_parents_is_no_fault() -> None:
    bodies = (body("a", parent="b"), body("b", parent="c"), body("c"))
    assert disagreements(registry(organisations=bodies), TODAY) == ()


def test_missing_index_does_not_block_an_import() -> None:
    assert disagreements(registry(indices=()), TODAY) == ()


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (registry(card(version="2025-05-20")), ("id-card.yaml", "version")),
        (registry(acts=(act(repealed="2026-11-21"),)), ("id-card.yaml", "act")),
        # another card's alias, ignoring case
        (
            registry(card(), card(slug="travel-passport", aliases={"ru": ["Паспорт"]})),
            ("id-card.yaml", "aliases.ru"),
        ),
    ],
)
def test_doubtful_data_is_a_warning(found: Registry, where: tuple[str, str]) -> None:
    report = check(found, TODAY)
    assert ([(one.file, one.key) for one in report.warnings], report.faults) == ([where], ())


def test_alias_in_two_languages_of_one_card_is_no_warning() -> None:
    found = registry(card(aliases={"kk": ["паспорт"], "ru": ["паспорт"]}))
    assert check(found, TODAY).warnings == ()


def test_act_that_lapsed_by_its_heading_is_a_warning() -> None:
    heading = {"kk": "Ереже. Күші жойылды", "ru": "Правила. Утратил силу"}
    (warning,) = check(registry(acts=(act(title=heading),)), TODAY).warnings
    assert "says its heading" in warning.reason


def test_act_repealed_in_the_future_is_no_warning() -> None:
    assert check(registry(acts=(act(repealed="2026-11-22"),)), TODAY).warnings == ()


@pytest.mark.parametrize(
    ("version", "old"),
    [
        (date(2025, 5, 21), False),  # eighteen months to the day
        (date(2025, 5, 20), True),
        (date(2025, 6, 1), False),
        (date(2020, 1, 1), True),
        (date(2026, 11, 21), False),
    ],
)
def test_a_wording_is_old_after_eighteen_months(version: date, *, old: bool) -> None:
    assert wording_is_old(version, TODAY) is old
