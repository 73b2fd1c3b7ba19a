"""Numbers that point to a person, blotted out before a text is kept."""

import re

MASK = "█"
# Twelve digits are an IIN or BIN, sixteen a card; telephones come as +7 701 123-45-67 or 8(701)1234567.
LONG_NUMBER = re.compile(r"(?<!\d)(?:\+?\d[\s().\-–]{0,2}){9,18}\d(?!\d)")
DIGIT = re.compile(r"\d")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def mask(text: str) -> str:
    """`text` with every number of ten digits or more, and every e-mail address, made unreadable.

    Shorter numbers (an article of law, a year, a fee) stay, as the question is nothing without them.
    """
    text = text.replace("\0", "")  # which PostgreSQL's text cannot hold
    without_numbers = LONG_NUMBER.sub(lambda found: DIGIT.sub(MASK, found.group()), text)
    return ADDRESS.sub(MASK * 3, without_numbers)
