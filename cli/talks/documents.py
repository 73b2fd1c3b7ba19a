"""Files of a talk: small ones to send, and the words of those that the bot sends."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import PurePath

from cli.talks.script import SentKind

_PICTURE = bytes.fromhex(  # one grey pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
SAMPLES: Mapping[SentKind, tuple[str, str, bytes]] = {  # name, type, content
    SentKind.PHOTO: ("photo.png", "image/png", _PICTURE),
    SentKind.STICKER: ("sticker.webp", "image/webp", _PICTURE),
    SentKind.VOICE: ("voice.ogg", "audio/ogg", b"OggS\0\2" + bytes(20) + b"\x01\x0aOpusHead\x01\x01"),
    SentKind.DOCUMENT: ("document.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n"),
}
"""What is sent where the talk names no file that there is."""


def words_of(name: str, content: bytes) -> str:
    """The words of a file that the bot sent; of an unknown kind, whatever of it is text."""
    reader = _READERS.get(PurePath(name).suffix.lower())
    return reader(content) if reader else content.decode("utf-8", errors="ignore")


def _docx(content: bytes) -> str:
    from docx import Document  # noqa: PLC0415  few talks read a file

    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _xlsx(content: bytes) -> str:
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return "\n".join(" ".join(str(value) for value in row if value is not None) for row in rows)


def _ics(content: bytes) -> str:
    """Long lines are folded: the next one then begins with a space."""
    return content.decode("utf-8", errors="ignore").replace("\r\n ", "")


_READERS: Mapping[str, Callable[[bytes], str]] = {".docx": _docx, ".xlsx": _xlsx, ".ics": _ics}
