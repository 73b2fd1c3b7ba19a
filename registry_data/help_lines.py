"""Numbers to call in an emergency, and to reach a person; models of `help_lines.yaml`."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from registry_data.faults import FaultsError
from registry_data.guide import TrilingualText, WebSource
from registry_data.schema import Model
from registry_data.yaml_file import read_yaml

HELP_LINES = Path(__file__).parent / "help_lines.yaml"


class HelpLine(Model):
    """A short number, what it is for, and the page that says so."""

    number: Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
    does: TrilingualText
    source: WebSource


class HelpLines(Model):
    emergency: Annotated[tuple[HelpLine, ...], Field(min_length=1)]
    person: HelpLine


@cache
def load_help_lines(path: Path = HELP_LINES) -> HelpLines:
    """Raises FaultsError if the file is invalid."""
    try:
        return HelpLines.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
