"""Bodies that exist by law in every region and district, made by pattern where nobody lists them."""

from registry_data.completeness import completeness
from registry_data.contents import Registry
from registry_data.generated_bodies import body_patterns, with_generated
from registry_data.organisations import OrganisationKind
from registry_data.providers import ProviderKind
from registry_data.regions import DistrictKind
from registry_data.routing import ServicePlace, organisation_of
from registry_data.russian_places import dative, genitive
from tests.each import each_case
from tests.registry.factories import TODAY, organisation, region


def test_nine_of_ten_cards_find_an_organisation_in_every_district(own: Registry) -> None:
    measured = completeness(own, TODAY)
    assert measured.routed_least >= 0.9 * (measured.cards - measured.under_5), measured.least_place


def test_every_district_and_city_has_its_akimat(own: Registry) -> None:
    akimats = [
        (one.region, one.district)
        for one in own.organisations
        if one.kind is OrganisationKind.AKIMAT_DISTRICT
    ]
    places = [
        (one.code, district.code)
        for one in own.regions
        for district in one.districts
        if district.kind is not DistrictKind.CITY_DISTRICT
    ]
    assert sorted(akimats, key=str) == sorted(places, key=str)


def test_the_forms_of_regions_are_those_that_are_listed(own: Registry) -> None:
    listed = {one.code: one.names for one in own.organisations if not one.generated}
    with each_case() as cases:
        for one in own.regions:
            with cases.case(one.code):
                assert listed[f"akimat-{one.code}"].ru == f"Акимат {genitive(one.names.ru)}"
                assert listed[f"tax-{one.code}"].ru.endswith(f" по {dative(one.names.ru)}")
                assert listed[f"akimat-{one.code}"].kk == f"{one.names.kk}ның әкімдігі"


def test_russian_names_are_declined() -> None:
    forms = {
        "Абайский район": "Абайского района",
        "район Ақсуат": "района Ақсуат",
        "район имени Габита Мусрепова": "района имени Габита Мусрепова",
        "город Семей": "города Семея",
        "город Рудный": "города Рудного",
        "город Караганда": "города Караганды",
        "город Арысь": "города Арыси",
        "город Усть-Каменогорск": "города Усть-Каменогорска",
        "город Алматы": "города Алматы",
        "область Ұлытау": "области Ұлытау",
        "Восточно-Казахстанская область": "Восточно-Казахстанской области",
    }
    with each_case() as cases:
        for name, wanted in forms.items():
            with cases.case(name):
                assert genitive(name) == wanted


def test_names_are_made_in_three_languages(own: Registry) -> None:
    names = {one.code: one.names for one in own.organisations}
    made = {
        "akimat-abai-semey": ("Семей қаласының әкімдігі", "Акимат города Семея", "Akimat of Semey"),
        "akim-astana-esil": (
            "Астана қаласы Есіл ауданы әкімінің аппараты",
            "Аппарат акима района Есиль города Астаны",
            "Office of the Akim of Esil District",
        ),
        "health-abai": (
            "Абай облысының денсаулық сақтау басқармасы",
            "Управление здравоохранения области Абай",
            "Health Department of Abai Region",
        ),
    }
    with each_case() as cases:
        for code, wanted in made.items():
            with cases.case(code):
                assert (names[code].kk, names[code].ru, names[code].en) == wanted


def test_a_listed_body_is_not_made_again() -> None:
    place = region("akmola", "esil")
    listed = [organisation("akimat-esil", OrganisationKind.AKIMAT_DISTRICT, region="akmola", district="esil")]
    made = with_generated(listed, [place])
    assert [one.code for one in made if one.kind is OrganisationKind.AKIMAT_DISTRICT] == ["akimat-esil"]
    assert with_generated(made, [place]) == made
    assert all(one.parent is None for one in made)  # none of their superiors is listed
    later = [*with_generated([], [place]), *listed]  # imported into a database that has the made one
    found = organisation_of(
        ProviderKind.AKIMAT_DISTRICT, ServicePlace(region="akmola", district="esil"), later
    )
    assert found == listed[0]


def test_every_pattern_names_the_law() -> None:
    assert all(pattern.law for pattern in body_patterns())
    codes = [pattern.code for pattern in body_patterns()]
    assert len(codes) == len(set(codes))
