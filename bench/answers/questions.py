"""The dev questions, and their fold excluded from tuning."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[2] / "tests" / "data"
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
    return read(DATA / "questions-dev.jsonl")


def nonsense() -> list[DevQuestion]:
    return read(DATA / "nonsense-dev.jsonl")


def _question(row: dict[str, Any]) -> DevQuestion:
    right = (row["service"], *row.get("also", ())) if "service" in row else ()
    kind = row["set"] if right else row["kind"]
    return DevQuestion(
        text=row["q"], language=row["lang"], kind=kind, right=right, aspect=row.get("aspect", "how")
    )
