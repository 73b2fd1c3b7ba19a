"""PDF: nothing before or behind it, nothing that runs, launches, loads or is attached; pure.

Readers find an object by its place, wherever that is: in what we take for a comment, a string or the data of
a stream. So names that run or load are looked for in every byte, and whatever unpacks to objects is read,
whatever its dictionary says. Names may be written with codes (/J#61vaScript). What cannot be read, because it
is encrypted or packed in a rare way, is refused.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from complaints.attachments.inspection.marks import ends_as_archive, holds_script

_LARGEST_OBJECTS: Final = 64 << 20  # bytes of all unpacked streams of objects
_CODED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream")
_LINE: Final = re.compile(rb"[^\r\n]{0,200}(?:\r\n?|\n)")  # readers pass over the rest of the word's line
_END: Final = rb"(?![A-Za-z0-9])"
# Long enough that packed data does not hold them by chance.
_FORBIDDEN: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia\w*|SubmitForm|ImportData|GoToR|GoToE|"
    rb"Rendition|Movie|Sound|Encrypt|AcroFormActions|URIAction|Collection)" + _END + rb"|/XFA\s*[\[\d<(%]"
)
_SHORT: Final = re.compile(rb"/(?:JS|XFA|3D|AA)" + _END)
_WITHIN_STREAM: Final = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_COMMANDS: Final = re.compile(rb"/(?:S|Type)\s*/(?:JavaScript|Launch)", re.IGNORECASE)
# A stream of objects begins with their numbers and places; a page may begin so, too.
_OBJECTS: Final = re.compile(rb"[\0-\x04]?\s*\d+\s+\d+[\s<\[(/]")
_PREDICTED: Final = re.compile(rb"[\0-\x04][\d\s]{4}")
_PACKS_OBJECTS: Final = re.compile(rb"/(?:ObjStm|XRef)" + _END)
_RARE_FILTERS: Final = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt)" + _END
)
_MOST_STREAMS: Final = 100_000
_BEGINNING: Final = 256


def is_harmless_pdf(content: bytes) -> bool:
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or ends_as_archive(content):
        return False
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\0 \t\r\n"):
        return False
    plain = _decoded(content)
    if holds_script(content) or _FORBIDDEN.search(plain) or _COMMANDS.search(plain):
        return False
    if _PACKS_OBJECTS.search(plain) and _RARE_FILTERS.search(plain):
        return False
    if sum(1 for _ in _STREAM.finditer(content)) > _MOST_STREAMS:
        return False
    outside = _WITHIN_STREAM.sub(b"stream endstream", content)
    return not _runs(outside) and not any(map(_runs, _packed_objects(content)))


def _runs(objects: bytes) -> bool:
    plain = _decoded(objects)
    return any(one.search(plain) for one in (_FORBIDDEN, _SHORT, _COMMANDS)) or holds_script(plain)


def _decoded(content: bytes) -> bytes:
    return _CODED.sub(lambda code: bytes([int(code[1], 16)]), content)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """What the streams unpack to where it may be objects; what is too much comes back as what is refused."""
    left = _LARGEST_OBJECTS
    for word in _STREAM.finditer(content):
        line = _LINE.match(content, word.end())
        for begin in {word.end(), line.end() if line else word.end()}:
            unpacked = _unpacked(content, begin, left)
            left -= len(unpacked)
            yield unpacked if left >= 0 else b"/Encrypt "


def _unpacked(content: bytes, begin: int, left: int) -> bytes:
    """The objects, empty where there are none; one that a predictor changed is refused."""
    try:
        machine = zlib.decompressobj()
        head = machine.decompress(content[begin : begin + 1_024], _BEGINNING)
        if _PREDICTED.match(head):
            return b"/Encrypt "
        if not _OBJECTS.match(head):
            return b""
        return zlib.decompressobj().decompress(memoryview(content)[begin:], left + 1)
    except zlib.error:
        return b""
