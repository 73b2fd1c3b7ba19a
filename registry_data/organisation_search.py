"""Find organisations by the words of their names."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

LEAST = 60.0  # out of 100: below it the match is meaningless


def organisations_by_name(text: str, names: Mapping[str, str], limit: int) -> list[str]:
    """The codes of the organisations whose names match the typed text best, best first."""
    found = process.extract(
        text, names, scorer=fuzz.WRatio, processor=default_process, score_cutoff=LEAST, limit=limit
    )
    return [code for _, _, code in found]
