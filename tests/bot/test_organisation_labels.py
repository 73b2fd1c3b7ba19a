"""No two organisations of a list have the same button."""

from bot.views.organisations import organisation_labels
from bot.views.text import LABEL_LIMIT
from kernel.language import Language
from registry_data.contents import load_registry
from registry_data.organisations import OrganisationKind
from registry_data.schema import Text
from tests.each import each_case
from tests.registry.factories import organisation


def test_labels_of_all_organisations_differ() -> None:
    registry = load_registry()
    regions = {one.code: one for one in registry.regions}
    with each_case() as cases:
        for language in Language:
            labels = organisation_labels(registry.organisations, regions, language)
            with cases.case(language):
                assert len(set(labels.values())) == len(registry.organisations)
            for code, label in labels.items():
                with cases.case(language, code):
                    assert 0 < len(label) <= LABEL_LIMIT
                    assert not label.endswith("…") or "–" not in label  # the place is never cut off


def test_a_label_says_what_and_where() -> None:
    registry = load_registry()
    regions = {one.code: one for one in registry.regions}
    labels = organisation_labels(registry.organisations, regions, Language.RU)
    wanted = {
        "police-astana": "Полиция – Астана",
        "corporation-abai-semey": "ЦОН – Семей, обл. Абай",
        "akimat-abai-abai": "Акимат – Абайский р-н, обл. Абай",
        "akim-astana-esil": "Аппарат акима – р-н Есиль, Астана",
        "health-abai": "Управление здравоохранения области Абай",
        "ministry-justice": "Министерство юстиции",
    }
    assert {code: labels[code] for code in wanted} == wanted


def test_bodies_with_the_same_name_are_numbered() -> None:
    name = {"names": Text(kk="x", ru="x")}
    twins = [
        organisation(code, OrganisationKind.SUBORDINATE_ORGANISATION).model_copy(update=name)
        for code in "abc"
    ]
    assert organisation_labels(twins, {}, Language.RU) == {"a": "x", "b": "x 2", "c": "x 3"}
