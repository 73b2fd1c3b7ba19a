"""Warnings an editor has looked at, each with the reason and the day on which to look at it again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from registry_data.check import CheckReport
from registry_data.faults import Fault, FaultsError
from registry_data.schema import Model, Prose
from registry_data.yaml_file import read_yaml


class AcceptedGroup(Model):
    """`warnings` are lines of `qyzmet registry check`, word for word: one that changes is shown again."""

    reason: Prose
    until: date
    warnings: Annotated[tuple[Prose, ...], Field(min_length=1)]


class AcceptedWarnings(Model):
    accepted: tuple[AcceptedGroup, ...] = ()


def load_acceptances(path: Path) -> tuple[AcceptedGroup, ...]:
    """Raises FaultsError. A folder without the file accepts nothing."""
    if not path.exists():
        return ()
    try:
        return AcceptedWarnings.model_validate(read_yaml(path)).accepted
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error


def accept(
    report: CheckReport, acceptances: tuple[AcceptedGroup, ...], *, today: date, file: str
) -> CheckReport:
    """The report with the accepted warnings set apart. An acceptance that meets none is a warning itself."""
    standing = {text for one in acceptances if today < one.until for text in one.warnings}
    shown = tuple(fault for fault in report.warnings if str(fault) not in standing)
    idle = tuple(_idle(report.warnings, acceptances, file))
    accepted = tuple(fault for fault in report.warnings if str(fault) in standing)
    return replace(report, warnings=(*shown, *idle), accepted=accepted)


def _idle(warnings: tuple[Fault, ...], acceptances: tuple[AcceptedGroup, ...], file: str) -> Iterator[Fault]:
    met = {str(fault) for fault in warnings}
    for number, one in enumerate(acceptances):
        for text in one.warnings:
            if text not in met:
                yield Fault(file=file, key=f"accepted.{number}", reason=f"nothing warns so any more: {text}")
