"""The text of messages: shortened, in pages, with a heading."""

from markupsafe import escape

TEXT_LIMIT = 4096  # characters of a message, counted by Telegram after its entities are read
PAGE_LIMIT = 3500  # characters of one page of ours, markup included
LABEL_LIMIT = 60  # characters of a button that still read well on a telephone


def shorten(text: str, limit: int = LABEL_LIMIT) -> str:
    """`text` in at most `limit` characters, cut at a word where it can be."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < limit // 2 else cut).rstrip(" ,.;:–-") + "…"


def pages(lines: list[str], limit: int = PAGE_LIMIT) -> list[str]:
    """The lines put together into pages of at most `limit` characters; at least one page, nothing lost.

    A line longer than that gets a page of its own; it still fits a message, as the schema bounds a sentence.
    """
    found: list[list[str]] = [[]]
    size = 0
    for line in lines:
        if found[-1] and size + len(line) + 1 > limit:
            found.append([])
            size = 0
        found[-1].append(line)
        size += len(line) + 1
    return ["\n".join(page) for page in found]


def heading(name: str) -> str:
    return f"<b>{escape(name)}</b>"
