"""Warnings an editor accepted are set apart until a day, and only word for word."""

from datetime import date
from pathlib import Path

import pytest

from cli.registry_check import checked
from registry_data.accepted import AcceptedGroup, accept, load_acceptances
from registry_data.check import CheckReport
from registry_data.faults import Fault, FaultsError
from registry_data.load import DATA
from tests.registry.factories import write

TODAY = date(2026, 12, 1)
OLD = Fault(file="id-card.yaml", key="version", reason="the wording of 2020-01-01 is over 18 months old")
SHARED = Fault(file="id-card.yaml", key="aliases.en", reason="'passport' is also of passport-abroad")


def accepted(*warnings: str, until: date = date(2027, 6, 1)) -> CheckReport:
    acceptance = AcceptedGroup(reason="the newest one stored", until=until, warnings=warnings)
    report = CheckReport(faults=(), warnings=(OLD, SHARED))
    return accept(report, (acceptance,), today=TODAY, file="accepted.yaml")


def test_accepted_warning_is_set_apart() -> None:
    report = accepted(str(OLD))
    assert (report.warnings, report.accepted) == ((SHARED,), (OLD,))


def test_acceptance_ends_on_its_day() -> None:
    assert accepted(str(OLD), until=TODAY).warnings == (OLD, SHARED)


def test_acceptance_of_what_no_longer_warns_is_a_warning() -> None:
    report = accepted(str(OLD).replace("2020", "2019"))
    assert report.warnings[:2] == (OLD, SHARED)
    assert (report.warnings[2].file, report.warnings[2].key) == ("accepted.yaml", "accepted.0")


def test_acceptance_needs_a_reason(tmp_path: Path) -> None:
    write(tmp_path, "accepted.yaml", "accepted: [{until: 2027-06-01, warnings: [x]}]")
    with pytest.raises(FaultsError, match=r"accepted\.0\.reason"):
        load_acceptances(tmp_path / "accepted.yaml")


def test_own_data_shows_no_warning_nobody_has_looked_at() -> None:
    assert checked(DATA, TODAY).warnings == ()
