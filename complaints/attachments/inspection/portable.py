"""PDF: nothing before or behind it, nothing that runs, launches, loads or is attached; pure.

Names may be written with codes (/J#61vaScript) and objects packed into streams; both are read here. What
cannot be read, because it is encrypted or packed in a rare way, is refused.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from complaints.attachments.inspection.marks import ends_as_archive, holds_script

_LARGEST_OBJECTS: Final = 64 << 20  # bytes of all unpacked streams of objects
_CODED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"stream\r?\n")
_OBJECTS: Final = re.compile(rb"/Type\s*/ObjStm\b")
_FILTER: Final = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,200}\]|/[A-Za-z0-9]+)")
_PLAIN_FILTERS: Final = frozenset({b"/FlateDecode", b"/Fl"})
_FORBIDDEN: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|FileAttachment|RichMedia\w*|XFA|SubmitForm|ImportData|GoToR|GoToE|"
    rb"Rendition|Movie|Sound|Screen|3D|AA|Encrypt|AcroFormActions|URIAction|Collection)(?![A-Za-z0-9])"
)
_WITHIN_STREAM: Final = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_COMMANDS: Final = re.compile(rb"/(?:S|Type)\s*/(?:JavaScript|Launch)", re.IGNORECASE)


def is_harmless_pdf(content: bytes) -> bool:
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or ends_as_archive(content):
        return False
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\0 \t\r\n"):
        return False
    return not holds_script(content) and all(not _runs(part) for part in _objects(content))


def _runs(objects: bytes) -> bool:
    plain = _CODED.sub(lambda code: bytes([int(code[1], 16)]), objects)
    return _FORBIDDEN.search(plain) is not None or _COMMANDS.search(plain) is not None or holds_script(plain)


def _objects(content: bytes) -> Iterator[bytes]:
    """What is written outside streams, and the objects packed into some of them."""
    yield _WITHIN_STREAM.sub(b"stream endstream", content)
    left = _LARGEST_OBJECTS
    for start in _STREAM.finditer(content):
        head = _CODED.sub(lambda code: bytes([int(code[1], 16)]), _dictionary_before(content, start.start()))
        if _OBJECTS.search(head):
            unpacked = _unpacked(head, content, start.end(), left)
            left -= len(unpacked)
            yield unpacked


def _dictionary_before(content: bytes, at: int) -> bytes:
    begin = max(content.rfind(b"endobj", 0, at), content.rfind(b" obj", 0, at), at - 4096)
    return content[begin:at]


def _unpacked(head: bytes, content: bytes, at: int, left: int) -> bytes:
    """The stream's objects; what cannot be read comes back as what is refused."""
    told = _FILTER.search(head)
    if told is None:
        return content[at : content.find(b"endstream", at)]
    filters = re.findall(rb"/\w+", told[1])
    if len(filters) != 1 or filters[0] not in _PLAIN_FILTERS or b"/Predictor" in head:
        return b"/Encrypt "
    try:
        machine = zlib.decompressobj()
        unpacked = machine.decompress(content[at : content.find(b"endstream", at)], left + 1)
    except zlib.error:
        return b"/Encrypt "
    return unpacked if len(unpacked) <= left else b"/Encrypt "
