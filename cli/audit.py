"""`qyzmet audit`: seal the logs, print the seals, and tell whether a log was broken."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.tables import LogSealRow
from cli.local_database import existing_database
from cli.options import AsJson
from cli.say import say
from cli.settings import Settings
from complaints.audit_seals import LogSeal, SealLogs, read_line, seal_of
from complaints.audit_verification import FoundFault, Verification, VerifyLogs
from kernel.clock import SystemClock

T = TypeVar("T")
Url = Annotated[str | None, typer.Option("--database", help="The database; the settings' if not given.")]
KeptSeals = Annotated[
    Path | None,
    typer.Option("--seals", help="A file of lines that were kept elsewhere; - for standard input."),
]
app = typer.Typer(no_args_is_help=True)


@app.callback()
def audit() -> None:
    """The logs of what was done and looked at: seal, print the seals, verify."""


@app.command()
def seal(url: Url = None) -> None:
    """Seal the logs now, and print the line to keep elsewhere. The bot seals them once a day."""
    typer.echo(asyncio.run(_seal(url or Settings().database_url)).line())


@app.command()
def seals(url: Url = None) -> None:
    """Print the line of every seal."""
    for one in _read(url, _all_seals):
        typer.echo(one.line())


@app.command()
def verify(url: Url = None, kept: KeptSeals = None, as_json: AsJson = False) -> None:  # noqa: FBT002  an option of the command line
    """Tell whether a log was broken, and where; exits with 1 if one was."""
    lines = _lines(kept)
    found = _read(url, lambda session: VerifyLogs(session)(lines))
    if as_json:
        typer.echo(json.dumps(_document(found), indent=1))
    else:
        typer.echo(_summary(found))
        for fault in found.faults:
            typer.echo(_line(fault))
    if found.faults:
        raise typer.Exit(1)


def _lines(kept: Path | None) -> list[LogSeal]:
    """Exits with 1 where the file holds no seal: nothing would be compared."""
    if kept is None:
        return []
    text = typer.get_text_stream("stdin").read() if str(kept) == "-" else kept.read_text(encoding="utf-8")
    found = [one for line in text.splitlines() if (one := read_line(line)) is not None]
    if not found:
        say(f"{kept} holds no line of a seal.")
        raise typer.Exit(1)
    return found


def _read(url: str | None, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    async def read() -> T:
        async with (
            existing_database(url or Settings().database_url) as database,
            database.session() as session,
        ):
            return await work(session)

    return asyncio.run(read())


async def _seal(url: str) -> LogSeal:
    async with existing_database(url) as database, database.unit_of_work() as unit:
        made = await SealLogs(unit.session)(SystemClock().now())
        await unit.commit()
        return made


async def _all_seals(session: AsyncSession) -> list[LogSeal]:
    rows = await session.scalars(select(LogSealRow).order_by(LogSealRow.number))
    return [seal_of(row) for row in rows]


def _summary(found: Verification) -> str:
    counted = (
        f"{found.steps} steps of {found.complaints} complaints, {found.looks} looks, {found.seals} seals"
    )
    last = f"\nLast {found.last.line()}" if found.last is not None else ""
    return f"{counted}: {'BROKEN' if found.faults else 'unbroken'}.{last}"


def _line(fault: FoundFault) -> str:
    number = f" (complaint {fault.number})" if fault.number else ""
    place = f"place {fault.place}" if fault.until is None else f"places {fault.place} to {fault.until}"
    return f"{fault.log}{number}, {place}: {fault.fault}"


def _document(found: Verification) -> dict[str, object]:
    counts = {name: getattr(found, name) for name in ("steps", "complaints", "looks", "seals")}
    last = found.last.line() if found.last is not None else None
    return {
        **counts,
        "unbroken": not found.faults,
        "last": last,
        "faults": [asdict(one) for one in found.faults],
    }
