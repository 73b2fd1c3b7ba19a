"""`qyzmet calendar` as text, JSON and a calendar file; wrong usage exits with status 2."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from cli.main import app
from database.engine import Database
from reminders.installation import installation_name

DAYS = ["--from", "2026-10-01", "--to", "2026-12-31"]


@pytest.fixture
def runner(loaded_registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    copy = tmp_path / "calendar.sqlite3"
    copy.write_bytes(loaded_registry.read_bytes())
    monkeypatch.setenv("QYZMET_DATABASE_URL", f"sqlite:///{copy}")
    return CliRunner()


def test_command_prints_one_json_document(runner: CliRunner):
    result = runner.invoke(app, ["calendar", "--kind", "akimat_district", *DAYS, "--json"])
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["kind"], document["from"], document["to"]) == (
        "akimat_district",
        "2026-10-01",
        "2026-12-31",
    )
    first = next(one for one in document["due"] if one["obligation"] == "form.2-mq.district")
    assert first["period"] == "2026Q3"
    assert (first["due_on"], first["last_working_day"], first["certainty"]) == (
        "2026-10-05",
        "2026-10-05",
        "decided",
    )
    assert first["citations"] == ["Order 78 ¶61"]


def test_command_prints_an_icalendar_file(runner: CliRunner):
    result = runner.invoke(app, ["calendar", "--kind", "ministry", *DAYS, "--ics", "--language", "kk"])
    events = Calendar.from_ical(result.stdout_bytes).walk("VEVENT")
    assert len(events) >= 4
    assert any(event["SUMMARY"].startswith("1-мқ нысаны") for event in events)
    assert len({event["UID"] for event in events}) == len(events)
    assert all(re.fullmatch(r"ministry-\S+@[0-9a-f]{16}\.qyzmet\.invalid", event["UID"]) for event in events)


def test_entries_of_two_installations_never_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each database gets its name when it is made."""
    names = []
    for number in (1, 2):
        monkeypatch.setenv("QYZMET_DATABASE_URL", f"sqlite:///{tmp_path / f'{number}.sqlite3'}")
        assert CliRunner().invoke(app, ["database", "upgrade"]).exit_code == 0
        names.append(asyncio.run(name_of(f"sqlite:///{tmp_path / f'{number}.sqlite3'}")))
    assert all(re.fullmatch(r"[0-9a-f]{16}", name) for name in names)
    assert names[0] != names[1]


async def name_of(url: str) -> str:
    database = Database(url)
    try:
        async with database.session() as session:
            return await installation_name(session)
    finally:
        await database.dispose()


def test_command_prints_a_readable_list(runner: CliRunner):
    result = runner.invoke(app, ["calendar", "--kind", "ministry", *DAYS])
    assert "2026-10-10  Form 1-mq" in result.stdout
    assert "last working day 2026-10-09" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--kind", "nobody", *DAYS],
        ["--kind", "ministry", "--from", "2026-12-31", "--to", "2026-10-01"],
        ["--kind", "ministry", "--from", "1999-01-01", "--to", "2026-10-01"],
        ["--kind", "ministry", "--from", "tomorrow", "--to", "2026-10-01"],
        ["--kind", "ministry", *DAYS, "--json", "--ics"],
    ],
)
def test_wrong_usage_exits_with_two(runner: CliRunner, arguments: list[str]):
    assert runner.invoke(app, ["calendar", *arguments]).exit_code == 2
