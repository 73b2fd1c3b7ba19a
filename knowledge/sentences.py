"""What of a long message is searched: its two ends, and most of all the sentence that asks."""

import re
from typing import Final

from knowledge.letters import words

SHORT: Final = 400  # characters; anything up to this is searched whole
MOST_WORDS: Final = 120  # half of them from the beginning, half from the end
LONGEST_WORD: Final = 60  # letters; none of our words is as long


def shortened(question: str) -> str:
    """The part of `question` to search. A story states its topic at the beginning or at the end."""
    if len(question) <= SHORT:
        return question
    words = [word[:LONGEST_WORD] for word in question.split()]
    half = MOST_WORDS // 2
    return " ".join(words if len(words) <= MOST_WORDS else [*words[:half], *words[-half:]])


_SENTENCES: Final = re.compile(r"(?<=[.?!…])\s+|\n+")
_AND_ALSO: Final = re.compile(
    r",?\s+(?:и еще|и ещё|а еще|а ещё|а также|и заодно|сондай-ақ|және тағы|тағы да|and also|also)\s+"
    r"|,?\s+(?:and|и|а|және|ал)\s+"
    r"(?=(?:where|how|what|when|где|куда|как|сколько|какие|қайда|қалай|қанша|қандай)\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> tuple[str, ...]:
    """The parts of a message each of which asks something: its questions, or what "and also" joins."""
    asked = [part for part in _SENTENCES.split(text[:SHORT]) if "?" in part]
    parts = asked if len(asked) > 1 else _AND_ALSO.split(text[:SHORT])
    return tuple(part for part in parts if len(words(part)) > 1)


_ASKED_BEFORE: Final = 0.85
_TOLD: Final = 0.55

Weights = tuple[float, ...]


def weights_of_words(text: str) -> Weights:
    """The weight of each word of `text`, 0 to 1: full in the sentence that asks, less in earlier questions,
    least in statements.
    """
    if not _SENTENCES.search(text):
        return ()
    sentences = [(part, count) for part in _SENTENCES.split(text) if (count := len(words(part)))]
    asking = [at for at, (part, _) in enumerate(sentences) if "?" in part] or [len(sentences) - 1]
    weight = dict.fromkeys(asking, _ASKED_BEFORE) | {asking[-1]: 1.0}
    return tuple(weight.get(at, _TOLD) for at, (_, count) in enumerate(sentences) for _ in range(count))
