"""`qyzmet jobs`: the operator's switches for the bot's three jobs."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from accounts.officials.guard import Guard
from accounts.officials.store import MembershipStore
from accounts.switches.actions import TurnSwitch
from accounts.switches.store import SwitchStore
from accounts.switches.switch import JobSwitch, SwitchedJob
from cli.options import AsJson, DatabaseUrl
from cli.say import say
from cli.transaction import run_in_transaction
from database.engine import UnitOfWork
from kernel.clock import ALMATY, SystemClock
from registry_data.store import OrganisationRepository
from reminders.job_switches import followed

Job = Annotated[SwitchedJob, typer.Argument(help="Which of the three.")]
Reason = Annotated[str, typer.Option(help="Why; stored permanently, so no personal data.")]

app = typer.Typer(no_args_is_help=True)


@app.command(name="list")
def list_(database: DatabaseUrl = None, as_json: AsJson = False) -> None:  # noqa: FBT002  an option of the command line
    """Say which jobs are on and which are off, since when, by whom and why."""
    latest = run_in_transaction(database, lambda unit: SwitchStore(unit.session).latest())
    if as_json:
        typer.echo(_json([_document(job, latest.get(job)) for job in SwitchedJob]))
        return
    for job in SwitchedJob:
        switch = latest.get(job)
        typer.echo(f"{job.value:10} on" if switch is None else _line(switch))


@app.command()
def off(job: Job, reason: Reason, database: DatabaseUrl = None, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Turn JOB off for everybody; people are told politely."""
    _turn(job, reason, database, off=True, as_json=as_json)


@app.command()
def on(job: Job, reason: Reason, database: DatabaseUrl = None, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Turn JOB on again."""
    _turn(job, reason, database, off=False, as_json=as_json)


@app.command()
def trail(database: DatabaseUrl = None, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Print every turn of every switch, newest first."""
    turns: Sequence[JobSwitch] = run_in_transaction(
        database, lambda unit: SwitchStore(unit.session).history()
    )
    if as_json:
        typer.echo(_json([_document(switch.job, switch) for switch in turns]))
        return
    for switch in turns:
        typer.echo(_line(switch))


def _turn(job: SwitchedJob, reason: str, url: str | None, *, off: bool, as_json: bool) -> None:
    turned = run_in_transaction(url, lambda unit: _turning(unit)(None, job, reason, off=off))
    typer.echo(_json(_document(job, turned)) if as_json else _line(turned))
    say("Every process sees it within a minute.")


def _turning(unit: UnitOfWork) -> TurnSwitch:
    guard = Guard(MembershipStore(unit.session), OrganisationRepository(unit.session))
    return TurnSwitch(unit, guard, SwitchStore(unit.session), SystemClock(), followed)


def _line(switch: JobSwitch) -> str:
    state = "off" if switch.is_off else "on"
    who = "the operator" if switch.by is None else f"administrator {switch.by}"
    at = switch.at.astimezone(ALMATY).isoformat(timespec="minutes")
    return f"{switch.job.value:10} {state:3} since {at} by {who}: {switch.reason}"


def _document(job: SwitchedJob, switch: JobSwitch | None) -> dict[str, object]:
    """`by` is a Telegram id, null for the operator and for a job never switched."""
    if switch is None:
        return {"job": job.value, "off": False, "since": None, "by": None, "reason": None}
    since = switch.at.astimezone(ALMATY).isoformat(timespec="seconds")
    return {"job": job.value, "off": switch.is_off, "since": since, "by": switch.by, "reason": switch.reason}


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)
