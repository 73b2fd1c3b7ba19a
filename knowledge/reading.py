"""A question as read: its words and their weights."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionToken:
    """A word of the question. `worth`: what a text earns per matching feature. `mass`: the most the word
    could earn. Both in units of rarity.
    """

    word: str
    weight: float
    worth: tuple[tuple[str, float], ...]
    mass: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReading:
    """`outside`: the stems of each word that names what no subject answers, or the name itself if it has
    several words.
    """

    words: tuple[str, ...]
    tokens: tuple[QuestionToken, ...]
    markers: frozenset[str]
    outside: tuple[tuple[str, ...], ...]

    @property
    def mass(self) -> float:
        """How much the question says in total; never 0."""
        return sum(token.mass for token in self.tokens) or 1.0
