"""Small real files of each kind, and malicious ones."""

import zipfile
import zlib
from io import BytesIO

from docx import Document


def jpeg(*notes: bytes, behind: bytes = b"") -> bytes:
    """The segments of a picture of two by two, with notes of its camera."""

    def segment(kind: int, body: bytes) -> bytes:
        return bytes([0xFF, kind]) + (len(body) + 2).to_bytes(2) + body

    frame = b"\x08" + (2).to_bytes(2) * 2 + b"\x01\x01\x11\x00"
    told = b"".join(segment(0xFE, note) for note in notes)
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    head = segment(0xE0, b"JFIF\0\x01\x01" + b"\0" * 7)
    return b"\xff\xd8" + head + told + segment(0xC0, frame) + scan + b"\xff\xd9" + behind


def voice(head: bytes = b"OpusHead\x01\x01", body: bytes = b"\0" * 64) -> bytes:
    """Two pages of one segment each."""

    def page(held: bytes, number: int) -> bytes:
        return (
            b"OggS\0\2" + bytes(12) + number.to_bytes(4, "little") + bytes(4) + bytes([1, len(held)]) + held
        )

    return page(head, 0) + page(body, 1)


JPEG = jpeg()
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
VOICE = voice()


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
