"""Guides: short answers not tied to a card, each paragraph with the act or page it comes from.

Models of `registry_data/guides/*.yaml`, validated on creation; every text is in three languages.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from registry_data.acts import Act
from registry_data.citation import Citation
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.load import DATA, load_acts
from registry_data.schema import Aliases, ButtonName, HttpsUrl, Model, Prose, ServiceForm, Slug, Text
from registry_data.yaml_file import read_yaml

GUIDES = DATA / "guides"


class GuideAudience(StrEnum):
    CITIZEN = "citizen"
    OFFICIAL = "official"


class ContactKind(StrEnum):
    SITE = "site"
    PHONE = "phone"
    APP = "app"


class TrilingualText(Text):
    en: Prose


class TrilingualAliases(Aliases):
    """Everyday questions that this guide answers."""

    kk: Annotated[tuple[Prose, ...], Field(min_length=1)]
    ru: Annotated[tuple[Prose, ...], Field(min_length=1)]
    en: Annotated[tuple[Prose, ...], Field(min_length=1)]


class WebSource(Model):
    """A web page stating the fact, and the day it was read."""

    url: HttpsUrl
    checked: date


class Paragraph(TrilingualText):
    """One or two sentences of ours, from exactly one source: an act or a page."""

    citation: Citation | None = None
    source: WebSource | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.citation is None) == (self.source is None):
            raise ValueError("a paragraph has exactly one of citation and source")
        return self


class Contact(Model):
    """A website, telephone number or application; `label` says whose."""

    kind: ContactKind
    value: Prose
    label: TrilingualText
    source: WebSource

    @model_validator(mode="after")
    def _value_of_its_kind(self) -> Self:
        if self.kind is ContactKind.SITE and not self.value.startswith("https://"):
            raise ValueError("a site's value is an https address")
        if self.kind is ContactKind.PHONE and not self.value.strip("+").replace(" ", "").isdigit():
            raise ValueError("a phone's value is digits and spaces")
        return self


class Guide(Model):
    """A title worded as people search for it, and two to six paragraphs that fit into one message.

    `lists` is the form whose services are named below.
    """

    slug: Slug
    audience: GuideAudience
    names: TrilingualText
    label: ButtonName | None = None
    aliases: TrilingualAliases
    body: Annotated[tuple[Paragraph, ...], Field(min_length=2, max_length=6)]
    contacts: tuple[Contact, ...] = ()
    lists: ServiceForm | None = None
    checked: date


def load_guides(folder: Path = GUIDES, acts: Iterable[Act] | None = None) -> tuple[Guide, ...]:
    """Every guide of `folder`, by slug. Raises FaultsError with the faults of all files."""
    known = {act.key for act in (load_acts() if acts is None else acts)}
    guides: list[Guide] = []
    with FaultCollector() as collector:
        for path in sorted(folder.glob("*.yaml")):
            with collector.part():
                guides.append(_read(path, known))
    return tuple(guides)


def _read(path: Path, acts: AbstractSet[str]) -> Guide:
    try:
        guide = Guide.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
    if faults := tuple(_disagreements(path, guide, acts)):
        raise FaultsError(faults)
    return guide


def _disagreements(path: Path, guide: Guide, acts: AbstractSet[str]) -> Iterator[Fault]:
    """Contradictions between the guide and its file name or the acts."""
    if guide.slug != path.stem:
        reason = f"the file's name asks for {path.stem}, not {guide.slug}"
        yield Fault(file=path.name, key="slug", reason=reason)
    for number, paragraph in enumerate(guide.body):
        act = paragraph.citation.act if paragraph.citation else None
        if act is not None and act not in acts:
            reason = f"no act {act!r} in acts.yaml"
            yield Fault(file=path.name, key=f"body.{number}.citation.act", reason=reason)
