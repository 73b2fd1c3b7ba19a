"""`qyzmet complaints redate`: first what would change, then the change."""

import json
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app


def run(*arguments: str, url: str) -> str:
    done = CliRunner().invoke(app, ["complaints", "redate", *arguments, "--database", url])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_dry_run_and_a_run_on_a_database_without_complaints(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'qyzmet.sqlite'}"
    assert json.loads(run("--dry-run", "--json", url=url)) == {"dry_run": True, "changes": []}
    assert run("--dry-run", url=url) == "0 due dates would change.\n"
    assert json.loads(run("--json", url=url)) == {"dry_run": False, "complaints": 0, "kept": 0}
    assert run(url=url) == "0 complaints have a new due date; so have 0 kept by citizens.\n"
