"""Whether words that an official types occur in a text, inflected or spelt without Kazakh letters; pure."""

from dataclasses import dataclass

from knowledge import kazakh
from knowledge.stems import stems
from knowledge.typed_text import skeleton, words

_SHORT = 3  # letters: what is no longer has to stand there as it is


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """For each word, the beginnings that a word of the text may have."""

    beginnings: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, typed: str) -> "SoughtWords":
        return cls(tuple(frozenset((*stems(word), skeleton(word))) for word in words(typed)))

    @property
    def any(self) -> bool:
        return bool(self.beginnings)

    def within(self, text: str) -> bool:
        """Whether every word occurs. Safe in another thread, unlike Snowball, which is left out here."""
        typed = words(text)
        said = {*map(skeleton, typed), *map(kazakh.stem, typed)}
        return all(any(_occurs(one, said) for one in sought) for sought in self.beginnings)


def _occurs(beginning: str, said: set[str]) -> bool:
    if beginning in said:
        return True
    return len(beginning) > _SHORT and any(word.startswith(beginning) for word in said)
