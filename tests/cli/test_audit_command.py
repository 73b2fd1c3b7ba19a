"""`qyzmet audit`: seal, seals, verify; its exit status says whether a log was broken."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app

STEP = (
    "INSERT INTO looks (subject, place, viewer, what, at, hash)"
    " VALUES ('complaint/1', ?, NULL, 'text', '2026-03-19 05:00:00', ?)"
)


def run(*words: str, exit_code: int = 0, given: str | None = None) -> str:
    result = CliRunner().invoke(app, ["audit", *words], input=given)
    assert result.exit_code == exit_code, result.output
    return result.output


def execute(url: str, *statement: object) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(*statement)  # type: ignore[call-overload]


def test_broken_log_is_said_with_its_place(sqlite_url: str, tmp_path: Path):
    where = ("--database", sqlite_url)
    line = run("seal", *where).strip()
    assert line.startswith("seal 1 at ")
    assert run("seals", *where).strip() == line
    kept = tmp_path / "kept.txt"
    kept.write_text(f"from the journal: {line}\n", encoding="utf-8")
    told = run("verify", *where, "--seals", str(kept))
    assert "0 steps of 0 complaints, 0 looks, 1 seals: unbroken." in told
    assert line in told
    execute(sqlite_url, STEP, (2, "0" * 64))  # a row was lost before it, and it follows nothing
    told = run("verify", *where, exit_code=1)
    assert "BROKEN" in told
    assert "looks/complaint/1, place 1: missing" in told
    document = json.loads(run("verify", *where, "--json", exit_code=1))
    assert (document["unbroken"], document["faults"][0]["fault"]) == (False, "missing")


def test_kept_line_that_says_something_else_is_a_break(sqlite_url: str):
    line = run("seal", "--database", sqlite_url)
    other = line[:-2] + ("0" if line[-2] != "0" else "1")
    told = run("verify", "--database", sqlite_url, "--seals", "-", exit_code=1, given=other)
    assert "log_seals, place 1: seal not as kept" in told
    assert "no line of a seal" in run(
        "verify", "--database", sqlite_url, "--seals", "-", exit_code=1, given="no seal"
    )


@pytest.mark.parametrize("words", [("verify",), ("seals",), ("seal",)])
def test_missing_database_is_not_made(tmp_path: Path, words: tuple[str, ...]):
    path = tmp_path / "none.sqlite"
    assert "There is no database" in run(*words, "--database", f"sqlite:///{path}", exit_code=1)
    assert not path.exists()
