"""`qyzmet registry check`: the files alone, so that it starts without a database."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.options import AsJson
from kernel.clock import SystemClock, almaty_date
from registry_data.accepted import AcceptedGroup, accept, load_acceptances
from registry_data.check import CheckReport, check
from registry_data.contents import load_registry
from registry_data.deadline_files import check_deadline_files
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.load import DATA
from registry_data.report_forms import check_form_files
from registry_data.synonyms import load_synonyms

ACCEPTED = "accepted.yaml"


def check_files(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="The registry's files.", show_default=False)
    ] = DATA,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
    show_accepted: Annotated[  # noqa: FBT002  an option of the command line
        bool, typer.Option("--accepted", help="Show the accepted warnings too.")
    ] = False,
) -> None:
    """Check the registry's files; exit with 1 where they hold a fault."""
    report = checked(folder, almaty_date(SystemClock().now()))
    if as_json:
        parts = {"faults": report.faults, "warnings": report.warnings, "accepted": report.accepted}
        print_json({name: documents(found) for name, found in parts.items()})
    else:
        for warning in report.warnings:
            typer.echo(f"warning: {warning}")
        for warning in report.accepted if show_accepted else ():
            typer.echo(f"accepted: {warning}")
        for fault in report.faults:
            typer.echo(f"fault: {fault}")
        accepted = f" ({len(report.accepted)} more accepted)" if report.accepted else ""
        typer.echo(f"{len(report.faults)} faults, {len(report.warnings)} warnings{accepted}")
    if report.faults:
        raise typer.Exit(1)


def checked(folder: Path, today: date) -> CheckReport:
    """Errors and warnings in the registry's files as of `today`."""
    synonyms = folder / "synonyms.yaml"
    warnings: tuple[Fault, ...] = ()
    acceptances: tuple[AcceptedGroup, ...] = ()
    try:
        with FaultCollector() as faults:
            with faults.part():
                warnings = check_deadline_files(folder, today)
            if synonyms.exists():
                with faults.part():
                    load_synonyms(synonyms)
            with faults.part():
                check_form_files(folder)
            with faults.part():
                acceptances = load_acceptances(folder / ACCEPTED)
            registry = load_registry(folder)
    except FaultsError as error:
        return CheckReport(faults=error.faults, warnings=())
    report = check(registry, today)
    report = replace(report, warnings=(*report.warnings, *warnings))
    return accept(report, acceptances, today=today, file=ACCEPTED)


def documents(faults: tuple[Fault, ...]) -> list[dict[str, str]]:
    return [asdict(fault) for fault in faults]


def print_json(document: object) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
