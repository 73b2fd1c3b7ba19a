"""What a question says, as it was read: its words, and what each of them is worth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionToken:
    """A word of the question: `worth` gives what a text earns that has one of its features, `mass` what the
    word could earn at most; both in units of rarity.
    """

    word: str
    weight: float
    worth: tuple[tuple[str, float], ...]
    mass: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReading:
    """`outside` holds the stems of each word that names what no subject answers, or the name itself where it
    is of several words.
    """

    words: tuple[str, ...]
    tokens: tuple[QuestionToken, ...]
    markers: frozenset[str]
    outside: tuple[tuple[str, ...], ...]

    @property
    def mass(self) -> float:
        """How much the question says in all; never 0."""
        return sum(token.mass for token in self.tokens) or 1.0
