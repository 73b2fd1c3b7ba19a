"""Personal values go and ordinary numbers stay, in hundreds of forms in three languages."""

import re
from collections import Counter
from pathlib import Path

from notifications.masking.plain_text import PlainText
from notifications.personal_data import kept

FORMS = Path(__file__).parents[1] / "data" / "masking-forms.tsv"
GONE, LEFT = re.compile(r"\[\[(.+?)\]\]"), re.compile(r"\{\{(.+?)\}\}")
_MARKS = re.compile(r"\[\[|\]\]|\{\{|\}\}")


def forms() -> list[tuple[str, str]]:
    lines = FORMS.read_text("utf-8").splitlines()
    return [tuple(line.split("\t", 1)) for line in lines if not line.startswith("#")]


def is_gone(value: str, text: str) -> bool:
    """No word of two letters, and no digit, of the value is left."""
    plain = PlainText.of(text).plain.casefold()
    words = re.findall(r"[^\W_]{2,}|\d", PlainText.of(value).plain.casefold())
    return not any(re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", plain) for word in words)


def is_left(value: str, text: str) -> bool:
    return value in text


def measured(marks: re.Pattern[str], holds) -> tuple[Counter[str], list[str]]:
    tried, failed = Counter(), []
    for kind, form in forms():
        if values := marks.findall(form):
            # What stays in a text may repeat a digit of what goes.
            shown = kept(_MARKS.sub("", form))
            for left in LEFT.findall(form) if marks is GONE else ():
                shown = shown.replace(left, "")
            tried[kind] += 1
            if not all(holds(value, shown) for value in values):
                failed.append(f"{kind}: {form} → {shown}")
    return tried, failed


def test_personal_values_are_gone():
    tried, failed = measured(GONE, is_gone)
    assert tried.total() >= 300
    assert len(failed) <= 0.03 * tried.total(), "\n".join(failed)


def test_ordinary_numbers_are_left():
    tried, failed = measured(LEFT, is_left)
    assert tried.total() >= 200
    assert len(failed) <= 0.05 * tried.total(), "\n".join(failed)
