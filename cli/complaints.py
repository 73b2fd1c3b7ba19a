"""`qyzmet complaints`: complaint maintenance for operators."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from cli.complaints_find import find
from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.settings import Settings
from complaints.redating import FindRedatings, Redate, Redating, RedatingCounts
from complaints.redating_extensions import NoticeRedating
from kernel.clock import SystemClock

app = typer.Typer(no_args_is_help=True)


app.command()(find)


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
        document = {
            "dry_run": False,
            "complaints": done.complaints,
            "kept": done.self_filed,
            "tellings": done.notices,
        }
        typer.echo(json.dumps(document))
    else:
        typer.echo(f"New due dates: {done.complaints} of complaints, {done.self_filed} tracked by citizens.")
        if done.notices:
            typer.echo(f"New last days of notices, returns and materials: {done.notices}.")


async def _find(url: str) -> tuple[Sequence[Redating], Sequence[NoticeRedating]]:
    async with ready_database(url) as database, database.session() as session:
        find = FindRedatings(session=session)
        return await find(), await find.notices()


async def _redate(url: str) -> RedatingCounts:
    async with ready_database(url) as database:
        return await Redate(unit_of_work=database.unit_of_work, clock=SystemClock())()


def _say_what_would_change(
    found: Sequence[Redating], notices: Sequence[NoticeRedating], *, as_json: bool
) -> None:
    if as_json:
        document = {
            "dry_run": True,
            "changes": [_document(change) for change in found],
            "tellings": [_notice_document(change) for change in notices],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for change in found:
        typer.echo(_line(change))
    typer.echo(f"Due dates that would change: {len(found)}.")
    for notice in notices:
        typer.echo(_notice_line(notice))
    if notices:
        typer.echo(f"Last days of notices, returns and materials that would change: {len(notices)}.")


def _document(change: Redating) -> dict[str, object]:
    return {
        "number": None if change.number is None else str(change.number),
        "organisation": change.organisation,
        "due_before": change.before.due_on.isoformat(),
        "due_on": change.after.due_on.isoformat(),
        "certainty": change.after.certainty,
    }


def _line(change: Redating) -> str:
    name = "tracked by a citizen" if change.number is None else str(change.number)
    return _row(name, change.organisation, change.before.due_on, change.after.due_on)


def _notice_document(change: NoticeRedating) -> dict[str, object]:
    return {
        "number": str(change.number),
        "owed": change.owed.value,
        "organisation": change.organisation,
        "tell_before": change.before.isoformat(),
        "tell_by": change.after.isoformat(),
    }


def _notice_line(change: NoticeRedating) -> str:
    return _row(str(change.number), change.organisation, change.before, change.after)


def _row(name: str, organisation: str | None, before: date, after: date) -> str:
    return f"{name:17} {organisation or '–':36} {before} -> {after}"
