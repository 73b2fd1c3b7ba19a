"""A guide's text: paragraphs with their act or page, and contacts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.views.answers.labels import label_of
from bot.views.text import heading
from kernel.language import Language
from localisation.collation import in_order
from localisation.formats import day
from localisation.translations import Translations
from registry_data.acts import Act
from registry_data.citation import Citation, point_in_language
from registry_data.guide import Contact, Guide, Paragraph, WebSource
from registry_data.schema import ServiceCard


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideText:
    texts: Translations

    def text(
        self, guide: Guide, acts: Mapping[str, Act], language: Language, listed: Iterable[ServiceCard] = ()
    ) -> str:
        """`listed` are the services that the guide names."""
        parts = [heading(guide.names.in_language(language))]
        parts += [self._paragraph(paragraph, acts, language) for paragraph in guide.body]
        if names := sorted((label_of(card, language) for card in listed), key=in_order):
            parts.append(str(self.texts.html(language, "guide.services", names=names)))
        if guide.contacts:
            parts.append("\n".join(self._contact(contact, language) for contact in guide.contacts))
        parts.append(str(self.texts.html(language, "card.checked", checked=day(guide.checked, language))))
        return "\n\n".join(parts)

    def _paragraph(self, paragraph: Paragraph, acts: Mapping[str, Act], language: Language) -> str:
        text = paragraph.in_language(language)
        if paragraph.citation is not None:
            origin = self._citation(paragraph.citation, acts, language)
            return str(self.texts.html(language, "guide.paragraph", text=text, origin=origin))
        assert paragraph.source is not None
        values = self._source(paragraph.source, language)
        return str(self.texts.html(language, "guide.paragraph_from_page", text=text, **values))

    @staticmethod
    def _citation(citation: Citation, acts: Mapping[str, Act], language: Language) -> str:
        act = acts.get(citation.act)
        number = act.number if act else citation.act
        point = point_in_language(citation.point, language, in_parts=act is not None and act.in_parts)
        return f"{number}, {point}"

    @staticmethod
    def _source(source: WebSource, language: Language) -> dict[str, str]:
        return {
            "url": source.url,
            "site": urlsplit(source.url).netloc,
            "checked": day(source.checked, language),
        }

    def _contact(self, contact: Contact, language: Language) -> str:
        label = contact.label.in_language(language)
        return str(self.texts.html(language, f"guide.{contact.kind.value}", label=label, value=contact.value))
