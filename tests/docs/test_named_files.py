"""Every file and identifier that a document names exists, and every link leads somewhere."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
HISTORY = {ROOT / "CHANGELOG.md", ROOT / "docs" / "glossary.md"}  # tell of what is gone
ELSEWHERE = {"deploy/data-key.env", "deploy/qyzmet.env", "deploy/owner.env"}  # made by the operator
ROOMS = "|".join(sorted(path.parent.name for path in ROOT.glob("*/__init__.py")))
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(rf"(?:(?:{ROOMS}|tests|docs|deploy|tools)/[\w./*-]*|\w+(?:/\w+)*\.(?:py|yaml|docx|md))")
# `Name`, `module.Name`, `call(…)`; not Prometheus' names, commands and files of others
NAME = re.compile(r"(?!qyzmet_|\w+\.cpp)[A-Za-z]\w*(?:\.\w+)*(?=$|\()")
MODULE = re.compile(r"python -m ((?:bench|tools)\.[\w.]+\w)")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def documents() -> list[Path]:
    """What describes the present tree; a superseded decision tells of an earlier one."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    current = [
        path for path in DECISIONS.glob("*.md") if "Superseded by" not in path.read_text("utf-8")[:200]
    ]
    return sorted({*found, *current, DECISIONS / "README.md"} - HISTORY)


def prose(path: Path) -> str:
    """Without blocks of code: those of CONTRIBUTING.md are files to be made."""
    return re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)


@cache
def files() -> frozenset[Path]:
    rooms = [*ROOMS.split("|"), "tests", "docs", "deploy"]
    return frozenset(path for room in rooms for path in (ROOT / room).rglob("*") if path.is_file())


def exists(named: str) -> bool:
    """A path from the root, or a bare file name."""
    return named in ELSEWHERE or named in names() or any(ROOT.glob(named.rstrip("/")))


@cache
def names() -> frozenset[str]:
    return frozenset(path.name for path in files())


@cache
def words() -> frozenset[str]:
    """All identifiers of the code, its data and its settings."""
    sources = [path for path in files() if path.suffix in {".py", ".yaml", ".yml", ".example"}]
    return frozenset(word for path in sources for word in re.findall(r"\w+", path.read_text("utf-8")))


def test_every_file_named_in_documents_exists() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in documents()
        for word in CODE.findall(prose(path))
        if PATH.fullmatch(word) and not exists(word)
    ]
    assert not missing, "\n".join(missing)


def test_every_identifier_named_in_documents_exists() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in documents()
        for word in CODE.findall(prose(path))
        if (found := NAME.match(word)) and not exists(word) and not set(found[0].split(".")) <= words()
    ]
    assert not missing, "\n".join(missing)


def test_every_module_to_run_exists() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in documents()
        for module in MODULE.findall(path.read_text("utf-8"))
        if not any((ROOT / (module.replace(".", "/") + end)).exists() for end in (".py", "/__main__.py"))
    ]
    assert not missing, "\n".join(missing)


def test_every_link_leads_to_a_file() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*documents(), *DECISIONS.glob("*.md")]
        for target in LINK.findall(path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)


def test_every_decision_is_in_the_index() -> None:
    index = (DECISIONS / "README.md").read_text("utf-8")
    assert [path.name for path in DECISIONS.glob("0*.md") if path.name not in index] == []
