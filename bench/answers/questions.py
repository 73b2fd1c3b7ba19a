"""The dev questions, and their fold excluded from tuning."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[2] / "tests" / "data"
# Sets that may be read; the halves called "test" are only ever measured.
_QUESTIONS: Final = ("questions-dev", "blind-questions-build", "everyday-build")
_NONSENSE: Final = ("nonsense-dev", "blind-nonsense-build", "everyday-build")
_FOLDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DevQuestion:
    """`right` are the slugs that answer it, best first; empty for nonsense."""

    text: str
    language: str
    kind: str
    right: tuple[str, ...]
    aspect: str

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the quarter reserved for the final evaluation."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % _FOLDS == 0


def read(path: Path) -> list[DevQuestion]:
    return [_question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def answerable() -> list[DevQuestion]:
    return [
        one
        for name in _QUESTIONS
        for one in read(DATA / f"{name}.jsonl")
        if one.right and one.kind != "follow"
    ]


def nonsense() -> list[DevQuestion]:
    return [one for name in _NONSENSE for one in read(DATA / f"{name}.jsonl") if not one.right]


def _question(row: dict[str, Any]) -> DevQuestion:
    right = (row["service"], *row.get("also", ())) if "service" in row else ()
    kind = row["set"] if right else row["kind"]
    return DevQuestion(
        text=row["q"], language=row["lang"], kind=kind, right=right, aspect=row.get("aspect", "how")
    )
