"""Synonyms, stop words, and words for things outside every card.

Models of `registry_data/synonyms.yaml`, validated on creation: every line has a reason.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from kernel.language import Language
from registry_data.faults import FaultsError
from registry_data.schema import Model, Prose
from registry_data.yaml_file import read_yaml

SYNONYMS = Path(__file__).parent / "synonyms.yaml"


AspectName = Literal[
    "how",
    "documents",
    "term",
    "fee",
    "where",
    "refusal",
    "status",
    "complaint",
    "amount",
    "age",
    "eligibility",
]


class SynonymLine(Model):
    """Words or short phrases of any language with one meaning, and the reason for grouping them. Noise that
    `tells_case` chooses no card but may choose a case of it. A `paper` is a document that a case is about:
    who asks about one does not ask about another.
    """

    words: Annotated[tuple[Prose, ...], Field(min_length=1)]
    reason: Prose
    tells_case: bool = False
    paper: bool = False


class OppositeLine(Model):
    """Words that deny what `of` says."""

    words: Annotated[tuple[Prose, ...], Field(min_length=1)]
    of: Prose


class WordKind(Model):
    """Word prefixes that cues refer to as `{kind}`. A star stands for any ending or, before an ending, for
    any beginning. Words of `things` ask nothing by themselves; a `firm` word never comes between the words of
    a cue.
    """

    words: Annotated[tuple[Prose, ...], Field(min_length=1)]
    things: bool = False
    firm: bool = False


class Cues(Model):
    """Word prefixes and word kinds that ask for one part of a card; the greater `strength`, the more certain.
    In a cue with a kind, up to `apart` other words may come between any two of its own.
    """

    strength: Annotated[float, Field(gt=0, lt=2)]
    cues: Annotated[tuple[Prose, ...], Field(min_length=1)]
    apart: Annotated[int, Field(ge=0, le=4)] = 2


class Quantities(Model):
    """Words of numbers, and those that make one an age: `aged` after it, `aged_before` before it. After or
    before one of `spans` it is a length of time. A star stands for any ending. `again`: something happened
    more than once.
    """

    numbers: dict[str, tuple[Prose, ...]] = Field(default_factory=dict)
    both: tuple[Prose, ...] = ()
    again: tuple[Prose, ...] = ()
    aged: tuple[Prose, ...] = ()
    aged_before: tuple[Prose, ...] = ()
    spans: tuple[Prose, ...] = ()


class Synonyms(Model):
    """`alike` are synonyms. `markers` distinguish similar cards: a card with a marker matches only if the
    question has it too. `noise` has little weight in a question. `outside` names what no card answers;
    `opposites` speak against a case.
    `aspects` are the cues for each part of a card, made of words and `kinds` of words; `languages` the
    commonest words of each.
    """

    alike: tuple[SynonymLine, ...] = ()
    markers: tuple[SynonymLine, ...] = ()
    noise: tuple[SynonymLine, ...] = ()
    outside: tuple[SynonymLine, ...] = ()
    opposites: tuple[OppositeLine, ...] = ()
    kinds: dict[str, WordKind] = Field(default_factory=dict)
    aspects: dict[AspectName, tuple[Cues, ...]] = Field(default_factory=dict)
    languages: dict[Language, tuple[Prose, ...]] = Field(default_factory=dict)
    quantities: Quantities = Quantities()

    def texts(self) -> Iterator[str]:
        """Every listed word and phrase that is written out, those of any question first."""
        for line in (*self.noise, *self.alike, *self.markers, *self.outside):
            yield from line.words
        for kind in self.kinds.values():
            yield from (word.rstrip(".") for word in kind.words if "*" not in word)


def load_synonyms(path: Path = SYNONYMS) -> Synonyms:
    """The synonyms of the file. Raises FaultsError."""
    try:
        return Synonyms.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
