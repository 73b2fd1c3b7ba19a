"""Detect the language of a question by distinctive letters and common words."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kernel.language import Language
from knowledge.typed_text import KAZAKH_LETTERS, is_cyrillic, is_latin, skeleton


class QuestionLanguage(StrEnum):
    KK = "kk"
    RU = "ru"
    EN = "en"
    MIXED = "mixed"


SPOKEN: Final = {
    QuestionLanguage.KK: Language.KK,
    QuestionLanguage.RU: Language.RU,
    QuestionLanguage.EN: Language.EN,
}


_RUSSIAN_ENDINGS: Final = (
    *("ать", "ить", "ять", "ение", "ения", "ание", "ания", "ого", "ому", "ция", "ции", "цию", "ство", "ость"),
    *("ную", "ный", "ная", "ные", "ных", "ами", "ями", "ться", "ешь", "ают", "ую", "ее", "ые", "ых", "ий"),
)
_KAZAKH_ENDINGS: Final = (
    *(
        "ган",
        "ген",
        "кан",
        "кен",
        "тын",
        "тин",
        "мын",
        "мин",
        "дым",
        "дим",
        "лык",
        "лик",
        "нын",
        "нин",
        "дын",
        "алу",
    ),
    *(
        "ыру",
        "иру",
        "йын",
        "ынды",
        "ымды",
        "имди",
        "лар",
        "дар",
        "дер",
        "тар",
        "тер",
        "ндагы",
        "мыз",
        "миз",
        "ыныз",
    ),
    *(
        "сын",
        "уге",
        "уга",
        "уды",
        "кызы",
        "ылы",
        "ады",
        "еди",
        "айды",
        "ейди",
        "амыз",
        "емиз",
        "амын",
        "емин",
    ),
)
_ALONE_UP_TO: Final = 0.15
_PLAIN_FROM: Final = 2  # words
_PLAIN_SHARE: Final = 0.5
_CACHE_SIZE: Final = 20_000


class LanguageDetector:
    """Knows the commonest words of each language; Kazakh ones also without Kazakh letters."""

    def __init__(self, common: Mapping[Language, Iterable[str]]) -> None:
        self._kazakh, self._russian, self._english = (frozenset(common.get(one, ())) for one in Language)
        self._kazakh = frozenset(map(skeleton, self._kazakh))
        self._is_kazakh = lru_cache(maxsize=_CACHE_SIZE)(self._looks_kazakh)
        self._is_russian = lru_cache(maxsize=_CACHE_SIZE)(self._looks_russian)

    def language(self, words: Sequence[str]) -> QuestionLanguage:
        """The language of normalised words already in their own script; Russian by default."""
        english = sum(map(is_latin, words))
        if english * 2 > len(words):
            return QuestionLanguage.EN
        kazakh = sum(map(self._is_kazakh, words))
        russian = sum(map(self._is_russian, words))
        if not kazakh:
            return QuestionLanguage.RU
        share = russian / (kazakh + russian)
        if share <= _ALONE_UP_TO:
            return QuestionLanguage.KK
        return QuestionLanguage.MIXED if share < 1 - _ALONE_UP_TO else QuestionLanguage.RU

    def plainly(self, words: Sequence[str]) -> Language | None:
        """The language that the whole of the message is plainly in, or None.

        Words that several languages share ("паспорт", "прописка") tell nothing: at least half of the words
        are of the language alone, and none of another.
        """
        if len(words) < _PLAIN_FROM:
            return None
        if all(map(is_latin, words)):
            return Language.EN if self.english_share(words) >= _PLAIN_SHARE else None
        found = {
            Language.KK: sum(map(self._is_kazakh, words)),
            Language.RU: sum(map(self._is_russian, words)),
        }
        language = max(found, key=lambda one: found[one])
        others = sum(found.values()) - found[language] + sum(map(is_latin, words))
        return language if not others and found[language] >= len(words) * _PLAIN_SHARE else None

    def english_share(self, words: Sequence[str]) -> float:
        """The share of Latin words that are common English words, 0 to 1; 0 if there are no Latin words."""
        latin = [word for word in words if is_latin(word)]
        return sum(word in self._english for word in latin) / len(latin) if latin else 0.0

    def _looks_kazakh(self, word: str) -> bool:
        if not KAZAKH_LETTERS.isdisjoint(word):
            return True
        if word in self._russian or not is_cyrillic(word):
            return False
        return skeleton(word) in self._kazakh or word.endswith(_KAZAKH_ENDINGS)

    def _looks_russian(self, word: str) -> bool:
        if not is_cyrillic(word) or self._is_kazakh(word):
            return False
        return word in self._russian or word.endswith(_RUSSIAN_ENDINGS)
