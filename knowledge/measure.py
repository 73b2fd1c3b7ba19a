"""How much of a long message is searched: its two ends. A flood of long ones must cost what it has to say."""

from typing import Final

SHORT: Final = 400  # signs; what has no more is searched as it is
MOST_WORDS: Final = 120  # half of them from the beginning, half from the end
LONGEST_WORD: Final = 60  # letters; no word of ours has as many


def shortened(question: str) -> str:
    """What of `question` is searched. A story tells what it is about when it begins or when it ends."""
    if len(question) <= SHORT:
        return question
    words = [word[:LONGEST_WORD] for word in question.split()]
    half = MOST_WORDS // 2
    return " ".join(words if len(words) <= MOST_WORDS else [*words[:half], *words[-half:]])
