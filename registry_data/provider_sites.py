"""A provider's own site, told once in `official_sites.yaml` instead of on each of its cards."""

from functools import cache
from pathlib import Path

from registry_data.providers import ProviderKind
from registry_data.schema import HttpsUrl, Model, Prose, ServiceCard, Slug
from registry_data.yaml_file import read_yaml

_FILE = Path(__file__).parent / "official_sites.yaml"


class SiteOfProvider(Model):
    """`organisations` are codes of `organisations.yaml`; `kinds` are for cards that name none."""

    address: HttpsUrl
    organisations: tuple[Slug, ...] = ()
    kinds: tuple[ProviderKind, ...] = ()
    why: Prose


def with_site(card: ServiceCard) -> ServiceCard:
    """The card with its provider's site, unless it has one of its own."""
    if card.provider_site is not None or card.lapsed is not None:
        return card
    address = _address(card.provider_organisation, card.provider_kind)
    return card.model_copy(update={"provider_site": address}) if address else card


def _address(organisation: str | None, kind: ProviderKind | None) -> str | None:
    for one in _sites():
        if organisation in one.organisations or (organisation is None and kind in one.kinds):
            return one.address
    return None


@cache
def _sites() -> tuple[SiteOfProvider, ...]:
    raw = read_yaml(_FILE)
    found = raw.get("providers", ()) if isinstance(raw, dict) else ()
    return tuple(SiteOfProvider.model_validate(one) for one in found)
