"""What a case of a card, or a question about it, says: its words, its condition, what it denies."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge.letters import words
from knowledge.negation import denied
from knowledge.wording import TextWord, Wording
from registry_data.schema import Text

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """Features are stems and meanings, with "¬" in front where they are denied.

    `words`: the features of each word; `says`: all of them; `condition`: those one of which must be said,
    none if the case has no condition; `markers`: those that must all be said.
    """

    words: tuple[frozenset[str], ...]
    says: frozenset[str]
    condition: frozenset[str]
    markers: frozenset[str]

    def is_denied_by(self, asked: "CaseWords") -> bool:
        """Whether the question says what the case denies, or denies what the case says."""
        return not (self.denies.isdisjoint(asked.says) and asked.denies.isdisjoint(self.says))

    @property
    def denies(self) -> frozenset[str]:
        return frozenset(one.removeprefix(_NOT) for one in self.says if one.startswith(_NOT))

    def may_be_meant(self, asked: "CaseWords") -> bool:
        """Whether nothing in the question speaks against the case, and it names what the case requires."""
        if self.is_denied_by(asked) or not self.markers <= asked.markers:
            return False
        return not self.condition or not self.condition.isdisjoint(asked.says)


class CaseReader:
    """Reads cases and questions alike."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.papers = wording.papers
        self.case = lru_cache(maxsize=_CACHE_SIZE)(self._case)

    def question(self, tokens: Sequence[TextWord]) -> CaseWords:
        """`tokens`: the words of a question, in order."""
        by_word = {one.word: one for one in tokens}
        no = denied([one.word for one in tokens], lambda word: _counts(by_word[word]))
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
        )

    def _condition(self, case: Text) -> frozenset[str]:
        """What the parts that state a condition say or deny, in any of the languages."""
        parts = [self._wording.of(words(part)) for part in _conditions(case)]
        return frozenset[str]().union(*(self.question(part).says for part in parts))


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
