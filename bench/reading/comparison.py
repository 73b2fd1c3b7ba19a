"""A draft's facts beside those of the act, each counted as filled, told and right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.reading.truth import FIELDS, LANGUAGES, LISTS, PROSE, VALUES, Facts
from registry_data.reading.letters import fold

Fact = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Count:
    """`filled` facts of the reader, `told` of the act, `right` of both; the others by name."""

    filled: int = 0
    told: int = 0
    right: int = 0
    wrong: list[Fact] = field(default_factory=list)
    missed: list[Fact] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.filled if self.filled else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.told if self.told else 1.0

    def add(self, other: "Count") -> None:
        self.filled += other.filled
        self.told += other.told
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


def compared(drafts: Sequence[dict[str, Any]], told: Sequence[Facts]) -> dict[str, Count]:
    """Counts by field; services are compared in their order, a service too many or missing in full."""
    counts = {name: Count() for name in FIELDS}
    for place in range(max(len(drafts), len(told))):
        filled = read_facts(drafts[place]) if place < len(drafts) else {}
        truth = told[place] if place < len(told) else {}
        for name in FIELDS:
            counts[name].add(_count(filled.get(name, []), truth.get(name, [])))
    return counts


def read_facts(draft: dict[str, Any]) -> Facts:
    """A draft in the shape of the truth."""
    facts: Facts = {}
    for name in PROSE:
        facts[name] = [(language, text) for language, text in (draft[name] or {}).items()]
    for name in VALUES:
        facts[name] = [(value,) for value in draft[name] or ()]
    facts["term"] = [_case(f"{one['amount']} {one['unit']}", one.get("when")) for one in draft["term"] or ()]
    fees = draft["fee"]
    facts["fee"] = [("free",)] if fees == [] else [_fee(one) for one in fees or ()]
    for name in LISTS:
        facts[name] = [fact for one in draft[name] or () for fact in _item(one)]
    act = draft["act"] or {}
    number = [("number", act["number"].removeprefix("№ "))] if "number" in act else []
    facts["act"] = number + [(key, act[key]) for key in ("date", "version") if key in act]
    return facts


def _fee(one: dict[str, Any]) -> Fact:
    unit = next(name for name in ("mrp", "kzt", "percent") if name in one)
    cases = {
        language: " | ".join(text for part in ("when", "what") if (text := one.get(part, {}).get(language)))
        for language in LANGUAGES
    }
    return _case(f"{one[unit]:g} {unit}", cases)


def _case(value: str, when: dict[str, str] | None) -> Fact:
    return (value, *((when or {}).get(language, "") for language in LANGUAGES))


def _item(one: dict[str, Any]) -> list[Fact]:
    when = one.get("when", {})
    return [(language, when.get(language, ""), one[language]) for language in LANGUAGES if language in one]


def _count(filled: Sequence[Fact], told: Sequence[Fact]) -> Count:
    left = list(told)
    count = Count(filled=len(filled), told=len(told))
    for one in filled:
        same = next((fact for fact in left if _same(one, fact)), None)
        if same is None:
            count.wrong.append(one)
        else:
            left.remove(same)
            count.right += 1
    count.missed = left
    return count


def _same(read: Fact, told: Fact) -> bool:
    return len(read) == len(told) and all(_agree(*pair) for pair in zip(read, told, strict=True))


def _agree(read: str, told: str) -> bool:
    """The same words; «…» in the truth stands for any, and case endings' marks and brackets count."""
    pattern = ".*".join(re.escape(_plain(part)) for part in told.split("…"))
    return bool(re.fullmatch(pattern, _plain(read), re.DOTALL))


def _plain(text: str) -> str:
    return fold(text).strip(" .;,:-")
