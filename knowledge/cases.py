"""Which of a card's cases a question refers to: "lost", "for a child", "urgently"."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.aspect import Aspect
from knowledge.wording import TextWord, Wording
from registry_data.schema import ServiceCard, Text

_MATCHED_FROM: Final = 0.15  # nats: a word found in five of six cases earns 0.18
_AS_GOOD_FROM: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChoice:
    """`matched`: the cases the question names, if any. `all`: every distinct case in card order, to be
    offered as buttons. Lines without a case apply to all and are in neither.
    """

    matched: tuple[Text, ...]
    all: tuple[Text, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The matched cases by their Kazakh text."""
        return frozenset(case.kk for case in self.matched)


def cases_of(card: ServiceCard, aspect: Aspect) -> tuple[Text, ...]:
    """The distinct cases in the part of the card `aspect` asks for; in all parts for HOW."""
    return tuple({case.kk: case for case in _cases(card, aspect)}.values())


def choose_cases(
    card: ServiceCard, tokens: Sequence[TextWord], wording: Wording, aspect: Aspect
) -> CaseChoice:
    """The cases of a part of the card selected by the question's words.

    A word selects by its stems and meanings, with more weight the fewer cases contain it. A word in every
    case selects none; a word of the card's own name can select only a fee.
    """
    cases = cases_of(card, aspect)
    if len(cases) < 2:
        return CaseChoice(matched=(), all=cases)
    own = frozenset() if aspect is Aspect.FEE else _features(card.names, wording)
    whole = [_features(case, wording) for case in cases]
    held = [features - own for features in whole]
    in_cases = Counter(feature for features in held for feature in features)
    worth = {feature: math.log(len(cases) / number) for feature, number in in_cases.items()}
    earned = [_earned(tokens, features, worth) for features in held]
    best = max(earned, default=0.0)
    if best < _MATCHED_FROM:
        return CaseChoice(matched=(), all=cases)
    meant = [features for features, sum_ in zip(whole, earned, strict=True) if sum_ >= _AS_GOOD_FROM * best]
    chosen = tuple(case for case, features in zip(cases, whole, strict=True) if _holds(features, meant))
    return CaseChoice(matched=chosen, all=cases)


def _holds(features: frozenset[str], meant: Sequence[frozenset[str]]) -> bool:
    """Whether a case was meant, or generalises one that was: "an identity card" generalises "an identity card
    lost more than twice in a year", which a person asking about a lost card need not mean.
    """
    return any(features == special or (features and features < special) for special in meant)


def _cases(card: ServiceCard, aspect: Aspect) -> Iterator[Text]:
    every = aspect is Aspect.HOW
    if every or aspect is Aspect.DOCUMENTS:
        yield from (item.when for item in card.documents or () if item.when)
    if every or aspect is Aspect.TERM:
        yield from (term.when for term in card.term or () if term.when)
    if every or aspect is Aspect.FEE:
        yield from (fee.what for fee in card.fee or () if fee.what)
    if every or aspect is Aspect.REFUSAL:
        yield from (item.when for item in card.refusal_grounds or () if item.when)


def _features(text: Text, wording: Wording) -> frozenset[str]:
    return frozenset().union(*(wording.features(line) for line in (text.kk, text.ru, text.en or "")))


def _earned(tokens: Iterable[TextWord], features: frozenset[str], worth: dict[str, float]) -> float:
    """The score the question's words give a case; each word counts once, by its best feature."""
    return sum(
        max((worth[feature] for feature in one.features if feature in features), default=0.0)
        for one in {one.word: one for one in tokens if one.weight == 1}.values()
    )
