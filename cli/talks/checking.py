"""Compares what was expected of a step with what was shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.talks.chat import Shown, ShownFile
from cli.talks.documents import words_of
from cli.talks.patterns import spaced
from cli.talks.recognition import ServiceTitles, shows_case, shows_intent, shows_part
from cli.talks.script import Expectation, ExpectedFile
from kernel.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCheck:
    shown: Shown
    language: Language  # of the person
    titles: ServiceTitles

    def unmet(self, expected: Expectation) -> dict[str, Any]:
        """What of `expected` is not there, by its key."""
        asked = {name: value for name in _CHECKS if (value := getattr(expected, name)) is not None}
        return {name: left for name, value in asked.items() if (left := _CHECKS[name](self, value))}

    def _service(self, slugs: Sequence[str]) -> list[str]:
        return [] if self.titles.shown(self.shown).intersection(slugs) else list(slugs)

    def _not_service(self, slugs: Sequence[str]) -> list[str]:
        return sorted(self.titles.shown(self.shown).intersection(slugs))

    def _part(self, part: Any) -> str:
        return "" if shows_part(self.shown, part, self.language) else str(part)

    def _case(self, words: str) -> str:
        return "" if shows_case(self.shown, words, self.language) else words

    def _intent(self, intent: Any) -> str:
        return "" if shows_intent(self.shown, intent, self.language) else str(intent)

    def _file(self, expected: ExpectedFile) -> dict[str, Any]:
        return {} if any(_fits(one, expected) for one in self.shown.files) else _as_written(expected)

    def _contains(self, wanted: Iterable[Sequence[str]]) -> list[object]:
        return _missing(self.shown.text, wanted)

    def _lacks(self, unwanted: Iterable[str]) -> list[str]:
        text = _folded(self.shown.text)
        return [one for one in unwanted if _folded(one) in text]

    def _buttons(self, labels: Iterable[str]) -> list[str]:
        there = [_folded(label) for label in self.shown.buttons]
        return [label for label in labels if not any(_folded(label) in one for one in there)]

    def _at_most_buttons(self, most: int) -> str:
        counts = [len(labels) for labels in self.shown.labels]
        return f"{most} under one message, not {max(counts)}" if max(counts, default=0) > most else ""


_CHECKS: Mapping[str, Callable[[StepCheck, Any], Any]] = {
    name: getattr(StepCheck, f"_{name}") for name in Expectation.model_fields
}


def _fits(file: ShownFile, expected: ExpectedFile) -> bool:
    if expected.name is not None and _folded(expected.name) not in _folded(file.name):
        return False
    return not expected.contains or not _missing(words_of(file.name, file.content), expected.contains)


def _as_written(expected: ExpectedFile) -> dict[str, Any]:
    return expected.model_dump(exclude_defaults=True) or {"name": "any"}


def _missing(text: str, wanted: Iterable[Sequence[str]]) -> list[object]:
    """The texts, or the groups of alternatives, none of which is in `text`."""
    folded = _folded(text)
    return [
        alternatives[0] if len(alternatives) == 1 else list(alternatives)
        for alternatives in wanted
        if not any(_folded(one) in folded for one in alternatives)
    ]


def _folded(text: str) -> str:
    return spaced(text).casefold()
