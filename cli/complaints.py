"""`qyzmet complaints`: what an operator does with complaints."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from cli.local import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.settings import Settings
from complaints.redating import FindRedatings, Redate, Redated, Redating
from complaints.redating_extensions import TellingRedated
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
    url = database or Settings().database_url
    if dry_run:
        _say_what_would_change(*asyncio.run(_find(url)), as_json=as_json)
        return
    done = asyncio.run(_redate(url))
    if as_json:
        typer.echo(json.dumps({"dry_run": False, **asdict(done)}))
    else:
        typer.echo(f"New due dates: {done.complaints} of complaints, {done.kept} kept by citizens.")
        if done.tellings:
            typer.echo(f"New last days to tell a citizen of an extension: {done.tellings}.")


async def _find(url: str) -> tuple[Sequence[Redating], Sequence[TellingRedated]]:
    async with ready_database(url) as database, database.session() as session:
        find = FindRedatings(session=session)
        return await find(), await find.tellings()


async def _redate(url: str) -> Redated:
    async with ready_database(url) as database:
        return await Redate(unit_of_work=database.unit_of_work, clock=SystemClock())()


def _say_what_would_change(
    found: Sequence[Redating], tellings: Sequence[TellingRedated], *, as_json: bool
) -> None:
    if as_json:
        document = {
            "dry_run": True,
            "changes": [_document(one) for one in found],
            "tellings": [_telling_document(one) for one in tellings],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(_line(one))
    typer.echo(f"Due dates that would change: {len(found)}.")
    for telling in tellings:
        typer.echo(_telling_line(telling))
    if tellings:
        typer.echo(f"Last days to tell a citizen of an extension that would change: {len(tellings)}.")


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
    return _row(name, one.organisation, one.before.due_on, one.after.due_on)


def _telling_document(one: TellingRedated) -> dict[str, object]:
    return {
        "number": str(one.number),
        "organisation": one.organisation,
        "tell_before": one.before.isoformat(),
        "tell_by": one.after.isoformat(),
    }


def _telling_line(one: TellingRedated) -> str:
    return _row(str(one.number), one.organisation, one.before, one.after)


def _row(name: str, organisation: str | None, before: date, after: date) -> str:
    return f"{name:17} {organisation or '–':36} {before} -> {after}"
