"""JPEG and PNG, walked from beginning to end; pure."""

import re
import zlib
from typing import Final

from complaints.attachments.inspection.marks import ends_as_archive, holds_script, holds_script_in_note

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS: Final = 200_000_000
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_NOTES: Final = frozenset({*range(0xE0, 0xF0), 0xFE})
_LONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_PROFILE: Final = 0xE2  # colour profiles are numbers
_MARK: Final = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])")
_SCAN, _END, _START = 0xDA, 0xD9, 0xD8
_PACKED_CHUNKS: Final = frozenset({b"IDAT", b"fdAT", b"iCCP", b"zTXt"})


def is_harmless_jpeg(content: bytes) -> bool:
    if holds_script(content) or ends_as_archive(content):
        return False
    at = 0
    for _ in range(16):  # phones put small pictures of the same photo behind it
        end = _end_of_jpeg(content, at)
        if end is None:
            return False
        rest = content[end:]
        if not rest.strip(b"\0\xff \r\n"):
            return True
        if _is_trailer_of_phone(rest):
            return True
        at = end + len(rest) - len(rest.lstrip(b"\0"))
        if content[at : at + 3] != JPEG:
            return False
    return False


def _is_trailer_of_phone(rest: bytes) -> bool:
    """Samsung's table of what the camera knew, and the film of a moving photo."""
    return rest.endswith(b"SEFT") or rest[4:8] == b"ftyp"


def _end_of_jpeg(content: bytes, at: int) -> int | None:
    """Behind the picture that begins at `at`; None for what is none."""
    at += 2
    seen = False
    while content[at : at + 1] == b"\xff":
        kind = content[at + 1 : at + 2]
        if kind == b"\xff":
            at += 1
            continue
        if not kind or kind[0] == _START:
            return None
        if kind[0] == _END:
            return at + 2 if seen else None
        if kind[0] in _LONE:
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4])
        body = content[at + 4 : at + 2 + length]
        if length < 2 or len(body) != length - 2 or not _is_segment_harmless(kind[0], body):
            return None
        seen = seen or kind[0] in _FRAMES
        at += 2 + length
        if kind[0] == _SCAN:
            at = _end_of_scan(content, at)
    return None


def _end_of_scan(content: bytes, at: int) -> int:
    """The next mark that is neither part of the picture's data nor a restart within it."""
    found = _MARK.search(content, at)
    return found.start() if found else len(content)


def _is_segment_harmless(kind: int, body: bytes) -> bool:
    if kind in _FRAMES:
        height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
        return 0 < width * height <= _MOST_PIXELS
    if kind in _NOTES and kind != _PROFILE:
        return not holds_script_in_note(body)
    return True


def is_harmless_png(content: bytes) -> bool:
    if holds_script(content) or ends_as_archive(content):
        return False
    at, count = len(PNG), 0
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(body) != length or zlib.crc32(kind + body).to_bytes(4) != check:
            return False
        if not _is_chunk_harmless(kind, body, is_first=count == 0):
            return False
        at, count = at + 12 + length, count + 1
        if kind == b"IEND":
            return not content[at:].strip(b"\0\r\n ")
    return False


def _is_chunk_harmless(kind: bytes, body: bytes, *, is_first: bool) -> bool:
    if is_first != (kind == b"IHDR") or not kind.isalpha():
        return False
    if is_first:
        width, height = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
        return len(body) == 13 and 0 < width * height <= _MOST_PIXELS
    if kind == b"zTXt":
        return not holds_script_in_note(_unpacked_note(body))
    return kind in _PACKED_CHUNKS or not holds_script_in_note(body)


def _unpacked_note(body: bytes) -> bytes:
    _, _, packed = body.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(packed[1:], 1 << 20)
    except zlib.error:
        return b"<?"  # not what it says it is
