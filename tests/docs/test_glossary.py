"""The words of docs/glossary.md: no retired identifier comes back, and a class name means one thing."""

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(path for room in ROOT.glob("[a-z]*/") for path in sorted(room.rglob("*.py")))


def product_files() -> list[Path]:
    """Everything but the tests: their small fakes may share names."""
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] != "tests"]


@cache
def retired() -> frozenset[str]:
    block = re.search(r"```retired\n(.*?)```", GLOSSARY.read_text(), re.DOTALL)
    assert block is not None, "docs/glossary.md has no block of retired identifiers"
    return frozenset(block[1].split())


def identifiers(source: str) -> Iterator[tuple[str, int]]:
    """Whole names with their lines, without comments and strings."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME:
            yield token.string, token.start[0]


def test_no_retired_identifier_is_used() -> None:
    candidate = re.compile(r"\b(" + "|".join(map(re.escape, sorted(retired()))) + r")\b")
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in python_files()
        if candidate.search(source := path.read_text())
        for name, line in identifiers(source)
        if name in retired()
    ]
    assert not found, "\n".join(found)


def test_no_module_has_a_retired_name() -> None:
    names = {(path, part) for path in python_files() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not sorted(str(path.relative_to(ROOT)) for path, part in names if part in retired())


@pytest.mark.slow
def test_a_class_name_is_defined_once() -> None:
    places = defaultdict(list)
    for path in product_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    shared = {name: where for name, where in places.items() if len(where) > 1}
    assert not shared, "\n".join(f"{name}: {', '.join(where)}" for name, where in sorted(shared.items()))
