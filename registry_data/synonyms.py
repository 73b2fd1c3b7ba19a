"""Words that people use for one another, words that say nothing of a service, and words of things that no
card holds.

The shapes of `registry_data/synonyms.yaml`, checked when they are made: every line has a reason.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from kernel.language import Language
from registry_data.faults import FaultsError
from registry_data.schema import Model, Prose
from registry_data.yaml_file import read_yaml

SYNONYMS = Path(__file__).parent / "synonyms.yaml"


AspectName = Literal["how", "documents", "term", "fee", "where", "refusal", "status", "complaint"]


class SynonymLine(Model):
    """Words or short phrases of any language that mean one thing, and why they stand together."""

    words: Annotated[tuple[Prose, ...], Field(min_length=1)]
    reason: Prose


class WordKind(Model):
    """Beginnings of words that cues name together as `{kind}`; a star stands for any ending, or before an
    ending for any beginning. Words of `things` ask nothing by themselves; a word of a `firm` kind never
    stands between the words of a cue.
    """

    words: Annotated[tuple[Prose, ...], Field(min_length=1)]
    things: bool = False
    firm: bool = False


class Cues(Model):
    """Beginnings of words, and kinds of words, that ask for one part of a card; the greater `strength`, the
    surer. Where a cue has a kind, up to `apart` other words may stand between any two of its own.
    """

    strength: Annotated[float, Field(gt=0, lt=2)]
    cues: Annotated[tuple[Prose, ...], Field(min_length=1)]
    apart: Annotated[int, Field(ge=0, le=4)] = 2


class Synonyms(Model):
    """`alike` are synonyms. `markers` tell near cards apart: a card that carries one is meant only when the
    question does too. `noise` weighs little in a question. `outside` names what no card here answers.
    `aspects` are the cues of each part of a card, made of words and `kinds` of words; `languages` the
    commonest words of each.
    """

    alike: tuple[SynonymLine, ...] = ()
    markers: tuple[SynonymLine, ...] = ()
    noise: tuple[SynonymLine, ...] = ()
    outside: tuple[SynonymLine, ...] = ()
    kinds: dict[str, WordKind] = Field(default_factory=dict)
    aspects: dict[AspectName, tuple[Cues, ...]] = Field(default_factory=dict)
    languages: dict[Language, tuple[Prose, ...]] = Field(default_factory=dict)


def load_synonyms(path: Path = SYNONYMS) -> Synonyms:
    """The synonyms of the file. Raises FaultsError."""
    try:
        return Synonyms.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
