"""Organisations are found by name, abbreviation and place, with the tolerance of services."""

import pytest

from knowledge.organisations import OrganisationFinder
from registry_data.contents import Registry, load_registry
from tests.each import each_case


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def finder(registry: Registry) -> OrganisationFinder:
    return OrganisationFinder(registry.organisations, {one.code: one for one in registry.regions})


# what is typed, and the body that must come first
FIRST = {
    "ЦОН Семей": "corporation-abai-semey",
    "цон семее": "corporation-abai-semey",
    "tson semei": "corporation-abai-semey",
    "wjy ctvtq": "corporation-abai-semey",  # the Latin keyboard layout
    "Семей ХҚКО": "corporation-abai-semey",
    "семей халыққа қызмет көрсету орталығы": "corporation-abai-semey",
    "цон Шымкент": "state-corporation-shymkent",
    "полиция Астана": "police-astana",
    "полицыя караганда": "police-karaganda",
    "Астана ІІД": "police-astana",
    "ИИБ Шымкент": "police-shymkent",
    "ДВД Алматы": "police-almaty",
    "отдел внутренних дел Тараз": "police-zhambyl",
    "налоговая Костанай": "tax-kostanay",
    "салық Ақтөбе": "tax-aktobe",
    "акимат Семея": "akimat-abai-semey",
    "Жаңасемей әкімдігі": "akimat-abai-zhanasemey",
    "жанасемейский акимат": "akimat-abai-zhanasemey",
    "санэпид Павлодар": "sanitary-pavlodar",
    "СЭС Атырау": "sanitary-atyrau",
    "военкомат Актау": "military-mangystau",
    "Абай облысының білім басқармасы": "education-abai",
    "управление здравоохранения Жамбылской области": "health-zhambyl",
    "минюст": "ministry-justice",
    "министерство юстиции": "ministry-justice",
    "МВД": "ministry-internal-affairs",
    "ІІМ": "ministry-internal-affairs",
    "ЕНПФ": "enpf",
    "БЖЗҚ": "enpf",
    "ОСМС": "medical-insurance-fund",
    "МСЭ Кокшетау": "social-protection-akmola",
    "РАГС Караганда": "akimat-karaganda-karaganda",
    "алматы облысы әкімдігі": "akimat-almaty-region",
    "цон сарыарка астана": "corporation-astana-saryarka",
    "отдел образования Талдыкорган": "akimat-zhetisu-taldykorgan",
    "собес Орал": "labour-west-kazakhstan",
    "қорғаныс істері департаменті Алматы": "military-almaty",
}


def test_the_body_that_is_named_comes_first(finder: OrganisationFinder) -> None:
    with each_case() as cases:
        for text, wanted in FIRST.items():
            with cases.case(text):
                found = finder.find(text, 8)
                assert found[:1] == [wanted], found


def test_without_a_place_the_near_and_the_whole_come_first(finder: OrganisationFinder) -> None:
    near = {
        "халыққа қызмет көрсету": "state-corporation-abai",
        "халыққа қызмет көрсету орталығы": "state-corporation-abai",
        "ЦОН": "state-corporation-abai",
        "ИИБ": "police-abai",
        "полиция": "police-abai",
        "налоговая": "tax-abai",
        "әкімдік": "akimat-abai",
    }
    with each_case() as cases:
        for text, wanted in near.items():
            with cases.case(text):
                found = finder.find(text, 8, near="abai")
                assert found[:1] == [wanted], found
                assert len(found) == len(set(found)) == 8


def test_only_the_bodies_asked_for_are_found(finder: OrganisationFinder) -> None:
    assert finder.find("полиция", 8, among={"police-abai", "tax-abai"}) == ["police-abai"]


@pytest.mark.parametrize(
    "text", ["", "?!", "фиолетовый шмурдяк", "қызғылт шмурдяк", "asdf qwerty", "поликлиника", "жыртқыш"]
)
def test_nonsense_finds_nothing(finder: OrganisationFinder, text: str) -> None:
    assert finder.find(text, 8) == []
