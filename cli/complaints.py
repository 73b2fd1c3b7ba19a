"""`qyzmet complaints`: what an operator does with complaints."""

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.settings import Settings
from cli.local import ready_database
from cli.registry import AsJson, DatabaseUrl
from complaints.redating import FindRedatings, Redate, Redating
from deadlines.clock import SystemClock

app = typer.Typer(no_args_is_help=True)


@app.callback()
def complaints() -> None:
    """The one command below needs its name."""


@app.command()
def redate(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; change nothing.")
    ] = False,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Give open complaints the due dates of the present calendar: after days off were edited."""
    found = asyncio.run(_redate(database or Settings().database_url, dry_run=dry_run))
    if as_json:
        document = {"dry_run": dry_run, "changed": [_document(one) for one in found]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(_line(one))
    typer.echo(f"{len(found)} due dates {'would change' if dry_run else 'changed'}.")


async def _redate(url: str, *, dry_run: bool) -> Sequence[Redating]:
    async with ready_database(url) as database:
        if not dry_run:
            return await Redate(unit_of_work=database.unit_of_work, clock=SystemClock())()
        async with database.session() as session:
            return await FindRedatings(session=session)()


def _document(one: Redating) -> dict[str, object]:
    return {
        "number": None if one.number is None else str(one.number),
        "organisation": one.organisation,
        "due_before": one.before.due_on.isoformat(),
        "due_on": one.after.due_on.isoformat(),
        "certainty": one.after.certainty,
    }


def _line(one: Redating) -> str:
    name = "kept by a citizen" if one.number is None else str(one.number)
    dates = f"{one.before.due_on} -> {one.after.due_on}"
    return f"{name:17} {one.organisation or '–':36} {dates}"
