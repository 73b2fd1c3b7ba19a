"""Which sources of cards are official: pages of state bodies and providers, stored copies of acts, acts."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from registry_data.load import DATA
from registry_data.provider_sites import SiteOfProvider
from registry_data.schema import Model, Prose, ServiceCard
from registry_data.yaml_file import read_yaml

_ADDRESS = re.compile(r"https?://\S+")
_HOST = re.compile(
    r"(?<![\w./@-])(?:[a-z0-9-]+\.)+(?:kz|com|net|org|info|ru|su|biz|io|me)(?![\w-])", re.IGNORECASE
)
_NAMES_AN_ACT = re.compile(
    r"№|\b(?:order|law|code|resolution|decree|constitution|приказ|закон|кодекс|постановлени|указ|бұйры|заң|қаулы)",
    re.IGNORECASE,
)


class OfficialSite(Model):
    """A host with everything under it. `of_one_provider`: a page there speaks for one organisation only."""

    site: Prose
    why: Prose
    of_one_provider: bool = False


class OfficialCopy(Model):
    """A public repository that stores the texts of acts; sources name it as `owner/name:path`."""

    repository: Prose
    why: Prose


class OfficialSources(Model):
    sites: tuple[OfficialSite, ...]
    copies: tuple[OfficialCopy, ...]
    providers: tuple[SiteOfProvider, ...] = ()


def sources_of(card: ServiceCard) -> tuple[str, ...]:
    return (card.source,) if isinstance(card.source, str) else card.source


def unofficial_sources(card: ServiceCard) -> Iterator[str]:
    """The card's sources that are neither an act nor a page of a state body or provider."""
    for source in sources_of(card):
        if not is_official(source):
            yield source


def addresses_of(source: str) -> list[str]:
    return [address.rstrip(".,;)") for address in _ADDRESS.findall(source)]


def is_official(source: str) -> bool:
    """Every site that the source names must be official; one that names none must name an act."""
    hosts = [urlsplit(address).hostname or "" for address in addresses_of(source)]
    hosts += _HOST.findall(_ADDRESS.sub(" ", source))
    if hosts:
        return all(map(_is_official_host, hosts))
    return any(source.startswith(copy.repository) for copy in _known().copies) or bool(
        _NAMES_AN_ACT.search(source)
    )


def is_of_one_provider(address: str) -> bool:
    """Whether the page belongs to one of many providers, such as a school."""
    site = _site_of(urlsplit(address).hostname or "")
    return site is not None and site.of_one_provider


def _is_official_host(host: str) -> bool:
    return _site_of(host) is not None


def _site_of(host: str) -> OfficialSite | None:
    name = host.casefold().rstrip(".")
    return next((one for one in _known().sites if f".{name}".endswith(f".{one.site}")), None)


@cache
def _known() -> OfficialSources:
    return OfficialSources.model_validate(read_yaml(DATA / "official_sites.yaml"))
