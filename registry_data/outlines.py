"""Outlines of documents required by an act: chapters and points with citations (`papers/*.yaml`)."""

from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from registry_data.citation import Citation
from registry_data.document_texts import DOCUMENTS
from registry_data.faults import FaultsError
from registry_data.load import as_mapping
from registry_data.schema import Model, Text
from registry_data.yaml_file import read_yaml

PointKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]


class OutlinePoint(Model):
    """`key` selects the figures for this point, if any."""

    key: PointKey
    titles: Text


class OutlineChapter(Model):
    titles: Text
    citation: Citation
    points: tuple[OutlinePoint, ...] = Field(min_length=1)


class Outline(Model):
    titles: Text
    citation: Citation
    chapters: tuple[OutlineChapter, ...] = Field(min_length=1)


@cache
def load_outline(name: str) -> Outline:
    """The outline of `papers/<name>.yaml`. Raises FaultsError."""
    path = DOCUMENTS / f"{name}.yaml"
    try:
        return Outline.model_validate(as_mapping(path.name, "", read_yaml(path)))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
