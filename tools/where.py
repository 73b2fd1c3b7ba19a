"""Where something is done: `make where w="deputy leave"`.

Prints the files whose path or docstrings tell of every word, those whose first line does so first;
without words, every file with its first line.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = (
    "accounts",
    "bot",
    "cli",
    "complaints",
    "database",
    "deadlines",
    "kernel",
    "knowledge",
    "localgram/src",
    "localisation",
    "messaging",
    "notifications",
    "oversight",
    "registry_data",
    "reminders",
    "reports",
)
DOCUMENTED = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """A file of the product, what its first line says, and what its classes and functions say."""

    path: str
    summary: str
    details: str

    @property
    def headline(self) -> str:
        return f"{self.path} {self.summary}".casefold()

    @property
    def text(self) -> str:
        return f"{self.headline} {self.details.casefold()}"


def modules(root: Path = ROOT) -> Iterator[Module]:
    """Every documented file of the rooms, by path."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if summary := (ast.get_docstring(tree) or "").partition("\n")[0]:
                parts = (node for node in ast.walk(tree) if isinstance(node, DOCUMENTED))
                details = " ".join(f"{node.name} {ast.get_docstring(node) or ''}" for node in parts)
                yield Module(path.relative_to(root).as_posix(), summary, details)


def find(words: Sequence[str], among: Sequence[Module]) -> list[Module]:
    """The files that tell of every word, those whose first line does so first."""
    wanted = [word.casefold() for word in words]
    told = [module for module in among if all(word in module.text for word in wanted)]
    return sorted(told, key=lambda module: not all(word in module.headline for word in wanted))


def main(words: Sequence[str]) -> int:
    found = find(words, list(modules()))
    for module in found:
        sys.stdout.write(f"{module.path}: {module.summary}\n")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]).split()))
