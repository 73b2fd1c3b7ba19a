"""A file's kind, by its content alone: its name and declared type are not trusted."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from complaints.attachments.inspection.pictures import JPEG, PNG, is_harmless_jpeg, is_harmless_png
from complaints.attachments.inspection.portable import is_harmless_pdf
from complaints.attachments.inspection.recording import is_harmless_voice
from complaints.attachments.inspection.word import is_harmless_docx
from kernel.errors import DomainError
from kernel.untrusted.child import ParserFailedError, ParserLimits, parsed_in_child

LARGEST_BYTES = 20 * 1024 * 1024  # also the Bot API's download limit
PARSER: Final = "complaints.attachments.sniffing:inspect"
_LIMITS: Final = ParserLimits(memory=512, seconds=8, wait_s=30, output=1)
_PDF_HEADER_WITHIN_BYTES = 1024


class FileKind(StrEnum):
    """Accepted kinds; the value is the file extension."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"
    DOCX = "docx"
    VOICE = "ogg"


class FileRejectedError(DomainError):
    """The file is not a photo, PDF, DOCX or voice message."""

    code = "file_kind"


class FileHarmfulError(FileRejectedError):
    """It says it is one, and holds what runs, loads or hides."""

    code = "file_harmful"


class NotFetchedError(DomainError):
    """Telegram did not deliver the file: the person sends it again."""

    code = "file_fetch"


class FileTooLargeError(DomainError):
    code = "file_size"


class EmptyFileError(DomainError):
    code = "file_empty"


_HARMLESS: Final[dict[FileKind, Callable[[bytes], bool]]] = {
    FileKind.JPEG: is_harmless_jpeg,
    FileKind.PNG: is_harmless_png,
    FileKind.PDF: is_harmless_pdf,
    FileKind.DOCX: is_harmless_docx,
    FileKind.VOICE: is_harmless_voice,
}


async def inspected_kind(content: bytes) -> FileKind:
    """What `file_kind_of` tells, found out in a child process; call it outside any transaction.

    Raises FileRejectedError, FileTooLargeError or EmptyFileError.
    """
    _check_length(content)
    try:
        told = await parsed_in_child(PARSER, content, _LIMITS)
    except ParserFailedError as error:
        raise FileHarmfulError from error
    if "kind" not in told:
        raise FileHarmfulError if told.get("fault") == FileHarmfulError.code else FileRejectedError
    return FileKind(told["kind"])


def inspect(content: bytes) -> dict[str, str]:
    """The child's part."""
    try:
        return {"kind": file_kind_of(content).value}
    except DomainError as error:
        return {"fault": error.code}


def file_kind_of(content: bytes) -> FileKind:
    """The kind of `content`. Raises FileRejectedError, FileTooLargeError or EmptyFileError."""
    _check_length(content)
    kind = _told_kind(content)
    if not _HARMLESS[kind](content):
        raise FileHarmfulError
    return kind


def _told_kind(content: bytes) -> FileKind:
    """The kind its first bytes tell."""
    if content.startswith(JPEG):
        return FileKind.JPEG
    if content.startswith(PNG):
        return FileKind.PNG
    if content.startswith(b"OggS"):
        return FileKind.VOICE
    if content.startswith(b"PK\x03\x04"):
        return FileKind.DOCX
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN_BYTES]:
        return FileKind.PDF
    raise FileRejectedError


def _check_length(content: bytes) -> None:
    if not content:
        raise EmptyFileError
    if len(content) > LARGEST_BYTES:
        raise FileTooLargeError
