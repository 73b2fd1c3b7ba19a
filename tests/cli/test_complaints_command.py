"""`qyzmet complaints redate`: a dry run, then the change."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from cli.local_database import ready_database
from cli.main import app
from complaints.tables import ComplaintRow, ExtensionRow
from tests.complaints.factories import made, noon


def run(*arguments: str, url: str) -> str:
    done = CliRunner().invoke(app, ["complaints", "redate", *arguments, "--database", url])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.slow
def test_redate_of_an_empty_database_changes_nothing(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'qyzmet.sqlite'}"
    assert json.loads(run("--dry-run", "--json", url=url)) == {"dry_run": True, "changes": [], "tellings": []}
    assert run("--dry-run", url=url) == "Due dates that would change: 0.\n"
    assert json.loads(run("--json", url=url)) == {"dry_run": False, "complaints": 0, "kept": 0, "tellings": 0}
    assert run(url=url) == "New due dates: 0 of complaints, 0 tracked by citizens.\n"


@pytest.mark.slow
def test_complaint_and_its_extension_notice_are_redated(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'qyzmet.sqlite'}"
    asyncio.run(begin(url))
    moved = json.loads(run("--dry-run", "--json", url=url))
    assert [(one["due_before"], one["due_on"]) for one in moved["changes"]] == [("2026-03-26", "2026-03-31")]
    assert [(one["tell_before"], one["tell_by"]) for one in moved["tellings"]] == [
        ("2026-03-20", "2026-03-27")
    ]
    printed = run("--dry-run", url=url).splitlines()
    assert printed[1] == "Due dates that would change: 1."
    assert printed[2].split() == [
        moved["tellings"][0]["number"],
        "police-abai",
        "2026-03-20",
        "->",
        "2026-03-27",
    ]
    assert printed[3] == "Last days of notices, returns and materials that would change: 1."
    assert run(url=url).splitlines() == [
        "New due dates: 1 of complaints, 0 tracked by citizens.",
        "New last days of notices, returns and materials: 1.",
    ]
    assert json.loads(run("--json", url=url))["tellings"] == 0


async def begin(url: str) -> None:
    """Pretend the calendar lacked Nauryz: dates around 19 March ignore it."""
    day = date(2026, 3, 19)
    granted = {"asked_at": noon(day), "decided_at": noon(day), "approved": True, "tell_by": date(2026, 3, 20)}
    async with ready_database(url) as database, database.unit_of_work() as unit:
        await unit.session.execute(insert(ComplaintRow), [made(1, day)])
        extension = {"complaint": 1, "days": 3, "reason": "study", "asked_by": 1, **granted}
        await unit.session.execute(insert(ExtensionRow), [extension])
        await unit.commit()
