"""Check the files behind deadlines: terms, obligations, days off."""

from datetime import date
from pathlib import Path

from registry_data.days_off import calendar_is_missing, load_days_off
from registry_data.faults import Fault, FaultCollector
from registry_data.load import load_acts, load_organisations
from registry_data.obligations import KnownKeys, load_obligations
from registry_data.terms import load_terms


def check_deadline_files(folder: Path, today: date) -> tuple[Fault, ...]:
    """Warnings for an editor on `today` (in Kazakhstan); files missing from `folder` are skipped.

    Raises FaultsError with the faults of all files.
    """
    terms, days_off, acts = (folder / name for name in ("terms.yaml", "days_off.yaml", "acts.yaml"))
    obligations = folder / "obligations.yaml"
    warnings: tuple[Fault, ...] = ()
    with FaultCollector() as faults:
        if terms.exists():
            with faults.part():
                load_terms(terms, {act.key for act in load_acts(acts)})
        if obligations.exists():
            with faults.part():
                load_obligations(obligations, _known(folder))
        if days_off.exists():
            with faults.part():
                warnings = calendar_warnings(load_days_off(days_off).published_until, today)
    return warnings


def _known(folder: Path) -> KnownKeys:
    return KnownKeys(
        acts={act.key for act in load_acts(folder / "acts.yaml")},
        organisations={one.code for one in load_organisations(folder / "organisations.yaml")},
    )


def calendar_warnings(published_until: date, today: date) -> tuple[Fault, ...]:
    """One warning if a production calendar is missing."""
    if not calendar_is_missing(published_until, today):
        return ()
    reason = (
        f"the production calendar is entered up to {published_until} only: later due dates are preliminary"
    )
    return (Fault(file="days_off.yaml", key="published_until", reason=reason),)
