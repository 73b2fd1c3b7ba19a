"""Where a card's facts come from: one line under every screen, and all of it in a section of its own."""

import re
from dataclasses import dataclass

from bot.views.text import shorten
from kernel.language import Language
from localisation.formats import day
from localisation.translations import Translations
from registry_data.acts import Act
from registry_data.card_facts import CardFacts

# Where an official site's address says the language, and how it calls Kazakh, Russian and English
_LANGUAGES = (
    (re.compile(r"(?<=://adilet\.zan\.kz/)(?:kaz|rus|eng)(?=/docs/)"), ("kaz", "rus", "")),
    (re.compile(r"(?<=egov\.kz/cms/)(?:kk|ru|en)(?=/)"), ("kk", "ru", "en")),
    (re.compile(r"(?<=[?&]lang=)(?:kk|kz|ru|en|%20en)(?=&|$)"), ("kk", "ru", "en")),
)
TITLE_LIMIT = 600  # characters of an act's title; number, date and address identify it


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSource:
    texts: Translations
    facts: CardFacts
    language: Language

    def line(self) -> str:
        """The act's number and date with its address behind, or the page; a warning if the wording is old."""
        warning = self._say("source_old") if self.facts.wording_is_old else ""
        return self._short() + warning

    def lines(self) -> list[str]:
        """The service's full name, the act with its title, the pages, the wording and when it was checked."""
        card, act = self.facts.card, self.facts.act
        told = [self._say("full_name", name=card.names.in_language(self.language))]
        if card.code is not None:
            told.append(self._say("code", code=card.code))
        if act is None:
            told.append(self._say("act_missing"))
        else:
            title = shorten(act.title.in_language(self.language), TITLE_LIMIT)
            told.append(self._say("act", title=title, **self._address(act)))
        told += [self._say("source", source=text_in(page, self.language)) for page in self.facts.pages]
        return [*told, *self._wording()]

    def _short(self) -> str:
        act = self.facts.act
        if act is not None:
            return self._say("source_act", **self._address(act))
        for page in self.facts.pages:
            return self._say("source_page", url=text_in(page, self.language))
        return self._say("act_missing")

    def _address(self, act: Act) -> dict[str, object]:
        url = text_in(act.url, self.language) if act.url else ""
        read = self.facts.card.version
        return {
            "number": act.number,
            "date": day(act.date, self.language),
            "url": url,
            "version": day(read, self.language) if read else "",
        }

    def _wording(self) -> list[str]:
        checked = day(self.facts.card.checked, self.language)
        read = self.facts.card.version
        if read is None:
            return [self._say("checked", checked=checked)]
        version = day(read, self.language)
        told = [self._say("version", version=version, checked=checked)]
        return [*told, self._say("version_old", version=version)] if self.facts.wording_is_old else told

    def _say(self, key: str, **values: object) -> str:
        return str(self.texts.html(self.language, f"card.{key}", **values))


def text_in(address: str, language: Language) -> str:
    """An official page's address in the reader's language; an act has no official English text."""
    for place, (kk, ru, en) in _LANGUAGES:
        name = {Language.KK: kk, Language.RU: ru, Language.EN: en}[language]
        address = place.sub(name, address) if name else address
    return address
