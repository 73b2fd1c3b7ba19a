"""The blocks of a Markdown file, whose tables may be written in HTML."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from registry_data.reading.blocks import Block
from registry_data.reading.from_html import blocks_of_html

_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)


def blocks_of_markdown(text: str) -> list[Block]:
    """The paragraphs and tables, in order; numbers of lists in running text are left out."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    found: list[Block] = []
    for part, is_table in _parts(text):
        found += blocks_of_html(part if is_table else parser.render(part))
    return found


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its HTML tables, which Markdown would misread at every empty line."""
    start = depth = 0
    for tag in _TAG.finditer(text):
        if not tag[1]:
            if depth == 0:
                yield text[start : tag.start()], False
                start = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield text[start : tag.end()], True
                start = tag.end()
    yield text[start:], depth > 0
