"""The direct answer: the line under a card's name that already says what was asked for."""

from collections.abc import Callable

from bot.views.answers.card_place import CardSection
from bot.views.answers.card_values import CardValues, fitting
from kernel.language import Language
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.schema import Fee, ServiceCard, ServiceTerm

Cases = frozenset[str] | None


class DirectAnswer:
    """Answers for one card in one language. Cases are named by the Kazakh text of their `when`."""

    def __init__(self, texts: Translations, facts: CardFacts, language: Language) -> None:
        self._texts, self._card, self._language = texts, facts.card, language
        self._values = CardValues(texts=texts, language=language, index=facts.index)
        self._writers: dict[CardSection, Callable[[Cases], str]] = {
            CardSection.SHORT: self._short,
            CardSection.DOCUMENTS: self._documents,
            CardSection.TERM: self._term,
            CardSection.FEE: self._fee,
            CardSection.WHERE: lambda _: self._channels(),
        }

    def line(self, section: CardSection, cases: Cases = None) -> str:
        """One sentence in plain text; empty if the section's own lines are the answer."""
        said = self._said(section, cases)
        return said[:1].upper() + said[1:] + "." if said else ""

    def named_line(self, section: CardSection, cases: Cases = None) -> str:
        """The same where no heading says what a price or a length of time is: "Плата: 865 ₸."."""
        said = self._said(section, cases)
        if not said or section not in {CardSection.FEE, CardSection.TERM}:
            return self.line(section, cases)
        return f"{self._say(f'heading_{section.name.lower()}')}: {said}."

    def _said(self, section: CardSection, cases: Cases) -> str:
        write = self._writers.get(section)
        said = write(cases) if write is not None else ""
        return self._say("depends", value=said) if said and self._varies(section, cases) else said

    def _varies(self, section: CardSection, cases: Cases) -> bool:
        """Whether the fee or the term told is not the same in all of the cases."""
        terms = len({(term.amount, term.unit) for term in self._terms(cases)})
        fees = len({(fee.mrp, fee.kzt, fee.percent) for fee in self._fees(cases)})
        most = {CardSection.TERM: terms, CardSection.FEE: fees, CardSection.SHORT: max(terms, fees)}
        return most.get(section, 1) > 1

    def _short(self, cases: Cases) -> str:
        said = [self._fee(cases), self._term(cases), self._channels()]
        return ", ".join(one for one in said if one)

    def _documents(self, cases: Cases) -> str:
        documents = self._card.documents
        if not documents:
            return ""
        count = len(fitting(documents, lambda item: item.when, cases))
        return self._say("direct_documents", count=count)

    def _term(self, cases: Cases) -> str:
        terms = self._terms(cases)
        return self._values.terms(terms) if terms else ""

    def _fee(self, cases: Cases) -> str:
        if self._card.fee is None:
            return ""
        fees = self._fees(cases)
        return self._values.prices(fees) if fees else self._say("fee_free")

    def _terms(self, cases: Cases) -> list[ServiceTerm]:
        return fitting(self._card.term or (), lambda term: term.when, cases)

    def _fees(self, cases: Cases) -> list[Fee]:
        return fitting(self._card.fee or (), lambda fee: fee.what, cases)

    def _channels(self) -> str:
        names = [self._say(f"at_{channel.value}") for channel in self._card.channels or ()]
        if len(names) < 2:
            return "".join(names)
        return self._say("either", first=", ".join(names[:-1]), last=names[-1])

    def _say(self, key: str, **values: object) -> str:
        return self._texts.plain(self._language, f"card.{key}", **values)


def lacking(card: ServiceCard) -> list[str]:
    """The parts that people ask for first and the card does not hold: the keys of their names."""
    held = {
        "documents": card.documents,
        "term": card.term,
        "fee": card.fee,
        "where": card.channels or card.provider,
    }
    return [part for part, facts in held.items() if facts is None]
