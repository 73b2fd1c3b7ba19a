"""Read a question: detect its script and keyboard layout, and weigh its words."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from knowledge.evidence import EvidenceIndex
from knowledge.language import LanguageDetector
from knowledge.lexicon import Ear
from knowledge.subject import AnswerSubject
from knowledge.typed_text import contrasted, is_latin, layouts, to_cyrillic, words
from knowledge.word_index import QuestionReading, QuestionToken
from knowledge.wording import NOISE_WEIGHT, TextWord, Wording
from registry_data.synonyms import Synonyms

_LAYOUT_MARGIN: Final = 0.15
_TELL_THE_LAYOUT: Final = 8  # words: a message is typed in one layout
_ROUNDING: Final = 1e-6
_UNKNOWN_LIKENESS: Final = 0.7
_CACHE_SIZE: Final = 20_000
_MEANING_BELIEF: Final = 0.9


class QuestionReader:
    def __init__(self, index: EvidenceIndex, wording: Wording, languages: LanguageDetector, ear: Ear) -> None:
        self._lexicon = index.lexicon
        self._familiar = index.runs.familiar
        self._wording = wording
        self._languages = languages
        self._heard = ear.heard
        self.read = lru_cache(maxsize=16)(self._read)  # a card's cases are chosen right after the search
        self._tokens: dict[TextWord, QuestionToken] = {}
        self._likeness_of = lru_cache(maxsize=_CACHE_SIZE)(self._looks_like)

    def _read(self, question: str) -> QuestionReading:
        meant = tuple(map(self._heard, self._in_script(self._in_layout(question))))
        aside = contrasted(meant, self._names_paper, self._names)
        words_meant = self._wording.of([word for at, word in enumerate(meant) if at not in aside])
        tokens = {one.word: self._token_of(one) for one in words_meant}
        return QuestionReading(
            words=meant,
            tokens=tuple(tokens.values()),
            markers=self._wording.markers(words_meant),
            outside=self._wording.outside(words_meant),
            sets_aside=bool(aside),
        )

    def _names(self, word: str) -> bool:
        return bool(self._wording.alone(word).meanings)

    def _names_paper(self, word: str) -> bool:
        return not self._wording.papers.isdisjoint(self._wording.alone(word).meanings)

    def _token_of(self, word: TextWord) -> QuestionToken:
        token = self._tokens.get(word)
        if token is None:
            token = self._token(word)
            if len(self._tokens) < _CACHE_SIZE:
                self._tokens[word] = token
        return token

    def _token(self, word: TextWord) -> QuestionToken:
        believed = [(stem, 1.0) for stem in word.stems if stem in self._lexicon]
        meant = [(meaning, _MEANING_BELIEF) for meaning in word.meanings if meaning in self._lexicon]
        if not believed and not meant and word.weight == 1:
            believed = list(self._lexicon.mended(word.word))
        believed += meant
        # A number that no card knows is an age, a count or a year: it names nothing.
        weight = min(word.weight, NOISE_WEIGHT) if word.word.isdigit() and not believed else word.weight
        worth = [(feature, weight * belief * self._lexicon.rarity(feature)) for feature, belief in believed]
        worth.sort(key=lambda one: one[1])
        mass = worth[-1][1] if worth else weight * self._lexicon.utmost_rarity
        return QuestionToken(word=word.word, weight=weight, worth=tuple(worth), mass=mass)

    def _in_layout(self, question: str) -> tuple[str, ...]:
        """As typed, or as typed in another layout if its longest words are then much more like ours."""
        telling = " ".join(sorted(question.split(), key=len, reverse=True)[:_TELL_THE_LAYOUT])
        typed, best = words(telling), None
        best_likeness = self._likeness(typed)
        if any(map(is_latin, typed)):
            best_likeness = max(best_likeness, self._likeness(_in_cyrillic(typed)))
        best_likeness += _LAYOUT_MARGIN
        for at, other in enumerate(layouts(telling) if best_likeness < 1 else ()):
            read = tuple(other.split())
            if read != typed and (likeness := self._likeness(read, best_likeness)) > best_likeness:
                best, best_likeness = at, likeness
        return words(question) if best is None else tuple(layouts(question)[best].split())

    def _in_script(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Latin words as Cyrillic, unless they are English."""
        latin = tuple(filter(is_latin, typed))
        if not latin:
            return typed
        english = self._likeness(latin) + self._languages.english_share(latin)
        return typed if english > self._likeness(_in_cyrillic(latin)) else _in_cyrillic(typed)

    def _likeness(self, read: Sequence[str], bar: float = 0.0) -> float:
        """How much it resembles the subjects' vocabulary, 0 to 1, by known words and by n-grams of the
        others; 0 if not above `bar`.
        """
        letters = sum(map(len, read))
        alike, at_most = 0.0, letters - bar * letters + _ROUNDING
        for word in read:
            like = len(word) * self._likeness_of(word)
            alike += like
            at_most -= len(word) - like
            if at_most < 0:
                return 0.0
        return alike / letters if letters else 0.0

    def _looks_like(self, word: str) -> float:
        return 1.0 if self._lexicon.knows(word) else _UNKNOWN_LIKENESS * self._familiar(word)


def _in_cyrillic(typed: Sequence[str]) -> tuple[str, ...]:
    return tuple(to_cyrillic(word) if is_latin(word) else word for word in typed)


def ear_of(lists: Synonyms, subjects: Iterable[AnswerSubject]) -> Ear:
    """Hears the words of the lists, of any question first, and those of the subjects."""
    own = (text for one in subjects for text in (*one.names, *one.aliases, *one.body))
    return Ear(chain.from_iterable(map(words, chain(lists.texts(), own))))
