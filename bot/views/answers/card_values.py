"""Terms and fees of a card in words, and the facts that fit a chosen case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kernel.language import Language
from localisation.formats import number
from localisation.translations import Translations
from registry_data.indices import MonthlyIndex
from registry_data.schema import Fee, ServiceTerm, TermUnit, Text

CardFact = TypeVar("CardFact")
HOURS = {
    TermUnit.MINUTES: 1 / 60,
    TermUnit.HOURS: 1,
    TermUnit.WORKING_DAYS: 24,
    TermUnit.CALENDAR_DAYS: 24,
    TermUnit.MONTHS: 24 * 30,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardValues:
    """`index` is the monthly calculation index of the day, None if unknown."""

    texts: Translations
    language: Language
    index: MonthlyIndex | None

    def amount(self, term: ServiceTerm) -> str:
        return self._say(term.unit.value, amount=term.amount)

    def money(self, fee: Fee) -> str:
        """In indices and tenge: 0,2 МРП (865 ₸)."""
        if not fee.mrp or self.index is None:
            return self.price(fee)
        return self._say("fee_mrp", mrp=number(fee.mrp, self.language), tenge=self._tenge(fee))

    def price(self, fee: Fee) -> str:
        """What the person pays: 865 ₸, a share of a rate, or indices if the day's index is unknown."""
        if fee.percent:
            return self._say("fee_percent", percent=number(fee.percent, self.language))
        if not (fee.mrp or fee.kzt):
            return self._say("fee_free")
        if fee.mrp is not None and self.index is None:
            return self._say("fee_mrp_unknown", mrp=number(fee.mrp, self.language))
        return self._say("fee_kzt", tenge=self._tenge(fee))

    def terms(self, terms: Sequence[ServiceTerm]) -> str:
        """The only term, or the shortest and the longest."""
        ordered = sorted(terms, key=length)
        least, most = ordered[0], ordered[-1]
        if (least.amount, least.unit) == (most.amount, most.unit):
            return self.amount(least)
        if least.unit is most.unit:
            return f"{least.amount}–{self.amount(most)}"
        return f"{self.amount(least)} – {self.amount(most)}"

    def prices(self, fees: Sequence[Fee]) -> str:
        """The only price, or the least and the most; a share of a rate is neither, where there are others."""
        fees = [fee for fee in fees if not fee.percent] or fees
        ordered = sorted(fees, key=lambda fee: (fee.mrp or 0) * self._index + (fee.kzt or 0))
        least, most = self.price(ordered[0]), self.price(ordered[-1])
        if least == most:
            return least
        if not (ordered[0].mrp or ordered[0].kzt):
            return self._say("free_or", most=most)
        return f"{least} – {most}"

    @property
    def _index(self) -> float:
        return float(self.index.kzt) if self.index is not None else 1

    def _tenge(self, fee: Fee) -> str:
        return number(fee.mrp * self._index if fee.mrp else fee.kzt or 0, self.language)

    def _say(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, f"card.{key}", **values)


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
