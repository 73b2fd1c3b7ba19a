"""What acts say, written down by reading them: `truth/<act>.yaml`, beside the excerpt `acts/<act>.*.md`.

A text may leave out its middle: «заявление…услугополучателя». `term` and `fee` are lengths and amounts; their
cases stand in the same order under the language. `documents` and `refusal_grounds` are a list, or
`{heading: list}`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("ru", "kk")
PROSE = ("names", "provider", "result", "schedule")
VALUES = ("channels", "forms")
CASES = ("term", "fee")
LISTS = ("documents", "refusal_grounds")
FIELDS = (*PROSE, *VALUES, *CASES, *LISTS, "act")

Facts = dict[str, list[tuple[str, ...]]]  # by field, each fact a tuple of texts that must all agree


@dataclass(frozen=True, slots=True, kw_only=True)
class ActTruth:
    name: str
    services: list[Facts]

    @property
    def files(self) -> list[Path]:
        return sorted((HERE / "acts").glob(f"{self.name}.*.md"), reverse=True)


def truths() -> list[ActTruth]:
    """Every act that was read, by its number in the official base."""
    return [_act(path) for path in sorted((HERE / "truth").glob("*.yaml"))]


def _act(path: Path) -> ActTruth:
    raw = yaml.safe_load(path.read_text())
    act = [(key, str(raw[key])) for key in ("number", "date", "version") if key in raw]
    return ActTruth(name=path.stem, services=[_service(one, act) for one in raw["services"]])


def _service(raw: dict[str, Any], act: list[tuple[str, str]]) -> Facts:
    facts: Facts = {field: [] for field in FIELDS}
    facts["act"] = list(act)
    for field in VALUES:
        facts[field] = [(value,) for value in raw.get(field) or ()]
    for field in CASES:
        facts[field] = list(_cases(raw, field))
    for language in LANGUAGES:
        own = raw.get(language) or {}
        for field in PROSE:
            facts[field] += [(language, own[field])] if field in own else []
        for field in LISTS:
            facts[field] += [(language, when, text) for when, text in _items(own.get(field) or [])]
    return facts


def _cases(raw: dict[str, Any], field: str) -> Iterator[tuple[str, ...]]:
    """Each length or amount with its cases; «free» is one fact."""
    if raw.get(field) == "free":
        yield ("free",)
        return
    texts = {language: (raw.get(language) or {}).get(field) for language in LANGUAGES}
    for place, value in enumerate(raw.get(field) or ()):
        yield (str(value), *(cases[place] if cases else "" for cases in texts.values()))


def _items(raw: Any) -> Iterator[tuple[str, str]]:
    groups = raw.items() if isinstance(raw, dict) else [("", raw)]
    for heading, texts in groups:
        yield from ((heading, text) for text in texts)
