"""What organisations are called besides their names (`organisation_words.yaml`)."""

import re
from functools import cache

from kernel.language import Language
from registry_data.load import DATA
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.schema import ButtonName, Model, Prose
from registry_data.yaml_file import read_yaml


class KindWords(Model):
    """`label` stands before the place on a button; without one, the body's own name does."""

    label: ButtonName | None = None
    called: tuple[Prose, ...] = ()


class OrganisationWords(Model):
    kinds: dict[OrganisationKind, KindWords]
    bodies: dict[str, tuple[Prose, ...]]
    shorter: dict[Language, tuple[tuple[str, str], ...]]

    def label(self, kind: OrganisationKind) -> ButtonName | None:
        words = self.kinds.get(kind)
        return words.label if words is not None else None

    def shortened(self, name: str, language: Language) -> str:
        """A name as it stands on a button."""
        for pattern, put in self.shorter[language]:
            name = re.sub(pattern, put, name)
        return name

    def called(self, organisation: Organisation) -> tuple[str, ...]:
        """Abbreviations and everyday names of the body."""
        of_kind = self.kinds.get(organisation.kind, KindWords()).called
        return (*of_kind, *self.bodies.get(organisation.code, ()))


@cache
def load_organisation_words() -> OrganisationWords:
    return OrganisationWords.model_validate(read_yaml(DATA / "organisation_words.yaml"))
