"""`qyzmet registry check`: the files alone, so that it starts without a database."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.options import AsJson
from kernel.clock import SystemClock, almaty_date
from registry_data.check import CheckReport, check
from registry_data.contents import load_registry
from registry_data.deadline_files import check_deadline_files
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.load import DATA
from registry_data.report_forms import check_form_files
from registry_data.synonyms import load_synonyms


def check_files(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="The registry's files.", show_default=False)
    ] = DATA,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Check the registry's files; exit with 1 where they hold a fault."""
    report = checked(folder, almaty_date(SystemClock().now()))
    if as_json:
        print_json({"faults": documents(report.faults), "warnings": documents(report.warnings)})
    else:
        for warning in report.warnings:
            typer.echo(f"warning: {warning}")
        for fault in report.faults:
            typer.echo(f"fault: {fault}")
        typer.echo(f"{len(report.faults)} faults, {len(report.warnings)} warnings")
    if report.faults:
        raise typer.Exit(1)


def checked(folder: Path, today: date) -> CheckReport:
    """Errors and warnings in the registry's files as of `today`."""
    synonyms = folder / "synonyms.yaml"
    warnings: tuple[Fault, ...] = ()
    try:
        with FaultCollector() as faults:
            with faults.part():
                warnings = check_deadline_files(folder, today)
            if synonyms.exists():
                with faults.part():
                    load_synonyms(synonyms)
            with faults.part():
                check_form_files(folder)
            registry = load_registry(folder)
    except FaultsError as error:
        return CheckReport(faults=error.faults, warnings=())
    report = check(registry, today)
    return replace(report, warnings=(*report.warnings, *warnings))


def documents(faults: tuple[Fault, ...]) -> list[dict[str, str]]:
    return [asdict(fault) for fault in faults]


def print_json(document: object) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
