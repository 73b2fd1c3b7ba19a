"""What services and guides are called on buttons and above answers."""

from bot.views.text import shorten
from kernel.language import Language
from knowledge.catalogue import Catalogue
from registry_data.guide import Guide
from registry_data.schema import ServiceCard


def service_label(catalogue: Catalogue, slug: str, language: Language) -> str:
    """The label of a service or guide. Raises KeyError for an unknown slug."""
    return label_of(catalogue.cards.get(slug) or catalogue.guides[slug], language)


def label_of(subject: ServiceCard | Guide, language: Language) -> str:
    """The subject's own label, or its name if nobody has written one."""
    if subject.label is not None:
        return subject.label.in_language(language)
    return shorten(subject.names.in_language(language))
