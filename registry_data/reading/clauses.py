"""Clauses of a cell: its lines cut into the parts that tell one thing each, and the headings over them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MARKER = re.compile(r"^\s*(?:(\d{1,3}(?:[-.]\d{1,2})?)\s*[).]|([а-яәіңғүұқөһ])\)|([-–—•·▪●*])(?=\s|\S))\s*")
_DEFINED = re.compile(r"\s*\((?:далее|бұдан әрі|бұдан кейін)[^()]*\)", re.IGNORECASE)


_PARTED = re.compile(  # «по одному заявлению – 6 рабочих дней, из них:»
    r"(?P<whole>(?P<case>.+?)\s[-–—]\s?.*\d.*),\s*(?:из них|в том числе|оның ішінде)$"
)
_PREPOSITIONS = frozenset({"по", "при", "для", "на", "через"})
_POSTPOSITIONS = frozenset({"бойынша", "үшін", "кезінде", "арқылы"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """`heading` is the line ending in a colon that it stands under, empty if none."""

    text: str
    heading: str = ""
    marker: str = ""


def plain(text: str) -> str:
    """Without what is only defined («далее – портал») and without the marks at both ends."""
    return re.sub(r"\s+([,;.])", r"\1", _DEFINED.sub("", text)).strip(" ;,.–—-:")


def tidy(text: str) -> str:
    """A sentence as a card says it: no marker before, no full stop or semicolon behind."""
    found = MARKER.match(text)
    bare = text[found.end() :] if found and not re.match(r"^\d+\.\d", text) else text
    return _closed(plain(bare))


def marker_of(text: str) -> str:
    """The number or sign before a line, empty if it has none."""
    found = MARKER.match(text)
    if not found or re.match(r"^\d+\.\d", text):
        return ""
    return (found[1] or found[2] or found[3] or "").strip()


def is_heading(line: str) -> bool:
    return line.rstrip().endswith(":")


def clauses(lines: Iterable[str]) -> Iterator[Clause]:
    """Each line cut at its semicolons and full sentences.

    A heading holds until the next one, a line that begins or ends as it does («по … :», «… үшін:»), or a new
    sentence after its small items.
    """
    heading = before = ""
    for line in lines:
        if heading and (_is_like(line, heading) or (_is_small_item(before) and _opens(line))):
            heading = ""
        before = line
        parts = list(sentences(line))
        if is_heading(line):
            yield from (Clause(text=part, heading=heading) for part in parts[:-1])
            heading = tidy(parts[-1])
            if parted := _PARTED.match(heading):
                yield Clause(text=parted["whole"])
                heading = parted["case"]
            continue
        for part in parts:
            yield Clause(text=part, heading=heading, marker=marker_of(part))


def _is_like(line: str, heading: str) -> bool:
    """Whether a line without a number is a case beside the heading, by its preposition or postposition."""
    if marker_of(line) or is_heading(line):
        return False
    (first, *_), (*_, last) = heading.casefold().split(), heading.casefold().split()
    case = re.split(r"\s[-–—]\s", line)[0].casefold().split()
    return (first in _PREPOSITIONS and case[0] == first) or (last in _POSTPOSITIONS and case[-1] == last)


def _is_small_item(line: str) -> bool:
    return starts_small(line) and line.rstrip().endswith(".")


def _opens(line: str) -> bool:
    return not marker_of(line) and bool(re.match(r"[А-ЯЁӘІҢҒҮҰҚӨҺ]", line))


def sentences(line: str, *, at_semicolons: bool = True) -> Iterator[str]:
    """The line cut at its semicolons and at its full stops."""
    stops = r"(?<=[а-яёәіңғүұқөһ)»])\.\s+(?=[А-ЯЁӘІҢҒҮҰҚӨҺ«\d])"
    for part in re.split(rf";\s+(?=\S)|{stops}" if at_semicolons else stops, line):
        if part.strip(" ;."):
            yield part.strip()


def _closed(text: str) -> str:
    """A bracket or quote that plain() has cut off from its pair is no use: both ends as they were."""
    if text.count("(") > text.count(")"):
        return f"{text})"
    return text


def starts_small(text: str) -> bool:
    return bool(re.match(r"[а-яёәіңғүұқөһ]", text))
