"""A file's kind, detected from its content alone: its name and declared type are not trusted."""

import zipfile
from enum import StrEnum
from io import BytesIO

from kernel.errors import DomainError

LARGEST_BYTES = 20 * 1024 * 1024  # also the Bot API's download limit
MOST_FILES = 10
_LARGEST_UNPACKED_BYTES = 100 * 1024 * 1024
_LARGEST_RATIO = 200  # decompression ratio; office documents stay far below it
_MOST_PARTS = 2_000
_RATIO_MATTERS_FROM_BYTES = 1024 * 1024
_PDF_HEADER_WITHIN_BYTES = 1024
_OGG_HEAD_BYTES = 512
_WANTED_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})


class FileKind(StrEnum):
    """Accepted kinds; the value is the file extension."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"
    DOCX = "docx"
    VOICE = "ogg"


class FileRejectedError(DomainError):
    """The file is not a photo, PDF, DOCX or voice message, or it is malicious."""

    code = "file_kind"


class NotFetchedError(DomainError):
    """Telegram did not deliver the file: the person sends it again."""

    code = "file_fetch"


class FileTooLargeError(DomainError):
    code = "file_size"


class EmptyFileError(DomainError):
    code = "file_empty"


def file_kind_of(content: bytes) -> FileKind:
    """The kind of `content`. Raises FileRejectedError, FileTooLargeError or EmptyFileError."""
    if not content:
        raise EmptyFileError
    if len(content) > LARGEST_BYTES:
        raise FileTooLargeError
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN_BYTES]:
        return FileKind.PDF
    if content.startswith(b"OggS") and _is_sound(content[:_OGG_HEAD_BYTES]):
        return FileKind.VOICE
    if content.startswith(b"PK\x03\x04") and _is_document(content):
        return FileKind.DOCX
    raise FileRejectedError


def _is_sound(head: bytes) -> bool:
    return b"OpusHead" in head or b"\x01vorbis" in head


def _is_document(content: bytes) -> bool:
    """Whether the archive is a Word document of sane unpacked size, without macros."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    names = {part.filename for part in parts}
    return (
        names >= _WANTED_PARTS
        and len(parts) <= _MOST_PARTS
        and not any(name.casefold().endswith("vbaproject.bin") for name in names)
        and sum(part.file_size for part in parts) <= _LARGEST_UNPACKED_BYTES
        and not any(map(_is_bomb, parts))
    )


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _RATIO_MATTERS_FROM_BYTES and part.file_size > part.compress_size * _LARGEST_RATIO
