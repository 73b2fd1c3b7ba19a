"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
DatabaseUrl = Annotated[
    str | None, typer.Option("--database", help="The database; the settings' if not given.")
]
