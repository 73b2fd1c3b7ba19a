"""The text that an organisation sends to the Unified Contact Centre, in Kazakh and in Russian."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.request_context import RequestContext
from bot.views.answers.card_direct import DirectAnswer
from bot.views.answers.card_place import CardSection
from bot.views.answers.card_sections import Sections
from kernel.clock import almaty_date
from kernel.language import Language
from localisation.formats import day
from oversight.contact_centre.queries import ActLetter
from registry_data.card_facts import CardFacts
from registry_data.indices import mrp_on

WRITTEN_IN = (Language.KK, Language.RU)
_SECTIONS: Mapping[CardSection, frozenset[str]] = {
    CardSection.TERM: frozenset({"term", "max_queue_minutes", "max_service_minutes"}),
    CardSection.FEE: frozenset({"fee"}),
    CardSection.DOCUMENTS: frozenset({"documents"}),
    CardSection.WHERE: frozenset(
        {"channels", "forms", "provider", "schedule", "provider_site", "disability"}
    ),
    CardSection.REFUSAL: frozenset({"refusal_grounds"}),
}


def letter_text(context: RequestContext, letter: ActLetter) -> Markup:
    """Telegram's HTML; the facts are those of today's cards."""
    parts = [
        part
        for language in WRITTEN_IN
        for part in _Letter(context, letter, language, almaty_date(context.now)).parts()
    ]
    return Markup("\n\n".join(parts))  # noqa: S704  ours  # nosec B704


@dataclass(frozen=True, slots=True)
class _Letter:
    context: RequestContext
    letter: ActLetter
    language: Language
    today: date

    def parts(self) -> Iterator[str]:
        act, notice = self.letter.act, self.letter.notice
        yield self._html(
            "letter_head",
            act=f"{act.number} «{act.title.in_language(self.language)}»" if act else notice.act,
            day=day(notice.approved_on, self.language),
        )
        for card in self.letter.cards:
            acts = self.context.catalogue.acts
            index = mrp_on(self.today, self.context.catalogue.indices)
            facts = CardFacts(card=card, act=act, index=index, today=self.today, acts=acts)
            yield self._html("letter_service", name=card.names.in_language(self.language))
            yield from self._changed(facts, notice.changes[card.slug])

    def _changed(self, facts: CardFacts, names: Sequence[str]) -> Iterator[str]:
        texts, language = self.context.texts, self.language
        result = facts.card.result
        if "result" in names and result is not None:
            yield str(texts.html(language, "card.result", value=result.in_language(language)))
        for section, of_section in _SECTIONS.items():
            if of_section.isdisjoint(names):
                continue
            heading = texts.html(language, f"card.heading_{section.name.lower()}")
            direct = DirectAnswer(texts, facts, language).line(section)
            lines = [f"<b>{heading}</b>", str(Markup.escape(direct)) if direct else ""]
            lines += Sections(texts, facts, language).lines(section)
            yield "\n".join(line for line in lines if line)

    def _html(self, key: str, **values: object) -> str:
        return str(self.context.texts.html(self.language, f"contact_centre.{key}", **values))
