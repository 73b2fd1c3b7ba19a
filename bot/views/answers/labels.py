"""Button labels of services: the name, or what people call it if the name is too long."""

from bot.views.text import shorten
from kernel.language import Language
from knowledge.catalogue import Catalogue
from registry_data.guide import Guide
from registry_data.schema import ServiceCard

READS_WELL = 44  # characters that a phone shows on a button


def service_label(catalogue: Catalogue, slug: str, language: Language) -> str:
    """The label of a service or guide. Raises KeyError for an unknown slug."""
    return label_of(catalogue.cards.get(slug) or catalogue.guides[slug], language)


def label_of(subject: ServiceCard | Guide, language: Language) -> str:
    name = subject.names.in_language(language)
    everyday = subject.aliases.in_language(language)
    if len(name) <= READS_WELL or not everyday:
        return shorten(name)
    return shorten(everyday[0][:1].upper() + everyday[0][1:])
