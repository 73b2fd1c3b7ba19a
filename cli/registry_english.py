"""`qyzmet registry english`: what the cards say without English, and the acceptance of its renderings."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.options import AsJson
from cli.registry_check import print_json
from cli.registry_completeness import registry_of_files
from cli.say import say
from registry_data.contents import Registry
from registry_data.english import (
    ENGLISH,
    RENDERED,
    Unrendered,
    file_of,
    mistakes,
    phrases,
    texts_of,
    unrendered,
)
from registry_data.faults import Fault, FaultsError
from registry_data.load import DATA, as_mapping
from registry_data.yaml_file import read_yaml


def english(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="The registry's files.")
    ] = DATA,
    accept: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The list below with its English written or mended."),
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """List what the cards say without English, with drafts; --accept takes what an editor made of it."""
    registry = registry_of_files(folder)
    if accept is not None:
        _accept(accept, registry)
        return
    found = unrendered(registry.cards, phrases())
    if as_json:
        print_json({"unrendered": [asdict(one) for one in found]})
    else:
        typer.echo("\n".join([*map(_entry, found), f"# {len(found)} texts without English"]))


def _entry(one: Unrendered) -> str:
    near = f"\n# near: {one.near}" if one.near else ""
    return f"# {', '.join(one.slugs[:3])}{near}\n" + file_of({one.russian: one.draft}).splitlines()[-1]


def _accept(path: Path, registry: Registry) -> None:
    """Take the renderings of `path` into the program's own file; those that no card needs any more go."""
    try:
        given = _given(path)
    except FaultsError as error:
        say(f"{error}\nNothing was accepted.")
        raise typer.Exit(1) from error
    said = {
        russian
        for card in registry.cards
        for russian, _ in texts_of(card.model_dump(include=set(RENDERED), exclude_none=True))
    }
    kept = {russian: one for russian, one in {**phrases(), **given}.items() if russian in said}
    ENGLISH.write_text(file_of(kept), encoding="utf-8")
    typer.echo(f"{len(kept)} renderings, {len(said)} texts.")


def _given(path: Path) -> dict[str, str]:
    """The renderings that the editor wrote. Raises FaultsError."""
    raw = as_mapping(path.name, "", read_yaml(path))
    given = {russian: str(one) for russian, one in raw.items() if one}
    if faults := tuple(_faults(path.name, given)):
        raise FaultsError(faults)
    return given


def _faults(place: str, given: Mapping[str, str]) -> Iterator[Fault]:
    for russian, one in given.items():
        for reason in mistakes(russian, one):
            yield Fault(file=place, key=russian, reason=reason)
