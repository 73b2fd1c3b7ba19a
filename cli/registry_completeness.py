"""`qyzmet registry completeness`: how much the cards hold, from the files alone."""

from pathlib import Path
from typing import Annotated

import typer

from cli.options import AsJson
from cli.registry_check import print_json
from cli.say import say
from kernel.clock import SystemClock, almaty_date
from registry_data.completeness import Completeness, completeness
from registry_data.contents import load_registry
from registry_data.faults import FaultsError
from registry_data.load import DATA


def measure_files(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="The registry's files.", show_default=False)
    ] = DATA,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Count what the cards hold of the ten items of Law 88-V Art. 14, and what is wrong with them."""
    try:
        registry = load_registry(folder)
    except FaultsError as error:
        say(str(error))
        raise typer.Exit(1) from error
    measured = completeness(registry, almaty_date(SystemClock().now()))
    if as_json:
        print_json(measured.document())
    else:
        typer.echo("\n".join(_lines(measured)))


def _lines(measured: Completeness) -> list[str]:
    place = "/".join(measured.least_place)
    others = measured.cards - measured.under_5
    items = [f"  {item}: {count}" for item, count in measured.items.items()]
    return [
        f"cards: {measured.cards}, holding",
        *items,
        f"nine items or all ten: {measured.at_least_9}",
        f"under five items: {measured.under_5}, of these complete signposts: {measured.signposts}",
        f"with a source that is no act and no official page: {measured.unofficial_sources}",
        f"of a lapsed act, without a mark: {measured.lapsed}",
        f"routed in {place}, where the fewest are: {measured.routed_least} of {others}",
    ]
