"""Which of a card's cases a question refers to: "lost", "for a child", "urgently"."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge.aspect import Aspect
from knowledge.typed_text import denied, words
from knowledge.wording import TextWord, Wording
from registry_data.schema import ServiceCard, Text

PARTS: Final = (Aspect.DOCUMENTS, Aspect.TERM, Aspect.FEE, Aspect.REFUSAL)  # that may depend on a case
_MATCHED_FROM: Final = 0.15  # nats: a word found in five of six cases earns 0.18
_AS_GOOD_FROM: Final = 0.8
_FULLY_COVERED: Final = 0.4
_CACHE_SIZE: Final = 10_000
_NOT: Final = "¬"
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")
_FOR_WHOM: Final = re.compile(r"\(\w+[ая]м\b")  # "(детям до 16 лет)", but not "(без НДС)"
_MOREOVER: Final = re.compile(r"\(и ")  # "(и если ребёнок родился за границей)": chooses nothing
_HEADING: Final = re.compile(r"(.*?):")
# A condition comes after these words in Russian and English, before those of the second list in Kazakh.
_CONDITION_AFTER: Final = re.compile(
    r"\b(?:при|если|для|в связи с|по|после|через|кроме|взамен|вместе с"
    r"|if|when|for|upon|after|in case|via)\b(.*)",
    re.IGNORECASE,
)
_CONDITION_BEFORE: Final = re.compile(
    r"(.*?)\b(?:кезде|кезінде|жағдайда|байланысты|үшін|болса|бойынша|арқылы)\b", re.IGNORECASE
)


# Ages in the Russian text of a case. "получен до 16 лет" tells when something happened.
_YEARS: Final = r"(\d+) (?:лет|года)"
_AGES_BETWEEN: Final = re.compile(rf"(\d+)(?: до |–){_YEARS}")
_AGES_BELOW: Final = re.compile(rf"(?<!ен )(?<!\d )до {_YEARS}")
_AGES_FROM: Final = re.compile(rf"(?:от|с|старше|достигшие|достигших|достижении) {_YEARS}")
_COUNT: Final = re.compile(r"(\d+) \w")
_AGAIN: Final = re.compile(r"более (?:\w+ )?раз|вторичн")
_OLDEST: Final = 200

Ages = tuple[range, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """Features are stems and meanings, with "¬" in front where they are denied.

    `words`: the features of each word; `says`: all of them; `condition`: those one of which must be said,
    none if the case has no condition; `markers`: those that must all be said. `ages`: whose case it is, or
    how old somebody of the question is; `counts`: how many things, with the features of the words beside.
    `again`: whether it is about what happened more than once.
    """

    words: tuple[frozenset[str], ...]
    says: frozenset[str]
    condition: frozenset[str]
    markers: frozenset[str]
    ages: Ages = ()
    counts: tuple[tuple[int, frozenset[str]], ...] = ()
    again: bool = False

    def fits(self, asked: "CaseWords") -> bool | None:
        """Whether the ages or counts of the question are the case's; None where one of both has none."""
        meant = {number for number, beside in asked.counts if not beside or not beside.isdisjoint(self.says)}
        if self.counts and meant:
            return self.counts[0][0] in meant
        if self.ages and asked.ages:
            return any(one.start in ages for ages in self.ages for one in asked.ages)
        return None

    def is_denied_by(self, asked: "CaseWords") -> bool:
        """Whether the question says what the case denies, or denies what the case says."""
        return not (self.denies.isdisjoint(asked.says) and asked.denies.isdisjoint(self.says))

    @property
    def denies(self) -> frozenset[str]:
        return frozenset(one.removeprefix(_NOT) for one in self.says if one.startswith(_NOT))

    def may_be_meant(self, asked: "CaseWords") -> bool:
        """Whether nothing in the question speaks against the case, and it names what the case requires."""
        if self.is_denied_by(asked) or not self.markers <= asked.markers or self.again > asked.again:
            return False
        fits = self.fits(asked)
        return fits or not self.condition or not self.condition.isdisjoint(asked.says)


