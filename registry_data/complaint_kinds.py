"""The kinds of complaints of `complaint_kinds.yaml`: plain wording, the act's wording, and cues."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from registry_data.load import DATA, load_records
from registry_data.schema import Model, Prose, Text

COMPLAINT_KINDS = DATA / "complaint_kinds.yaml"

KindCode = Annotated[str, StringConstraints(pattern=r"^3\.(10|[1-9])$")]


class CueLine(Model):
    """Words that suggest a kind, the strength of one match, and the reason for listing them."""

    strength: Annotated[float, Field(gt=0, le=5)]
    words: Annotated[tuple[Prose, ...], Field(min_length=1)]
    reason: Prose


class KindRecord(Model):
    """`code` is the forms' row; `act` is the act's wording, verbatim in Kazakh and translated otherwise."""

    code: KindCode
    plain: Text
    act: Text
    cues: Annotated[tuple[CueLine, ...], Field(min_length=1)]


@cache
def load_kinds(path: Path = COMPLAINT_KINDS) -> tuple[KindRecord, ...]:
    """The kinds a citizen may choose, in the forms' order. Raises FaultsError."""
    return load_records(path, KindRecord, "code")
