"""What a card says of itself: that it only shows the way, or that it no longer stands."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.views.answers.card_source import text_in
from kernel.language import Language
from localisation.formats import day
from localisation.translations import Translations
from registry_data.card_facts import CardFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStanding:
    texts: Translations
    facts: CardFacts
    language: Language

    def signpost(self) -> str:
        """In one sentence: who is responsible, where to ask, the official page; none for what is no more."""
        if self.facts.card.lapsed is not None:
            return ""
        provider, found = self.facts.card.provider, self.facts.official_page
        page = text_in(found, self.language) if found else ""
        return self._say(
            "signpost",
            provider=provider.in_language(self.language) if provider else "",
            url=page,
            site=(urlsplit(page).hostname or "").removeprefix("www."),
        )

    def lapsed(self) -> str:
        """That the service or its act is no more, and what took its place; empty while both stand."""
        card, act = self.facts.card, self.facts.act
        if card.lapsed is not None:
            return self._say("lapsed", what=card.lapsed.in_language(self.language))
        if act is None or not self.facts.has_lapsed:
            return ""
        since = day(act.repealed, self.language) if act.repealed else ""
        return self._say("lapsed_act", number=act.number, since=since)

    def _say(self, key: str, **values: object) -> str:
        return str(self.texts.html(self.language, f"card.{key}", **values))
