"""The sections of a card, as lines of text below the direct answer."""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.views.answers.card_direct import lacking
from bot.views.answers.card_place import CardSection
from bot.views.answers.card_source import CardSource
from bot.views.answers.card_standing import CardStanding
from bot.views.answers.card_values import CardValues, fitting
from kernel.language import Language
from localisation.formats import day, number
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.citation import point_in_language
from registry_data.rights import is_licence, is_social_security
from registry_data.schema import Fee, Item, ServiceChannel, ServiceTerm, Statement, Text

FEW_DOCUMENTS = 400  # characters of a list that the short screen holds


class Sections:
    """Writes the sections of one card in one language. Cases are named by the Kazakh text of their `when`."""

    def __init__(self, texts: Translations, facts: CardFacts, language: Language) -> None:
        self._texts = texts
        self._facts = facts
        self._card = facts.card
        self._language = language
        self._values = CardValues(texts=texts, language=language, index=facts.index)
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
            CardSection.SOURCE: lambda _: CardSource(texts=texts, facts=facts, language=language).lines(),
            CardSection.AMOUNT: lambda cases: self._statements(self._card.amount, "amount", cases),
            CardSection.AGE: lambda cases: self._statements(self._card.age, "age", cases),
            CardSection.ELIGIBILITY: lambda cases: self._statements(
                self._card.eligibility, "eligibility", cases
            ),
        }

    def lines(self, section: CardSection, cases: frozenset[str] | None = None) -> list[str]:
        """The section's lines, without the card's name, direct answer and source."""
        return self._writers[section](cases)

    def _html(self, key: str, **values: object) -> Markup:
        return self._texts.html(self._language, f"card.{key}", **values)

    def _missing(self, key: str = "missing_section") -> str:
        """That the card does not hold what was asked for; a signpost shows the way instead."""
        if self._facts.is_signpost:
            return CardStanding(texts=self._texts, facts=self._facts, language=self._language).signpost()
        return str(self._html(key))

    def _own(self, text: Text | Item) -> str:
        return text.in_language(self._language)

    # The short screen: what the direct answer leaves open

    def _short(self, cases: frozenset[str] | None) -> list[str]:
        if self._facts.is_signpost:
            return [line for line in [self._missing()] if line]
        told = self._few_documents(cases)
        if self._card.result:
            told.append(str(self._html("result", value=self._own(self._card.result))))
        missing = [self._texts.plain(self._language, f"card.lacks_{part}") for part in lacking(self._card)]
        if missing:
            told.append(str(self._html("lacks", parts=", ".join(missing))))
        return told

    def _few_documents(self, cases: frozenset[str] | None) -> list[str]:
        """The documents if they are few; the button tells the rest."""
        lines = self._documents(cases) if self._card.documents else []
        if not lines or sum(map(len, lines)) > FEW_DOCUMENTS:
            return []
        return [str(self._html("bring")), *lines]

    # Documents, term, fee: these depend on the case

    def _documents(self, cases: frozenset[str] | None) -> list[str]:
        documents = self._card.documents
        if documents is None:
            return [self._missing()]
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
        lines = [self._term_line(term) for term in terms if len(terms) > 1 or term.when]
        if not terms:
            lines.append(self._missing())
        if card.max_queue_minutes:
            lines.append(str(self._html("queue", minutes=card.max_queue_minutes)))
        if card.max_service_minutes:
            lines.append(str(self._html("served", minutes=card.max_service_minutes)))
        return lines

    def _term_line(self, term: ServiceTerm) -> str:
        amount = self._values.amount(term)
        if term.when is None:
            return str(self._html("term_line", term=amount))
        return str(self._html("term_case_line", term=amount, when=self._own(term.when)))

    def _fee(self, cases: frozenset[str] | None) -> list[str]:
        fees = self._card.fee
        if fees is None:
            return [self._missing()]
        found = fitting(fees, lambda fee: fee.what, cases)
        lines = [self._fee_line(fee) for fee in found if len(found) > 1 or fee.mrp or fee.what or fee.when]
        return [*lines, *self._index_note(found)]

    def _fee_line(self, fee: Fee) -> str:
        money = self._values.money(fee)
        what = ": ".join(self._own(text) for text in (fee.when, fee.what) if text is not None)
        if not what:
            return str(self._html("line", text=money))
        return str(self._html("fee_line", fee=money, what=what))

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
        if self._facts.is_signpost and not (card.channels or card.schedule):
            return [self._missing()]
        names = [self._texts.plain(self._language, f"card.form_{form.value}") for form in card.forms or ()]
        told = {
            "provider": self._own(card.provider) if card.provider else "",
            "site": card.provider_site or "",
            "forms": ", ".join(names),
            "schedule": self._own(card.schedule) if card.schedule else "",
        }
        lines = [str(self._html(key, value=value)) for key, value in told.items() if value]
        if card.disability:
            lines += [str(self._html("disability")), *map(self._item, card.disability)]
        return lines if lines or card.channels else [self._missing()]

    def _refusal(self, _: frozenset[str] | None) -> list[str]:
        grounds = self._card.refusal_grounds
        lines = [self._item(resources) for resources in grounds or ()] or [self._missing()]
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
            return [self._missing(f"{part}_missing")]
        lines = []
        for one in fitting(held, lambda statement: statement.when, cases):
            lines += [self._item(one), str(self._html("source", source=self._origin(one)))]
        return lines

    def _origin(self, one: Statement) -> str:
        """The page as given, or the act's number and the point."""
        if one.act is None or one.point is None:
            return one.source or ""
        act = self._facts.acts.get(one.act)
        point = point_in_language(one.point, self._language, in_parts=act is not None and act.in_parts)
        return f"{act.number if act else one.act}, {point}"


def address_of(source: str) -> tuple[str, str]:
    """A source's address and site name; without an address, "" and the source as given."""
    first = source.split(maxsplit=1)[0]
    return (first, urlsplit(first).netloc) if first.startswith("https://") else ("", source)
