"""Clauses of a cell: its lines cut into the parts that tell one thing each, and the headings over them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MARKER = re.compile(r"^\s*(?:(\d{1,3}(?:[-.]\d{1,2})?)\s*[).]|([а-яәіңғүұқөһ])\)|([-–—•·▪●*])(?=\s|\S))\s*")
_DEFINED = re.compile(r"\s*\((?:далее|бұдан әрі|бұдан кейін)[^()]*\)", re.IGNORECASE)


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
    """Each line cut at its semicolons and full sentences; the heading holds until the next one."""
    heading = ""
    for line in lines:
        if is_heading(line):
            heading = tidy(line)
            continue
        for part in sentences(line):
            yield Clause(text=part, heading=heading, marker=marker_of(part))


def sentences(line: str) -> Iterator[str]:
    """The line cut at its semicolons and at its full stops."""
    for part in re.split(r";\s+(?=\S)|(?<=[а-яёәіңғүұқөһ)»])\.\s+(?=[А-ЯЁӘІҢҒҮҰҚӨҺ«\d])", line):
        if part.strip(" ;."):
            yield part.strip()


def _closed(text: str) -> str:
    """A bracket or quote that plain() has cut off from its pair is no use: both ends as they were."""
    if text.count("(") > text.count(")"):
        return f"{text})"
    return text


def starts_small(text: str) -> bool:
    return bool(re.match(r"[а-яёәіңғүұқөһ]", text))
