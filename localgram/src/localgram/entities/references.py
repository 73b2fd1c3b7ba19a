"""Character references in Telegram's HTML: four by name, any by number; the semicolon is optional."""

import re

REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
LETTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LARGEST_CODE = 0x10FFFE
LONGEST = 9  # "&#" and what follows, without the semicolon


def decode(text: str) -> str:
    """The text with its references decoded; unknown ones stay unchanged."""
    return REFERENCE.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    if match[3]:
        return LETTERS.get(match[3], match[0])
    code = int(match[1], 16) if match[1] else int(match[2])
    known = 0 < code <= LARGEST_CODE and len(match[0].rstrip(";")) <= LONGEST
    return chr(code) if known else match[0]
