"""Files that acts come in: Markdown, HTML, Word; they come from strangers, so sizes are limited."""

import re
from pathlib import Path

from registry_data.reading.blocks import Block
from registry_data.reading.from_docx import blocks_of_docx
from registry_data.reading.from_html import blocks_of_html
from registry_data.reading.from_markdown import blocks_of_markdown
from registry_data.sheets.limits import check_size, reject

MARKDOWN = frozenset({".md", ".markdown", ".txt"})
HTML = frozenset({".html", ".htm", ".xhtml"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def read_blocks(path: Path) -> list[Block]:
    """The file's blocks. Raises FaultsError if it is too large, unreadable or of no known kind."""
    check_size(path)
    return blocks_of(path.name, path.read_bytes())


def blocks_of(name: str, content: bytes) -> list[Block]:
    """The same from a file's name and bytes."""
    suffix = Path(name).suffix.lower()
    if suffix == ".docx":
        return blocks_of_docx(name, content)
    if suffix not in MARKDOWN | HTML:
        raise reject(name, "neither Markdown (.md), HTML (.html) nor Word (.docx)")
    text = _decoded(name, content)
    if suffix in HTML or text.lstrip()[:15].casefold().startswith(("<!doctype html", "<html")):
        return blocks_of_html(text)
    return blocks_of_markdown(text)


def _decoded(file: str, content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "utf-8"):
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    raise reject(file, "this is no text in UTF-8, and names no encoding that can be read")
