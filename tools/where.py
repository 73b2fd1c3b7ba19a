"""Where something is done: `make where w="deputy leave"`.

Prints the files whose path or docstrings tell of most of these words, the likeliest first: a rare word counts
more than a common one, the path and the first line more than what comes later. Without words, every file.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
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
MOST = 8
ENDINGS = ("ing", "ies", "ed", "es", "s", "e")
WORD = re.compile(r"\w{3,}")
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
            if "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if summary := (ast.get_docstring(tree) or "").partition("\n")[0]:
                parts = (node for node in ast.walk(tree) if isinstance(node, DOCUMENTED))
                details = " ".join(f"{node.name} {ast.get_docstring(node) or ''}" for node in parts)
                yield Module(path.relative_to(root).as_posix(), summary, details)


def find(words: Sequence[str], among: Sequence[Module]) -> list[Module]:
    """The files that tell of any word, the likeliest first, at most MOST. Endings do not count."""
    stems = {_stem(word) for word in WORD.findall(" ".join(words).casefold())}
    weights = {stem: log(len(among) / (1 + sum(stem in one.text for one in among))) for stem in stems}
    scores = {
        one: sum(
            weight * (2 * (stem in one.headline) + (stem in one.text)) for stem, weight in weights.items()
        )
        for one in among
    }
    told = [one for one in among if scores[one] > 0]
    return sorted(told, key=lambda one: (-scores[one], len(one.details)))[:MOST]


def _stem(word: str) -> str:
    """Without an English ending: one word for "refused", "refuses" and "refusing"."""
    return next(
        (word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 3), word
    )


def main(words: Sequence[str]) -> int:
    every = list(modules())
    for module in find(words, every) if words else every:
        sys.stdout.write(f"{module.path}: {module.summary}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]).split()))
