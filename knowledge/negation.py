"""Which words of a text are denied: "not the passport", "without children", "келіспейді"."""

from collections.abc import Callable, Sequence
from typing import Final

from knowledge.letters import skeleton

_BEFORE: Final = frozenset(["не", "ни", "нет", "без", "кроме", "no", "not", "without", "except"])
_AFTER: Final = frozenset(map(skeleton, ["емес", "жоқ", "жок", "нет"]))
_ENDINGS: Final = (
    *("сиз", "маиди", "меиди", "баиди", "беиди", "паиди", "пеиди", "мади", "меди", "бади", "беди", "пади"),
    *("педи", "маган", "меген", "баган", "беген", "паган", "пеген", "маимиз", "меимиз", "баимин", "беимин"),
)
_ADJECTIVES: Final = ("их", "ых", "ого", "его", "minor")
_BUT: Final = frozenset(["а", "но", "but", "ал", "бирак"])
_SHORTEST_DENYING: Final = 7  # letters: "балаларсыз", but not "сыз"
_NEAR: Final = 3
_SHORT: Final = 3  # letters of a preposition, which may stand between


def denied(words: Sequence[str], counts: Callable[[str], bool]) -> frozenset[int]:
    """The positions of the normalised words that the text denies; `counts`: whether a word means something by
    itself.
    """
    found: set[int] = set()
    for at, word in enumerate(words):
        bare = skeleton(word)
        if word in _BEFORE:
            found |= _after(words, at, counts)
        if bare in _AFTER and at and counts(words[at - 1]):
            found.add(at - 1)
        if bare.endswith(_ENDINGS) and len(bare) >= _SHORTEST_DENYING:
            found.add(at)
    return frozenset(found)


def _after(words: Sequence[str], at: int, counts: Callable[[str], bool]) -> set[int]:
    """What a word of denial at `at` denies: the next word that counts, an adjective with its noun."""
    for place in range(at + 1, min(at + 1 + _NEAR, len(words))):
        if words[place] in _BUT:
            break
        if counts(words[place]):
            with_noun = words[place].endswith(_ADJECTIVES) and place + 1 < len(words)
            return {place, place + 1} if with_noun else {place}
        if len(words[place]) > _SHORT:
            break
    return set()


def contrasted(words: Sequence[str]) -> frozenset[int]:
    """The positions of what is named only to be set aside for another thing: "не паспорт, а удостоверение",
    "жеке куәлік емес, паспорт", "not the passport but the identity card".
    """
    found: set[int] = set()
    for at, word in enumerate(words):
        if word in {"не", "not"}:
            found |= _set_aside(words, at)
        elif word == "емес" and 0 < at < len(words) - 1:
            found |= {at - 1, at}
    return frozenset(found)


def _set_aside(words: Sequence[str], at: int) -> set[int]:
    """What "не … а", "not … but" or "а не …" sets aside, with the words that do it."""
    ends = range(at + 2, min(at + 2 + _NEAR, len(words) - 1))
    if (end := next((place for place in ends if words[place] in {"а", "but"}), None)) is not None:
        return set(range(at, end + 1))
    if at > 1 and words[at - 1] == "а" and at + 1 < len(words):
        return {at - 1, at, at + 1}
    return set()
