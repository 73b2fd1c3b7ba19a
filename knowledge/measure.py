"""Limit how much of a long message is searched: its two ends. Bounds the cost of floods."""

from typing import Final

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
