"""Which services pay a person, and the sum that "how much" means there."""

from collections.abc import Iterable, Sequence
from typing import Final

from knowledge.aspect import Aspect
from knowledge.wording import MEANING, Wording
from registry_data.schema import ServiceCard

# Meanings of synonyms.yaml in the names of services that pay the person.
_PAYMENTS: Final = frozenset(MEANING + name for name in ("жәрдемақы", "зейнетақы", "атаулы әлеуметтік көмек"))
_NO_PAYMENT: Final = frozenset(MEANING + name for name in ("анықтама", "үзінді"))  # of a certificate about it


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
