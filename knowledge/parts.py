"""The part of a card that a question means, once the service is known."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from knowledge.aspect import Aspect
from knowledge.wording import MEANING, Wording
from registry_data.schema import ServiceCard, Statement

# Meanings of synonyms.yaml in the names of services that pay the person.
_PAYMENTS: Final = frozenset(MEANING + name for name in ("жәрдемақы", "зейнетақы", "атаулы әлеуметтік көмек"))
_NO_PAYMENT: Final = frozenset(MEANING + name for name in ("анықтама", "үзінді"))  # of a certificate about it


class _Candidate(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def score(self) -> float: ...


_NEAR_THE_BEST: Final = 0.5  # of the best score


def paying(cards: Iterable[ServiceCard], wording: Wording) -> frozenset[str]:
    """The slugs of the services by which a person is paid: allowances, pensions, assistance."""
    return frozenset(card.slug for card in cards if _pays(card, wording))


def _pays(card: ServiceCard, wording: Wording) -> bool:
    said = wording.features(card.names.ru) | wording.features(card.names.kk)
    return not said.isdisjoint(_PAYMENTS) and said.isdisjoint(_NO_PAYMENT)


def fitting_the_card(aspects: Sequence[Aspect], *, pays: bool, charged: bool) -> tuple[Aspect, ...]:
    """The sum that "how much" means: at a service that pays the amount, unless the question says that the
    person pays; at another one the fee, if the question says so.
    """
    if pays == charged:
        return tuple(aspects)
    meant = {Aspect.FEE: Aspect.AMOUNT} if pays else {Aspect.AMOUNT: Aspect.FEE}
    return tuple(meant.get(aspect, aspect) for aspect in aspects)


def statements(card: ServiceCard, aspect: Aspect) -> tuple[Statement, ...]:
    """What the card holds on amount, age or eligibility; nothing for other parts."""
    held = {Aspect.AMOUNT: card.amount, Aspect.AGE: card.age, Aspect.ELIGIBILITY: card.eligibility}
    return held.get(aspect) or ()


def held_by_guide(
    card: ServiceCard,
    aspect: Aspect,
    found: Sequence[_Candidate],
    told: Mapping[str, frozenset[Aspect]],
) -> str | None:
    """The found guide that tells amount, age or eligibility where the card does not; `told`: by guide, the
    parts that its own names and aliases ask for.
    """
    if aspect not in {Aspect.AMOUNT, Aspect.AGE, Aspect.ELIGIBILITY} or statements(card, aspect):
        return None
    bar = _NEAR_THE_BEST * found[0].score
    return next((one.slug for one in found if aspect in told.get(one.slug, ()) and one.score >= bar), None)
