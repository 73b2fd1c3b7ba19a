"""Message text: shortening, paging, headings."""

from markupsafe import escape

TEXT_LIMIT = 4096  # characters of a message, counted by Telegram after parsing entities
PAGE_LIMIT = 3500  # characters of one page, markup included
LABEL_LIMIT = 60  # characters of a label that a phone shows legibly


def shorten(text: str, limit: int = LABEL_LIMIT) -> str:
    """`text` in at most `limit` characters, cut at a word boundary if possible."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < limit // 2 else cut).rstrip(" ,.;:–-") + "…"


def pages(lines: list[str], limit: int = PAGE_LIMIT) -> list[str]:
    """Group the lines into pages of at most `limit` characters; at least one page, nothing lost.

    A longer line gets a page of its own and still fits a message, as the schema limits sentences.
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
