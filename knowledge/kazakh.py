"""Stem Kazakh words: strip plural, possessive, case and common verb endings.

An ending is stripped only if its vowels agree with the last vowel of the remaining stem (vowel harmony). A
word typed without Kazakh letters is often ambiguous between hard and soft; there the rule checks only what is
visible.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from knowledge.typed_text import KAZAKH_LETTERS, fold, skeleton

_HARD: Final = frozenset("аоұыяё")
_SOFT: Final = frozenset("әеөүіэ")
_VOWELS: Final = _HARD | _SOFT | frozenset("уию")
_SHORTEST_STEM: Final = 3
_VOICED: Final = {"г": "к", "ғ": "қ", "б": "п"}

# A voiceless consonant takes an ending that begins voiceless, any other sound one that does not.
_VOICELESS: Final = frozenset("пфкқтсшщчцхһ")
_LOAN_ENDS: Final = frozenset("бвгд")  # voiceless at the end of Russian words: завод, клуб
_BEGIN_HARD: Final = frozenset("тқкп")
_BEGIN_SOFT: Final = frozenset("дғгбл")

# "I want to". After a vowel, the same letters are a noun's last consonant plus "my" (куәлік, куәлігім).
_WISH: Final = "ғым гім қым кім ғымыз гіміз қымыз кіміз"

# Hard and soft forms in pairs. Outer endings are stripped before inner ones, longest first.
_PERSON: Final = (
    "мын мін бын бін пын пін сың сің сыз сіз мыз міз быз біз пыз піз сыздар сіздер ңыз ңіз ңыздар ңіздер "
    "айын ейін йын йін йық йік айық ейік амын емін ймын ймін асың есің йсың йсің асыз есіз йсыз йсіз "
    "ады еді йды йді амыз еміз ймыз йміз дым дім тым тім дыңыз діңіз тыңыз тіңіз атын етін йтын йтін "
    f"{_WISH}"
)
_CASE: Final = (
    "ның нің дың дің тың тің ға ге қа ке на не ды ді ты ті ны ні да де та те нда нде "
    "дан ден тан тен нан нен мен бен пен "
    "ғанда генде қанда кенде ғаннан геннен қаннан кеннен дағы дегі тағы тегі ндағы ндегі нікі дікі тікі"
)
_POSSESSIVE: Final = (
    "ым ім ың ің ы і сы сі ымыз іміз мыз міз ыңыз іңіз ңыз ңіз сын сін сына сіне сынан сінен "
    "ын ін ына іне ма ме ыма іме м ң"
)
_PLURAL: Final = "лар лер дар дер тар тер"
_VERB: Final = (
    "у уға уге удың удің уды уді уым уім уын уін уі уы ған ген қан кен ғаным генім ып іп са се сам сем "
    "саң сең саңыз сеңіз атын етін йтын йтін мау меу бау беу пау пеу мады меді бады беді пады педі ама еме "
    "маған меген баған беген паған пеген майды мейді байды бейді пайды пейді алмай елмей "
    "мапты мепті бапты бепті"
)
_DERIVED: Final = "лық лік дық дік тық тік лы лі сыз сіз шы ші"

# Endings that many stems end in as well: stripped only if a longer stem remains.
_AMBIGUOUS: Final = frozenset(f"ма ме {_DERIVED} {fold(_DERIVED)}".split())
_AFTER_A_CONSONANT: Final = frozenset(f"{_WISH} {fold(_WISH)}".split())


@dataclass(frozen=True, slots=True)
class _Layer:
    """Endings of which at most one occurs, longest first; `lengths` are theirs, descending."""

    endings: frozenset[str]
    lengths: tuple[int, ...]


def _layer(endings: Iterable[str]) -> _Layer:
    lengths = sorted({len(ending) for ending in endings}, reverse=True)
    return _Layer(frozenset(endings), tuple(lengths))


_LAYERS: Final = tuple(
    _layer(endings.split()) for endings in (_PERSON, _CASE, _POSSESSIVE, _PLURAL, _VERB, _DERIVED)
)
_PLAIN_LAYERS: Final = tuple(_layer({fold(ending) for ending in layer.endings}) for layer in _LAYERS)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The skeleton of a normalised Cyrillic word without Kazakh endings, at least three letters long."""
    if any(letter in KAZAKH_LETTERS for letter in word):
        return skeleton(_strip(word, _LAYERS))
    return skeleton(_strip(fold(word), _PLAIN_LAYERS))


def _strip(word: str, layers: tuple[_Layer, ...]) -> str:
    for layer in layers:
        word = _without_ending(word, layer)
    return word[:-1] + _VOICED.get(word[-1], word[-1]) if word else word


def _without_ending(word: str, layer: _Layer) -> str:
    for length in layer.lengths:
        ending = word[-length:]
        if ending in layer.endings and _may_stand(word[:-length], ending):
            return word[:-length]
    return word


def _may_stand(rest: str, ending: str) -> bool:
    if ending in _AFTER_A_CONSONANT and rest[-1:] in _VOWELS:
        return False
    shortest = _SHORTEST_STEM + (len(ending) == 1 or ending in _AMBIGUOUS)
    return len(rest) >= shortest and harmonious(rest, ending) and _joins(rest[-1], ending[0])


def _joins(last: str, first: str) -> bool:
    """Whether the consonants agree at the boundary of stem and ending."""
    if first in _BEGIN_HARD:
        return last in _VOICELESS or last in _LOAN_ENDS
    return first not in _BEGIN_SOFT or last not in _VOICELESS


def harmonious(rest: str, ending: str) -> bool:
    """Whether an ending's first vowel can follow the last vowel of `rest`; ambiguous vowels match both."""
    last = _first_vowel(rest[::-1])
    if not last:
        return False
    first = _first_vowel(ending)
    return not ((last in _HARD and first in _SOFT) or (last in _SOFT and first in _HARD))


def _first_vowel(letters: str) -> str:
    for letter in letters:  # hot path: faster than a generator
        if letter in _VOWELS:
            return letter
    return ""
