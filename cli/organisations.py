"""`qyzmet organisations`: import organisations from a file, and list them."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from accounts.officials.store import Connection, ConnectionStore
from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.registry_transfer import user_name
from cli.say import say
from cli.settings import Settings
from kernel.clock import SystemClock, almaty_date
from registry_data.actions import ImportRegistry
from registry_data.check import disagreements
from registry_data.contents import Changes
from registry_data.damage import faults_of_texts
from registry_data.faults import FaultsError
from registry_data.load import body_of, load_organisations
from registry_data.organisations import Organisation
from registry_data.queries import read_registry
from registry_data.sheets.limits import reject
from registry_data.sheets.organisations import read_organisations
from registry_data.sources import READERS

app = typer.Typer(no_args_is_help=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    organisation: Organisation
    connection: Connection | None


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A YAML, CSV or XLSX file.")],
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Add the organisations of FILE and change those that are there already; the others stay."""
    try:
        changes = asyncio.run(_import(file, database or Settings().database_url, SystemClock().now()))
    except FaultsError as error:
        say(f"{error}\nNothing was imported.")
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps({"added": changes.added, "changed": changes.changed}, ensure_ascii=False))
    else:
        typer.echo(f"{len(changes.added)} added, {len(changes.changed)} changed.")


@app.command(name="list")
def list_all(
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """List the organisations: which are connected, so that complaints reach them through the bot."""
    listed = asyncio.run(_list(database or Settings().database_url))
    if as_json:
        typer.echo(json.dumps([_document(one) for one in listed], ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(map(_line, listed)))


def read_file(file: Path, present: Iterable[Organisation] = ()) -> tuple[Organisation, ...]:
    """The organisations of a YAML, CSV or XLSX file, which replace those `present`. Raises FaultsError."""
    ending = file.suffix.lower()
    if ending in {".yaml", ".yml"}:
        read = load_organisations(file)
        old = {one.code: body_of(one) for one in present}
        texts = ((one, faults_of_texts(file.name, body_of(one) or {}, old.get(one.code))) for one in read)
        if damage := [
            replace(fault, key=f"{one.code}.{fault.key}") for one, found in texts for fault in found
        ]:
            raise FaultsError(tuple(damage))
        return read
    if ending not in READERS:
        raise reject(file.name, "neither a .yaml, nor a .csv or .xlsx file")
    return read_organisations(file.name, READERS[ending](file), present)


async def _import(file: Path, url: str, at: datetime) -> Changes:
    async with ready_database(url) as database:
        async with database.session() as session:
            present = await read_registry(session)
        read = read_file(file, present.organisations)
        registry = replace(present, organisations=_merged(present.organisations, read))
        if faults := disagreements(registry, almaty_date(at)):
            raise FaultsError(faults)
        importing = ImportRegistry(unit_of_work=database.unit_of_work)
        report = await importing(registry, by=user_name(), at=at)
        return report.changes["organisations"]


def _merged(present: Iterable[Organisation], read: Iterable[Organisation]) -> tuple[Organisation, ...]:
    return tuple(({one.code: one for one in present} | {one.code: one for one in read}).values())


async def _list(url: str) -> list[Listed]:
    async with ready_database(url) as database, database.session() as session:
        organisations = (await read_registry(session)).organisations
        connections = await ConnectionStore(session).all()
    return [Listed(organisation=one, connection=connections.get(one.code)) for one in organisations]


def _document(one: Listed) -> dict[str, object]:
    body = one.organisation.model_dump(mode="json", exclude_none=True)
    connected = one.connection.accepted_at.isoformat() if one.connection else None
    return {**body, "connected": one.connection is not None, "connected_at": connected}


def _line(one: Listed) -> str:
    connected = "connected" if one.connection else "–"
    body = one.organisation
    return f"{body.code:48} {body.kind.value:26} {connected:10} {body.names.ru}"
