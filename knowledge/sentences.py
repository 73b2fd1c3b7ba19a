"""Which sentence of a story is the question: the last with a question mark, or else the last one."""

import re
from typing import Final

from knowledge.letters import words

_SENTENCES: Final = re.compile(r"(?<=[.?!…])\s+|\n+")
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
