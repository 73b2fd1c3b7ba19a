"""XML, scanned by us before any parser: UTF-8 alone, no document type, a limited number of elements; pure."""

import re
from typing import Final

_MARK: Final = "\ufeff".encode()
_DECLARED: Final = re.compile(rb"""\A<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.\-]{1,40})["']""")
_DECLARATION: Final = re.compile(rb"<!(?!--|\[CDATA\[)")
_UTF8: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_ATTRIBUTES_PER_ELEMENT: Final = 40  # far above what office programs write on average
_LONGEST_TAG: Final = re.compile(rb"<[^<>]{100001}")


class MarkupRefusedError(ValueError):
    """The reason is one of ours and holds nothing of the file."""


class MarkupTooLargeError(MarkupRefusedError):
    """More elements or attributes than allowed."""


def check_markup(part: bytes, most_elements: int) -> None:
    """Raises MarkupRefusedError.

    A document type is refused in every encoding because every other encoding is: of UTF-16 and UTF-32 half is
    zeros, EBCDIC and UTF-7 do not begin with "<", and a declared encoding must be UTF-8.
    """
    body = part.removeprefix(_MARK).lstrip(b" \t\r\n")
    if b"\0" in body or not body.startswith(b"<"):
        raise MarkupRefusedError("another encoding")
    declared = _DECLARED.match(body)
    if declared is not None and declared[1].lower() not in _UTF8:
        raise MarkupRefusedError("another encoding")
    if body.startswith(b"<?xml") and declared is None and b"encoding" in body[:300].partition(b"?>")[0]:
        raise MarkupRefusedError("another encoding")
    if _DECLARATION.search(body):
        raise MarkupRefusedError("a document type")
    if body.count(b"<") > 2 * most_elements or body.count(b"=") > _ATTRIBUTES_PER_ELEMENT * most_elements:
        raise MarkupTooLargeError("elements")
    if _LONGEST_TAG.search(body):
        raise MarkupTooLargeError("a tag")
    _check_signs(body)


def _check_signs(body: bytes) -> None:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MarkupRefusedError("another encoding") from error
