"""Recognises services, parts, cases and intents in what a chat shows. Nothing hidden is asked.

Services are recognised by what the catalogue and the labels call them; parts and intents by the texts that
`recognised.yaml` names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.views.answers.labels import label_of
from cli.talks.chat import Shown
from cli.talks.patterns import pattern_of, spaced
from cli.talks.script import TalkIntent, TalkPart
from kernel.language import Language
from knowledge.catalogue import Catalogue
from localisation.translations import TEXTS, load_texts
from registry_data.guide import Guide
from registry_data.schema import ServiceCard

DATA = Path(__file__).with_name("recognised.yaml")
INTENT_KEYS = ("intent.{}", "intent.{}_*", "intents.{}", "intents.{}_*", "*.intent_{}", "*.intent_{}_*")
_LIST_MARK = re.compile(r"^[^\w«\"(]*(?:\d+[.)]\s*)?[^\w«\"(]*")  # an emoji, "2. "
_BULLET = "•"  # before a document or a ground, which may be called like a service
_CUT = "…"
_LEAST_OF_A_CUT = 10  # letters that a shortened label must keep to be recognised


@cache
def _texts(language: Language) -> Mapping[str, str]:
    return load_texts(TEXTS / language.value)


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    data: Mapping[str, Mapping[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return data


def keys_of(kind: str, name: str, known: Iterable[str]) -> list[str]:
    """The keys among `known` by which the part or intent is recognised; `kind` is "parts" or "intents"."""
    wanted = list(_data()[kind][name].get("keys") or ())
    if kind == "intents":
        wanted += [form.format(name) for form in INTENT_KEYS]
    return [key for key in known if any(fnmatchcase(key, one) for one in wanted)]


@cache
def patterns(kind: str, name: str, language: Language) -> tuple[re.Pattern[str], ...]:
    texts = _texts(language)
    made = [pattern_of(texts[key]) for key in keys_of(kind, name, texts)]
    words = (_data()[kind][name].get("words") or {}).get(language.value, ())
    return (
        *(one for one in made if one is not None),
        *(re.compile(word, re.IGNORECASE) for word in words),
    )


@cache
def text_pattern(key: str, language: Language) -> re.Pattern[str]:
    found = pattern_of(_texts(language)[key])
    assert found is not None, f"{key} has no words"
    return found


def shows_part(shown: Shown, part: TalkPart, language: Language) -> bool:
    return any(one.search(shown.text) for one in patterns("parts", part, language))


def shows_intent(shown: Shown, intent: TalkIntent, language: Language) -> bool:
    return any(one.search(shown.text) for one in patterns("intents", intent, language))


def shows_case(shown: Shown, words: str, language: Language) -> bool:
    """Whether a line tells the case, and the person is not asked which one it is."""
    wanted = spaced(words).casefold()
    told = any(wanted in line.casefold() for line in shown.text.splitlines())
    return told and text_pattern("card.case_ask", language).search(shown.text) is None


def chosen_language(shown: Shown) -> Language | None:
    """The language that the bot says it speaks from now on."""
    found = [one for one in Language if text_pattern("menu.language_chosen", one).search(shown.text)]
    return found[-1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTitles:
    """What services and guides are called in one language: by their name wherever it stands, by the shorter
    label of a button where it is the whole label or the whole line.
    """

    names: Mapping[str, str]  # by slug
    labels: Mapping[str, str]

    @classmethod
    def of(cls, catalogue: Catalogue, language: Language) -> "ServiceTitles":
        subjects: dict[str, ServiceCard | Guide] = {**catalogue.cards, **catalogue.guides}
        return cls(
            names={slug: spaced(catalogue.name(slug, language)) for slug in subjects},
            labels={slug: spaced(label_of(one, language)) for slug, one in subjects.items()},
        )

    def shown(self, shown: Shown) -> set[str]:
        """The slugs of the services that are visible."""
        lines = [line for line in shown.text.splitlines() if not line.startswith(_BULLET)]
        entries = {entry for line in (*lines, *shown.buttons) for entry in _entries(line)}
        cut = [entry.removesuffix(_CUT) for entry in entries if entry.endswith(_CUT)]
        return self._named(shown.text) | {
            slug
            for titles in (self.names, self.labels)
            for slug, title in titles.items()
            if title in entries or any(len(one) >= _LEAST_OF_A_CUT and title.startswith(one) for one in cut)
        }

    def _named(self, text: str) -> set[str]:
        """A name within a longer one that stands there is not shown by it."""
        found = [
            (start, start + len(name), slug)
            for slug, name in self.names.items()
            for start in _places(name, text)
        ]
        return {
            slug
            for start, end, slug in found
            if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
        }


def _entries(line: str) -> Iterator[str]:
    """What the line or label may be the title of: all of it, "title · part" or "what: title"."""
    bare = _LIST_MARK.sub("", line).strip()
    yield bare
    yield from bare.split(" · ")
    yield bare.partition(": ")[2]


def _places(name: str, text: str) -> Iterator[int]:
    """Where the name stands as whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start
        start = text.find(name, start + 1)