class CaseReader:
    """Reads cases and questions alike."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.papers = wording.papers
        self.case = lru_cache(maxsize=_CACHE_SIZE)(self._case)

    def question(self, tokens: Sequence[TextWord]) -> CaseWords:
        """`tokens`: the words of a question, in order."""
        by_word = {one.word: one for one in tokens}
        typed = [one.word for one in tokens]
        no = denied(typed, lambda word: _counts(by_word[word]))
        said: dict[tuple[str, bool], frozenset[str]] = {
            (one.word, at in no): _denied(one.features) if at in no else frozenset(one.features)
            for at, one in enumerate(tokens)
            if _counts(one) or at in no
        }
        opposed = self._wording.opposed(tokens)
        every = (*said.values(), *([_denied(opposed)] if opposed else []))
        return CaseWords(
            words=every,
            says=frozenset[str]().union(*every) - opposed,
            condition=frozenset(),
            markers=self._wording.markers(tokens),
            ages=tuple(range(age, age + 1) for age in self._wording.numbers.ages(typed)),
            counts=self._wording.numbers.counts(tokens),
            again=self._wording.numbers.again(typed),
        )

    def features(self, text: Text) -> frozenset[str]:
        return frozenset[str]().union(*(self._wording.features(line) for line in _lines(text)))

    def _case(self, case: Text) -> CaseWords:
        whole = _MOREOVER.search(case.ru) is None
        texts = [line if whole else _IN_BRACKETS.sub(" ", line) for line in _lines(case)]
        lines = [self.question(self._wording.of(words(text))) for text in texts]
        says = frozenset[str]().union(*(line.says for line in lines))
        return CaseWords(
            words=(says,),
            says=frozenset(one for one in says if _NOT + one not in says),
            condition=self._condition(case),
            markers=self._wording.markers(self._wording.of(words(_IN_BRACKETS.sub(" ", case.ru)))),
            ages=_ages_of(case.ru),
            counts=tuple((int(found[1]), frozenset[str]()) for found in [_COUNT.match(case.ru)] if found),
            again=_AGAIN.search(case.ru) is not None,
        )

    def _condition(self, case: Text) -> frozenset[str]:
        """What the parts that state a condition say or deny, in any of the languages."""
        parts = [self._wording.of(words(part)) for part in _conditions(case)]
        return frozenset[str]().union(*(self.question(part).says for part in parts))


def _ages_of(case: str) -> Ages:
    """Whom a case is about; nothing where it is about everybody."""
    between = [range(int(low), int(high) + 1) for low, high in _AGES_BETWEEN.findall(case)]
    rest = _AGES_BETWEEN.sub(" ", case)
    below = {int(age) for age in _AGES_BELOW.findall(rest)}
    above = {int(age) for age in _AGES_FROM.findall(rest)}
    if below & above:
        return ()
    return (*between, *(range(age) for age in below), *(range(age, _OLDEST) for age in above))


def _conditions(case: Text) -> Iterator[str]:
    for line in _lines(case):
        bare = _IN_BRACKETS.sub(" ", line)
        yield from (*_HEADING.findall(bare), *_CONDITION_AFTER.findall(bare))
        if _FOR_WHOM.search(case.ru):
            yield from _IN_BRACKETS.findall(line)
    yield from _CONDITION_BEFORE.findall(_IN_BRACKETS.sub(" ", case.kk))


def _lines(text: Text) -> tuple[str, str, str]:
    return (text.kk, text.ru, text.en or "")


def _counts(token: TextWord) -> bool:
    return token.weight == 1 or token.tells_case


def _denied(features: Iterable[str]) -> frozenset[str]:
    return frozenset(_NOT + one for one in features)


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


def numbers_of(card: ServiceCard, keys: AbstractSet[str]) -> tuple[int, ...]:
    """The numbers of the cases with these Kazakh texts among all cases of the card, from 0."""
    return tuple(number for number, case in enumerate(cases_of(card, Aspect.HOW)) if case.kk in keys)


def cases_numbered(card: ServiceCard, numbers: Sequence[int]) -> frozenset[str]:
    """The Kazakh texts of the cases with these numbers; numbers that the card lacks are left out."""
    every = cases_of(card, Aspect.HOW)
    return frozenset(every[number].kk for number in numbers if 0 <= number < len(every))


def with_kept(card: ServiceCard, named: frozenset[str], kept: frozenset[str]) -> frozenset[str]:
    """`named`, and of the cases `kept` from before those in parts of the card where none is named."""
    for part in PARTS:
        here = {case.kk for case in cases_of(card, part)}
        if not named.isdisjoint(here):
            kept -= here
    return named | kept


def choose_cases(
    card: ServiceCard, tokens: Sequence[TextWord], reader: CaseReader, aspect: Aspect
) -> CaseChoice:
    """The cases of a part of the card that the question's words decide on.

    A word selects by its stems and meanings, with more weight the fewer cases contain it. A word in every
    case, or of the card's own name, selects none. A case that states a condition ("if it is lost") needs a
    word of the condition. What speaks against a case excludes it: what the question denies and the case says
    or the reverse, and another paper than the one the question is about. Where most cases are about one paper
    or another and only the paper is named, all cases of that paper are meant.
    """
    cases = cases_of(card, aspect)
    if len(cases) < 2:
        return CaseChoice(matched=(), all=cases)
    asked = reader.question(tokens)
    own = reader.features(card.names)
    held = [reader.case(case) for case in cases]
    papers = reader.papers & asked.says
    fitting = [one for one in held if not one.is_denied_by(asked) and not _is_of_another(one, papers, reader)]
    fitting = [one for one in fitting if one.fits(asked) is not False]
    in_cases = Counter(feature for one in held for feature in one.says - own)
    worth = {feature: math.log(len(cases) / number) for feature, number in in_cases.items()}
    earned = [_earned(asked, one, worth, own) if one.may_be_meant(asked) else 0.0 for one in fitting]
    by_number = math.log(len(cases) / max(1, sum(bool(one.fits(asked)) for one in held)))
    earned = [sum_ + by_number * bool(one.fits(asked)) for one, sum_ in zip(fitting, earned, strict=True)]
    best = max(earned, default=0.0)
    chosen: list[CaseWords] = []
    if best >= _MATCHED_FROM:
        meant = [one.says for one, sum_ in zip(fitting, earned, strict=True) if sum_ >= _AS_GOOD_FROM * best]
        chosen = [one for one in fitting if _holds(one.says, meant)]
    elif 2 * sum(not reader.papers.isdisjoint(one.says) for one in held) > len(held):
        chosen = [one for one in fitting if not papers.isdisjoint(one.says)]
    if len(chosen) == len(held):
        return CaseChoice(matched=(), all=cases)
    return CaseChoice(
        matched=tuple(case for case, one in zip(cases, held, strict=True) if one in chosen), all=cases
    )


def _is_of_another(case: CaseWords, papers: frozenset[str], reader: CaseReader) -> bool:
    """Whether the case names a paper, but none that the question is about."""
    named = case.says & reader.papers
    return bool(papers) and bool(named) and named.isdisjoint(papers)


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


def _earned(asked: CaseWords, case: CaseWords, worth: dict[str, float], own: frozenset[str]) -> float:
    """The score the question's words give a case, more if they cover more of it.

    Each word counts once, by its best feature; words of the card's own name do not count.
    """
    said = [word for word in asked.words if word.isdisjoint(own)]
    earned = sum(max((worth.get(one, 0.0) for one in word & case.says), default=0.0) for word in said)
    whole = sum(worth.get(one, 0.0) for one in case.says)
    covered = sum(worth.get(one, 0.0) for one in case.says & asked.says) / whole if whole else 0.0
    return earned * (1 + _FULLY_COVERED * covered)
