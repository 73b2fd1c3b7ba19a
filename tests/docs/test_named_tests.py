"""A test that the documents name is there."""

import re
from functools import cache
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


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_test_that_a_document_names_is_there(path: Path):
    named = set(NAME.findall(path.read_text(encoding="utf-8")))
    assert sorted(named - known()) == []
