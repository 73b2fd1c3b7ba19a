"""Every test that a document names exists."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\btest_[a-z0-9_]+")


@cache
def known() -> frozenset[str]:
    """The names of all tests, and of the files that they stand in."""
    files = list((ROOT / "tests").rglob("test_*.py"))
    functions = (re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")) for path in files)
    return frozenset({path.stem for path in files} | {name for found in functions for name in found})


def rows(name: str) -> list[str]:
    """The rows of all tables with a column of tests."""
    found: list[str] = []
    named = False
    for line in (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            named = False
        elif re.search(r"\| test \|$", line):
            named = True
        elif named and not line.startswith("|---"):
            found.append(line)
    return found


def named_in(row: str) -> bool:
    return bool(NAME.search(row)) or "the same test" in row


@pytest.mark.parametrize(("name", "least"), [("security.md", 30), ("reliability.md", 14)])
def test_every_promise_names_its_test(name: str, least: int):
    found = rows(name)
    assert len(found) >= least
    assert [row for row in found if not named_in(row)] == []


def test_every_threat_table_has_a_test_column():
    lines = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    heads = [line for line, below in pairwise(lines) if below.startswith("|---")]
    assert heads
    assert [head for head in heads if not head.endswith("| test |")] == []


def test_every_test_named_in_docs_exists():
    missing = {
        path.name: sorted(set(NAME.findall(path.read_text(encoding="utf-8"))) - known())
        for path in (ROOT / "docs").rglob("*.md")
    }
    assert {name: tests for name, tests in missing.items() if tests} == {}
