"""Whether a question refers to the card last shown: "а сколько стоит?", "құжаттар?"."""

from typing import Final

from knowledge.aspect import AspectDetector
from knowledge.reading import QuestionReading

_LONGEST: Final = 8


def leans_on_last(reading: QuestionReading, aspects: AspectDetector) -> bool:
    """True for a short question that asks for a part of a card and names no service.

    Stop words and the words that ask for the part do not name anything.
    """
    if len(reading.words) > _LONGEST or reading.outside:
        return False
    asks = [token.word for token in reading.tokens if aspects.is_cue(token.word)]
    names = [token.word for token in reading.tokens if token.weight == 1 and token.word not in asks]
    return bool(asks) and not names
