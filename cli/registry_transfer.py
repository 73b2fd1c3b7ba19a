"""`qyzmet registry import` and `export`."""

import asyncio
import getpass
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.registry_check import documents, print_json
from cli.say import say
from cli.settings import Settings
from kernel.clock import SystemClock, almaty_date
from registry_data.actions import ImportRegistry, ImportReport, SweepingImportError
from registry_data.check import disagreements
from registry_data.contents import Changes, Registry
from registry_data.faults import FaultsError
from registry_data.load import DATA
from registry_data.queries import read_registry
from registry_data.shipped import UpdateShippedRegistry, fingerprint_of
from registry_data.sources import WRITERS, read_source, write_cards

LONGEST_NAME = 128
MOST_FAULTS = 40
SURE = "If it is what you want, after a dry run: --yes-all."


def import_file(  # noqa: PLR0913, PLR0917  options of the command line
    file: Annotated[Path, typer.Argument(exists=True, help="A folder of YAML files, a CSV or an XLSX file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,  # noqa: FBT002
    yes_all: Annotated[  # noqa: FBT002
        bool, typer.Option("--yes-all", help="Change more than a tenth of the cards, as a dry run told.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who imports, for the history.")] = "",
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Make the registry in the database hold the services of FILE: all of it, or nothing on any fault."""
    if len(by) > LONGEST_NAME:
        raise typer.BadParameter(f"the name is longer than {LONGEST_NAME} characters")
    job = Import(file=file, by=by or user_name(), at=SystemClock().now(), dry_run=dry_run, may_sweep=yes_all)
    try:
        report = asyncio.run(_import(job, database or Settings().database_url))
    except FaultsError as error:
        if as_json:
            print_json({"faults": documents(error.faults)})
        say(f"{_first_faults(error)}\nNothing was imported.")
        raise typer.Exit(1) from error
    except SweepingImportError as error:
        say(f"{_listing(error.report)}\nThat is much: {error}. {SURE}\nNothing was imported.")
        raise typer.Exit(1) from error
    if as_json:
        changes = {kind: asdict(change) for kind, change in report.changes.items()}
        print_json({"dry_run": report.dry_run, **changes})
    else:
        typer.echo(_listing(report))


def export_file(
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx file to write.", dir_okay=False)],
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Write the services in the database to FILE."""
    if file.suffix.lower() not in WRITERS:
        raise typer.BadParameter("the name of the file ends neither in .csv nor in .xlsx")
    registry = asyncio.run(_read(database or Settings().database_url))
    try:
        write_cards(file, registry)
    except (FaultsError, OSError) as error:
        say(f"{error}\nNothing was exported.")
        raise typer.Exit(1) from error
    if as_json:
        print_json({"file": str(file), "cards": len(registry.cards)})
    else:
        typer.echo(f"Wrote {len(registry.cards)} services to {file}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import: `at` is the aware instant of the change, `by` its author."""

    file: Path
    by: str
    at: datetime
    dry_run: bool
    may_sweep: bool


async def _import(job: Import, url: str) -> ImportReport:
    async with ready_database(url) as database:
        async with database.session() as session:
            present = await read_registry(session)
        registry = read_source(job.file, present)
        if faults := disagreements(registry, almaty_date(job.at)):
            raise FaultsError(faults)
        importing = ImportRegistry(unit_of_work=database.unit_of_work, may_sweep=job.may_sweep)
        report = await importing(registry, by=job.by, at=job.at, dry_run=job.dry_run)
        if job.file.resolve() == DATA and not job.dry_run:
            await UpdateShippedRegistry(unit_of_work=database.unit_of_work).adopt(fingerprint_of())
        return report


async def _read(url: str) -> Registry:
    async with ready_database(url) as database, database.session() as session:
        return await read_registry(session)


def user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return "qyzmet"


def _listing(report: ImportReport) -> str:
    lines = [line for kind, changes in report.changes.items() for line in _changes(kind, changes)]
    if not lines:
        return "Nothing would change." if report.dry_run else "Nothing has changed."
    if report.dry_run and report.is_sweeping:
        lines.append(f"That changes or removes {report.replaced} of {report.present} cards. {SURE}")
    return "\n".join([*lines, "Nothing was written: this was a dry run."] if report.dry_run else lines)


def _first_faults(error: FaultsError) -> str:
    """A damaged sheet has thousands of them."""
    shown, others = error.faults[:MOST_FAULTS], error.faults[MOST_FAULTS:]
    return "\n".join([*map(str, shown), *([f"… and {len(others)} more"] if others else [])])


def _changes(kind: str, changes: Changes) -> list[str]:
    return [
        f"{kind} {what}: {len(keys)} ({', '.join(keys)})" for what, keys in asdict(changes).items() if keys
    ]
