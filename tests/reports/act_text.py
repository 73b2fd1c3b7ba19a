"""The forms' tables from the act's text, read independently of our data."""

import re
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})?)\.?(?:\s+(?P<rest>.*)|$)")
_HEAD_WORDS = {"жеке", "тұлға", "заңды"}


def annex(number: int) -> list[str]:
    text = (DATA / f"order-78-annex-{number}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines()]


def table(number: int) -> tuple[list[str], str]:
    """The numbers of sections and rows in order, and the rest of the table as one string of letters.

    Numbers that the conversion pushed into titles are put back in order and removed from the text.
    """
    lines = annex(number)
    begin = lines.index("А 1 2 3 4") + 1
    end = next(place for place, line in enumerate(lines) if line.startswith("Органның атауы"))
    numbers: list[str] = []
    words: list[str] = []
    for line in _without_heads(lines[begin:end]):
        if line == ".":  # the dot of a number on the previous line
            continue
        if found := _NUMBER.fullmatch(line):
            numbers.append(found["number"])
            words.append(found["rest"] or "")
        else:
            words.append(line)
    return numbers, squeezed("".join(words))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def before_table(number: int) -> str:
    lines = annex(number)
    return squeezed(" ".join(lines[: lines.index("Р/р")]))


def after_table(number: int) -> str:
    lines = annex(number)
    begin = next(place for place, line in enumerate(lines) if line.startswith("Органның атауы"))
    return squeezed(" ".join(lines[begin:]))


def _without_heads(lines: list[str]) -> Iterator[str]:
    """The table without the column heads repeated at 2.1 and 2.2."""
    in_head = persons = False
    for line in lines:
        if line.startswith("Р/р"):
            in_head, persons = True, False
        elif in_head and line in _HEAD_WORDS:
            persons = True
        elif in_head and persons:
            in_head = False
        if not in_head:
            yield line
