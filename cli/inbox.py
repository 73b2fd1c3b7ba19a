"""`qyzmet inbox`: updates that could not be handled, and handling them again after an upgrade."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from accounts.cipher import WrongKeyError
from cli.keys import cipher_within
from cli.options import AsJson, DatabaseUrl
from cli.say import say
from cli.settings import Settings
from cli.transaction import run_in_transaction
from database.engine import UnitOfWork
from kernel.clock import ALMATY, SystemClock
from messaging.inbox.failed import failed_updates, retry
from messaging.inbox.tables import FailedUpdate

app = typer.Typer(no_args_is_help=True)


@app.command()
def failed(database: DatabaseUrl = None, as_json: AsJson = False) -> None:  # noqa: FBT002  an option of the command line
    """List the updates that were given up in the last 90 days; never what is in them."""
    rows: Sequence[FailedUpdate] = run_in_transaction(database, lambda unit: failed_updates(unit.session))
    if as_json:
        typer.echo(json.dumps([_document(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo(
            f"{row.update_id} {row.kind} of {_moment(row)}: {row.why} (incident {row.incident or '–'})"
        )
    if not rows:
        typer.echo("No update was given up.")


@app.command(name="retry")
def retry_(
    updates: Annotated[
        list[int] | None, typer.Argument(help="Their ids; all of them if none is given.")
    ] = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Put failed updates back into the inbox, for a running bot to handle and answer."""

    async def work(unit: UnitOfWork) -> list[int]:
        cipher = await cipher_within(unit, database or Settings().database_url, SystemClock())
        rows = [row for row in await failed_updates(unit.session) if not updates or row.update_id in updates]
        found = [row.update_id for row in rows]
        await retry(unit.session, rows, cipher.open)
        await unit.commit()
        return found

    try:
        found = run_in_transaction(database, work)
    except WrongKeyError as error:
        say("No key decrypts one of the updates: put back the key it was encrypted with. Nothing changed.")
        raise typer.Exit(1) from error
    unknown = sorted(set(updates or ()) - set(found))
    typer.echo(json.dumps({"retried": found, "unknown": unknown}) if as_json else f"Retried: {len(found)}.")
    if unknown:
        say(f"Not among the failed ones: {', '.join(map(str, unknown))}.")
        raise typer.Exit(1)


def _moment(row: FailedUpdate) -> str:
    return row.received_at.astimezone(ALMATY).isoformat(timespec="seconds")


def _document(row: FailedUpdate) -> dict[str, object]:
    return {
        "update_id": row.update_id,
        "kind": row.kind,
        "chat_id": row.chat_id,
        "received_at": _moment(row),
        "failed_at": row.failed_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "why": row.why,
        "incident": row.incident or None,
    }
