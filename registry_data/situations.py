"""What happens to people, and the services each event brings with it, in their order."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from registry_data.schema import ButtonName, Model, Slug
from registry_data.yaml_file import read_yaml

SITUATIONS = Path(__file__).parent / "situations.yaml"


class Situation(Model):
    """`services` are slugs of cards and guides, in the order in which a person needs them."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,23}$")]
    label: ButtonName
    services: Annotated[tuple[Slug, ...], Field(min_length=2, max_length=10)]


@cache
def load_situations() -> tuple[Situation, ...]:
    """Every event, in the order of the list. Raises ValidationError for a bad file."""
    return TypeAdapter(tuple[Situation, ...]).validate_python(read_yaml(SITUATIONS))
