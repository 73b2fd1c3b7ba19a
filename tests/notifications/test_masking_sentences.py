"""Birth dates, applications, handles, addresses and ordinary numbers, in the sentences people use."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from notifications.personal_data import kept

SENTENCES = yaml.safe_load((Path(__file__).parents[1] / "data" / "masking-sentences.yaml").read_text("utf-8"))
EACH = 4  # how often a sentence is tried


def filled(groups: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Sentences with values drawn for them, and these."""
    chance = random.Random(7)
    for group in groups:
        for sentence in group["sentences"]:
            for _ in range(EACH):
                values = {name: chance.choice(several) for name, several in group["values"].items()}
                put_in = [values[name] for name in re.findall(r"\{(\w+)\}", sentence)]
                yield sentence.format(**values), put_in


def test_personal_values_are_gone_from_sentences():
    tried, failed = 0, []
    for text, values in filled(SENTENCES["personal"]):
        tried += 1
        shown = kept(text)
        if any(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", shown) for value in values):
            failed.append(f"{text} → {shown}")
    assert len(failed) <= 0.03 * tried, "\n".join(failed)


def test_ordinary_numbers_are_left_in_sentences():
    tried, failed = 0, []
    for text, values in filled(SENTENCES["ordinary"]):
        tried += 1
        shown = kept(text)
        if any(value not in shown for value in values):
            failed.append(f"{text} → {shown}")
    assert len(failed) <= 0.05 * tried, "\n".join(failed)
