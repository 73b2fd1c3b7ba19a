"""The part of a card on one screen: its section, cases and page."""

from dataclasses import dataclass
from enum import StrEnum

from registry_data.completeness import is_signpost
from registry_data.rights import is_licence
from registry_data.schema import ServiceCard, Text

NO_CASE = -1  # no choice: what was chosen before holds
ALL_CASES = -2  # the choice is undone


class CardSection(StrEnum):
    """A part of a card that fits one screen."""

    SHORT = "s"
    DOCUMENTS = "d"
    TERM = "t"
    FEE = "f"
    WHERE = "w"
    REFUSAL = "r"
    STATUS = "u"
    RIGHTS = "n"
    COMPLAIN = "c"
    AMOUNT = "a"
    AGE = "g"
    ELIGIBILITY = "e"
    SOURCE = "o"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlace:
    """A screen of a card: its section, the chosen cases (None for all) and the page, from 0."""

    section: CardSection = CardSection.SHORT
    cases: frozenset[str] | None = None
    page: int = 0


def cases_of(card: ServiceCard, section: CardSection) -> list[Text]:
    """The distinct cases among a section's facts, in the card's order."""
    documents = [item.when for item in card.documents or ()]
    terms = [term.when for term in card.term or ()]
    fees = [fee.what for fee in card.fee or ()]
    whens = {CardSection.DOCUMENTS: documents, CardSection.TERM: terms, CardSection.FEE: fees}.get(
        section, []
    )
    return list({when.kk: when for when in whens if when is not None}.values())


def chosen_cases(card: ServiceCard, place: CardPlace) -> list[Text]:
    """The chosen cases the section shows; the short screen shows those of terms and fees."""
    sections = (CardSection.TERM, CardSection.FEE) if place.section is CardSection.SHORT else (place.section,)
    known = {case.kk: case for section in sections for case in cases_of(card, section)}
    return [case for kk, case in known.items() if kk in (place.cases or ())]


def case_number(card: ServiceCard, place: CardPlace) -> int:
    """The number of the chosen case, from 0; NO_CASE if all or several are chosen."""
    found = [
        number for number, case in enumerate(cases_of(card, place.section)) if case.kk in (place.cases or ())
    ]
    return found[0] if len(found) == 1 else NO_CASE


def held_sections(card: ServiceCard) -> list[CardSection]:
    """The sections that hold something, those people ask for first in front."""
    held = {
        CardSection.DOCUMENTS: card.documents is not None,
        CardSection.AMOUNT: bool(card.amount),
        CardSection.ELIGIBILITY: bool(card.eligibility),
        CardSection.FEE: card.fee is not None,
        CardSection.TERM: bool(card.term or card.max_queue_minutes or card.max_service_minutes),
        CardSection.WHERE: bool(
            card.channels or card.schedule or card.disability or (card.provider and not is_signpost(card))
        ),
        CardSection.SHORT: True,
        CardSection.REFUSAL: bool(card.refusal_grounds) or not is_licence(card),
        CardSection.AGE: bool(card.age),
        CardSection.STATUS: True,
        CardSection.RIGHTS: True,
        CardSection.COMPLAIN: True,
        CardSection.SOURCE: True,
    }
    return [section for section, holds in held.items() if holds]
