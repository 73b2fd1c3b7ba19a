"""Small real files of each kind, and malicious ones."""

import zipfile
import zlib
from io import BytesIO

from docx import Document

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 32 + b"\xff\xd9"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
VOICE = b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead\x01\x01" + b"\x00" * 64


def png(width: int = 2, height: int = 2) -> bytes:
    """A picture that decoders accept."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    rows = zlib.compress((b"\x00" + b"\xff\x00\x00" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def docx(text: str = "құжат") -> bytes:
    document = Document()
    document.add_paragraph(text)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def archive(**parts: bytes) -> bytes:
    """A zip archive of the parts."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def bomb() -> bytes:
    """A Word document whose text decompresses to thirty megabytes."""
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\0" * 30_000_000})


def with_macros() -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}
    return archive(**parts)
