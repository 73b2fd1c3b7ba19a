"""The sections of a card, as lines of text."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.views.answers.card_place import CardSection
from bot.views.text import shorten
from kernel.language import Language
from localisation.formats import day, number
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.rights import is_licence, is_social_security
from registry_data.schema import Fee, Item, ServiceChannel, ServiceTerm, Statement, TermUnit, Text

CardFact = TypeVar("CardFact")

HOURS = {
    TermUnit.MINUTES: 1 / 60,
    TermUnit.HOURS: 1,
    TermUnit.WORKING_DAYS: 24,
    TermUnit.CALENDAR_DAYS: 24,
    TermUnit.MONTHS: 24 * 30,
}
RUSSIAN_TEXTS, KAZAKH_TEXTS = "https://adilet.zan.kz/rus/", "https://adilet.zan.kz/kaz/"
TITLE_LIMIT = 160  # characters of an act's title under a card; number, date and address identify it


class Sections:
    """Writes the sections of one card in one language. Cases are named by the Kazakh text of their `when`."""

    def __init__(self, texts: Translations, facts: CardFacts, language: Language) -> None:
        self._texts = texts
        self._facts = facts
        self._card = facts.card
        self._language = language
        self._writers: dict[CardSection, Callable[[frozenset[str] | None], list[str]]] = {
            CardSection.SHORT: self._short,
            CardSection.DOCUMENTS: self._documents,
            CardSection.TERM: self._term,
            CardSection.FEE: self._fee,
            CardSection.WHERE: self._where,
            CardSection.REFUSAL: self._refusal,
            CardSection.STATUS: self._status,
            CardSection.RIGHTS: self._rights,
            CardSection.COMPLAIN: self._complain,
            CardSection.AMOUNT: lambda cases: self._statements(self._card.amount, "amount", cases),
            CardSection.AGE: lambda cases: self._statements(self._card.age, "age", cases),
            CardSection.ELIGIBILITY: lambda cases: self._statements(
                self._card.eligibility, "eligibility", cases
            ),
        }

    def lines(self, section: CardSection, cases: frozenset[str] | None = None) -> list[str]:
        """The section's lines, without the card's name and sources."""
        return self._writers[section](cases)

    def footer(self) -> list[str]:
        """Act, wording and date of the check, for every screen."""
        return [*self._act(), self._wording()]

    def _html(self, key: str, **values: object) -> Markup:
        return self._texts.html(self._language, f"card.{key}", **values)

    def _own(self, text: Text | Item) -> str:
        return text.in_language(self._language)

    def _missing(self) -> str:
        return self._texts.plain(self._language, "card.missing")

    # The short screen

    def _short(self, cases: frozenset[str] | None) -> list[str]:
        card = self._card
        found = [
            self._html("provider", value=self._own(card.provider) if card.provider else self._missing()),
            self._html("where", value=self._channels() or self._missing()),
            self._html("term", value=self._first_term(cases)),
            self._html("fee", value=self._first_fee(cases)),
            self._html("result", value=self._own(card.result) if card.result else self._missing()),
        ]
        return [str(line) for line in found]

    def _channels(self) -> str:
        names = [self._channel(channel) for channel in self._card.channels or ()]
        return ", ".join(names)

    def _channel(self, channel: ServiceChannel) -> str:
        return self._texts.plain(self._language, f"card.channel_{channel.value}")

    def _first_term(self, cases: frozenset[str] | None) -> str:
        if not self._card.term:
            return self._missing()
        terms = fitting(self._card.term, lambda term: term.when, cases)
        ordered = sorted(terms, key=length)
        return self._varied("term_more", [self._amount(term) for term in ordered], len(terms))

    def _first_fee(self, cases: frozenset[str] | None) -> str:
        if self._card.fee is None:
            return self._missing()
        if not self._card.fee:
            return self._texts.plain(self._language, "card.fee_free")
        fees = fitting(self._card.fee, lambda fee: fee.what, cases)
        ordered = sorted(fees, key=lambda fee: (fee.mrp or 0, fee.kzt or 0))
        return self._varied("fee_more", [self._money(fee) for fee in ordered], len(fees))

    def _varied(self, key: str, ordered: Sequence[str], count: int) -> str:
        """The minimum and maximum of a value that depends on the case."""
        if len(set(ordered)) == 1:
            return ordered[0]
        value = f"{ordered[0]} – {ordered[-1]}"
        return self._texts.plain(self._language, f"card.{key}", value=value, count=count)

    # Documents, term, fee: these depend on the case

    def _documents(self, cases: frozenset[str] | None) -> list[str]:
        documents = self._card.documents
        if documents is None:
            return [str(self._html("missing_section"))]
        if not documents:
            return [str(self._html("documents_none"))]
        return [self._item(item) for item in fitting(documents, lambda item: item.when, cases)]

    def _item(self, item: Item) -> str:
        if item.when is None:
            return str(self._html("line", text=self._own(item)))
        return str(self._html("case_line", text=self._own(item), when=self._own(item.when)))

    def _term(self, cases: frozenset[str] | None) -> list[str]:
        card = self._card
        terms = fitting(card.term or (), lambda term: term.when, cases)
        lines = [self._term_line(term) for term in terms] or [str(self._html("missing_section"))]
        if card.max_queue_minutes:
            lines.append(str(self._html("queue", minutes=card.max_queue_minutes)))
        if card.max_service_minutes:
            lines.append(str(self._html("served", minutes=card.max_service_minutes)))
        return lines

    def _term_line(self, term: ServiceTerm) -> str:
        if term.when is None:
            return str(self._html("term_line", term=self._amount(term)))
        return str(self._html("term_case_line", term=self._amount(term), when=self._own(term.when)))

    def _amount(self, term: ServiceTerm) -> str:
        return self._texts.plain(self._language, f"card.{term.unit.value}", amount=term.amount)

    def _fee(self, cases: frozenset[str] | None) -> list[str]:
        fees = self._card.fee
        if fees is None:
            return [str(self._html("missing_section"))]
        if not fees:
            return [str(self._html("line", text=self._texts.plain(self._language, "card.fee_free")))]
        lines = [self._fee_line(fee) for fee in fitting(fees, lambda fee: fee.what, cases)]
        return [*lines, *self._index_note(fees)]

    def _fee_line(self, fee: Fee) -> str:
        if fee.what is None:
            return str(self._html("line", text=self._money(fee)))
        return str(self._html("fee_line", fee=self._money(fee), what=self._own(fee.what)))

    def _money(self, fee: Fee) -> str:
        if not (fee.mrp or fee.kzt):
            return self._texts.plain(self._language, "card.fee_free_for")
        if fee.mrp is None:
            return self._texts.plain(
                self._language, "card.fee_kzt", tenge=number(fee.kzt or 0, self._language)
            )
        mrp = number(fee.mrp, self._language)
        index = self._facts.index
        if index is None:
            return self._texts.plain(self._language, "card.fee_mrp_unknown", mrp=mrp)
        tenge = number(fee.mrp * index.kzt, self._language)
        return self._texts.plain(self._language, "card.fee_mrp", mrp=mrp, tenge=tenge)

    def _index_note(self, fees: Iterable[Fee]) -> list[str]:
        if not any(fee.mrp for fee in fees):
            return []
        index = self._facts.index
        if index is None:
            return [str(self._html("mrp_unknown"))]
        tenge = number(index.kzt, self._language)
        since = day(index.since, self._language)
        url, source = address_of(index.source)
        return ["", str(self._html("mrp_note", tenge=tenge, since=since, url=url, source=source))]

    # Place, refusal, and rules common to all services

    def _where(self, _: frozenset[str] | None) -> list[str]:
        card = self._card
        provider = self._own(card.provider) if card.provider else self._missing()
        lines = [str(self._html("provider", value=provider))]
        lines.append(str(self._html("where", value=self._channels() or self._missing())))
        if card.forms:
            names = [self._texts.plain(self._language, f"card.form_{form.value}") for form in card.forms]
            lines.append(str(self._html("forms", value=", ".join(names))))
        schedule = self._own(card.schedule) if card.schedule else self._missing()
        return [*lines, str(self._html("schedule", value=schedule))]

    def _refusal(self, _: frozenset[str] | None) -> list[str]:
        grounds = self._card.refusal_grounds
        lines = [self._item(resources) for resources in grounds or ()] or [str(self._html("missing_section"))]
        if not is_licence(self._card):
            lines += ["", *str(self._html("refusal_common")).split("\n")]
        return [*lines, "", str(self._html("refusal_again"))]

    def _status(self, _: frozenset[str] | None) -> list[str]:
        egov = ServiceChannel.EGOV_PORTAL in (self._card.channels or ())
        return str(self._html("status", egov=egov)).split("\n")

    def _rights(self, _: frozenset[str] | None) -> list[str]:
        return str(self._html("rights", notarised=not is_social_security(self._card))).split("\n")

    def _complain(self, _: frozenset[str] | None) -> list[str]:
        provider = self._own(self._card.provider) if self._card.provider else ""
        return str(self._html("complain", provider=provider)).split("\n")

    def _statements(
        self, held: Sequence[Statement] | None, part: str, cases: frozenset[str] | None
    ) -> list[str]:
        """What the card holds on a part, each with its source, or that it holds nothing on it."""
        if not held:
            return [str(self._html(f"{part}_missing"))]
        lines = []
        for one in fitting(held, lambda statement: statement.when, cases):
            lines += [self._item(one), str(self._html("source", source=one.source))]
        return lines

    # Sources

    def _act(self) -> list[str]:
        act = self._facts.act
        if act is None:
            sources = [str(self._html("source", source=page)) for page in self._facts.pages]
            return [str(self._html("act_missing")), *sources]
        values = {
            "title": shorten(self._own(act.title), TITLE_LIMIT),
            "number": act.number,
            "date": day(act.date, self._language),
        }
        if act.url is None:
            return [str(self._html("act", **values))]
        return [str(self._html("act_link", url=text_in(act.url, self._language), **values))]

    def _wording(self) -> str:
        checked = day(self._card.checked, self._language)
        read = self._card.version
        if read is None:
            return str(self._html("checked", checked=checked))
        version = day(read, self._language)
        line = str(self._html("version", version=version, checked=checked))
        if self._facts.wording_is_old:
            line += "\n" + str(self._html("version_old", version=version))
        return line


def text_in(address: str, language: Language) -> str:
    """An act's address, in Kazakh for Kazakh readers, who find the Russian text beside it."""
    return address.replace(RUSSIAN_TEXTS, KAZAKH_TEXTS) if language is Language.KK else address


def address_of(source: str) -> tuple[str, str]:
    """A source's address and site name; without an address, "" and the source as given."""
    first = source.split(maxsplit=1)[0]
    return (first, urlsplit(first).netloc) if first.startswith("https://") else ("", source)


def length(term: ServiceTerm) -> float:
    """A term's approximate length in hours, for sorting; counts a working day as a calendar day."""
    return term.amount * HOURS[term.unit]


def fitting(
    facts: Sequence[CardFact], case_of: Callable[[CardFact], Text | None], cases: frozenset[str] | None
) -> list[CardFact]:
    """Facts for the chosen cases (by their Kazakh text) or for every case.

    Returns all facts if no case is chosen or none of the chosen ones applies.
    """
    known = {case.kk for fact in facts if (case := case_of(fact)) is not None}
    if cases is None or not cases & known:
        return list(facts)
    return [fact for fact in facts if (case := case_of(fact)) is None or case.kk in cases]
