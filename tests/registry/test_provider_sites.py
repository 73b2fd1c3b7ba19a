"""A card's site is its provider's, told once."""

from registry_data.contents import Registry
from registry_data.provider_sites import with_site
from tests.registry.factories import card


def test_a_card_gets_its_providers_site_unless_it_has_its_own() -> None:
    of_kind = card(provider_kind="state_corporation")
    assert with_site(of_kind).provider_site == "https://gov4c.kz"
    of_body = card(provider_kind="agency", provider_organisation="committee-state-revenue")
    assert with_site(of_body).provider_site == "https://www.kgd.gov.kz"
    assert with_site(card(provider_kind="akimat")).provider_site is None
    own = card(provider_kind="state_corporation", provider_site="https://egov.kz")
    assert with_site(own) is own


def test_own_cards_have_it(own: Registry) -> None:
    sites = {one.slug: one.provider_site for one in own.cards}
    assert sites["fire-safety-audit-accreditation"] == "https://www.emer.gov.kz"
