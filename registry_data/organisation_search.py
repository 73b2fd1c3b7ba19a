"""Organisations found by the words of their names."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

LEAST = 60.0  # of 100: below it the words have little to do with the name


def organisations_by_name(text: str, names: Mapping[str, str], limit: int) -> list[str]:
    """The codes of the organisations whose names are nearest to what was typed, the nearest first."""
    found = process.extract(
        text, names, scorer=fuzz.WRatio, processor=default_process, score_cutoff=LEAST, limit=limit
    )
    return [code for _, _, code in found]
