"""An act's files as draft cards."""

from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path

from registry_data.reading.blocks import Block
from registry_data.reading.draft import ServiceDraft
from registry_data.reading.facts import Facts, facts_of
from registry_data.reading.files import read_blocks
from registry_data.reading.heading import ActRead, act_of, joined
from registry_data.reading.letters import fold
from registry_data.reading.pairing import aligned_pairs
from registry_data.reading.tables import requirement_tables


def read_drafts(files: Iterable[Path]) -> list[ServiceDraft]:
    """A draft for each service that the files of one act tell of.

    A table may go on in the next file. Raises FaultsError for a file that cannot be read.
    """
    return drafts_of([read_blocks(path) for path in files])


def drafts_of(texts: Sequence[Sequence[Block]]) -> list[ServiceDraft]:
    """The same from the files' blocks."""
    act = reduce(joined, map(act_of, texts), ActRead())
    facts = [facts_of(table) for table in requirement_tables(block for text in texts for block in text)]
    kk = [one for one in facts if one.language == "kk"]
    ru = [one for one in facts if one.language == "ru"]
    return [ServiceDraft(kk=one, ru=other, act=act) for one, other in _pairs(kk, ru)]


def _pairs(kk: Sequence[Facts], ru: Sequence[Facts]) -> list[tuple[Facts | None, Facts | None]]:
    """The same services in both languages stand in the same order; where one lacks some, by their facts."""
    if len(kk) == len(ru):
        return list(zip(kk, ru, strict=True))
    return aligned_pairs(kk, ru, _alike, gap=0.5)


def _alike(one: Facts, other: Facts) -> float:
    told = [
        one.channels == other.channels,
        one.forms == other.forms,
        _lengths(one) == _lengths(other),
        (one.fees and one.fees.fees) == (other.fees and other.fees.fees),
        _count(one) == _count(other),
        _latin(one.name) == _latin(other.name),
    ]
    return sum(told) / len(told)


def _lengths(facts: Facts) -> list[tuple[int, str]]:
    return sorted((one.amount, one.unit.value) for one in facts.terms.terms) if facts.terms else []


def _count(facts: Facts) -> int:
    return len(facts.refusal.items) if facts.refusal else 0


def _latin(name: str) -> set[str]:
    return {word for word in fold(name).split() if word.isascii()}
