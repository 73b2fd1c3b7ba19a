"""Reject hostile spreadsheets before reading any content."""

import zipfile
import zlib
from io import BytesIO

from registry_data.sheets.limits import MAX_PARTS, MAX_UNPACKED_BYTES
from reports.checks import Finding

MOST_BYTES = 5_000_000
_MACROS = ("vbaproject", "vbadata", "macrosheets", "activex", "customui")
_EXTERNAL = ("externallinks", "connections.xml", "querytables", "embeddings", "oleobject", "webextensions")
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_CHUNK = 1 << 16


def rejection_of(content: bytes) -> Finding | None:
    """Why the file must not be opened; None if it is safe."""
    if len(content) > MOST_BYTES:
        return Finding(code="file_large", data={"most_mb": MOST_BYTES // 1_000_000})
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _of_archive(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, EOFError, OSError):
        return Finding(code="file_no_sheet")


def _of_archive(archive: zipfile.ZipFile) -> Finding | None:
    parts = archive.infolist()
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        return Finding(code="file_unpacks")
    if not {part.filename for part in parts} >= _NEEDED:
        return Finding(code="file_no_sheet")
    if any(mark in name for name in names for mark in _MACROS):
        return Finding(code="file_macros")
    if any(mark in name for name in names for mark in _EXTERNAL):
        return Finding(code="file_external")
    left = MAX_UNPACKED_BYTES
    for part in parts:
        left, finding = _of_part(archive, part, left)
        if finding is not None:
            return finding
    return None


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> tuple[int, Finding | None]:
    """The part's actual unpacked size, regardless of what the archive declares; and reject a DOCTYPE."""
    tail = b""
    is_relation = part.filename.casefold().endswith(".rels")
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                return left, Finding(code="file_unpacks")
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                return left, Finding(code="file_no_sheet")
            if is_relation and b'TargetMode="External"' in text.replace(b"'", b'"'):
                return left, Finding(code="file_external")
            if b"macroEnabled" in text and part.filename == "[Content_Types].xml":
                return left, Finding(code="file_macros")
            tail = chunk[-64:]
    return left, None
