"""`qyzmet registry draft`: an act's tables of the main requirements, read into draft cards."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import AsJson
from cli.registry_check import documents, print_json
from cli.say import say
from registry_data.faults import FaultsError
from registry_data.reading.in_child import read_documents


def draft_cards(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, help="The act: .md, .html or .docx; its parts in order."),
    ],
    kk: Annotated[
        list[Path] | None,
        typer.Option(
            "--kk", exists=True, dir_okay=False, help="The same act in Kazakh; once for each of its parts."
        ),
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Read an act's tables of the main requirements into draft cards; say what could not be read."""
    try:
        drafts = read_documents([*files, *(kk or ())])
    except FaultsError as error:
        if as_json:
            print_json({"faults": documents(error.faults)})
        say(str(error))
        raise typer.Exit(1) from error
    if as_json:
        print_json({"services": drafts})
    else:
        typer.echo("\n\n".join(map(_told, drafts)) or "No table of the main requirements was found.")
    if not drafts:
        raise typer.Exit(1)


def _told(document: dict[str, Any]) -> str:
    unread = document.pop("unread")
    lines = [line for name, value in document.items() for line in _lines(name, value)]
    lines += [f"unread: {_one(row)}" for row in unread]
    return "\n".join(lines)


def _lines(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [f"{name}: {_one(one)}" for one in value] or [f"{name}: none"]
    return [f"{name}: {_one(value)}"]


def _one(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_one(one)}" for name, one in value.items() if one not in ("", None))
    return str(value)
