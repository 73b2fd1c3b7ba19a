"""Marks of what no photo, document or recording holds."""

import re
from typing import Final

# Of programs, old Office documents and archives, at the beginning of a part.
FOREIGN_BEGINNINGS: Final = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PK\x03\x04", b"{\\rt", b"#!", b"Rar!", b"7z\xbc\xaf", b"%PDF", b"\x1f\x8b", b"MSCF",
    b"L\x00\x00\x00\x01\x14\x02\x00", b"ITSF",
)  # fmt: skip
# Long enough that packed data does not hold them by chance.
_SCRIPTS: Final = re.compile(
    rb"<\?php|<\?=\s*[$`@(\"'a-z_]{3}|<script[\s>/]|<html[\s>]|<!doctype\s+html|<svg[\s>][^>]{0,300}on\w+=|<iframe[\s>]"
    rb"|<body[\s>][^>]{0,200}onload|javascript:|vbscript:|<%@\s*page|<%eval|powershell(?:\.exe)?\s+-|<jsp:|<hta:application",
    re.IGNORECASE,
)
# A note of a few signs in a picture is read by people alone: shorter marks count there.
_IN_NOTES: Final = re.compile(
    rb"<\?(?!xpacket|xml)|<%|eval\s*\(|base64_decode|system\s*\(|\$_(?:GET|POST|REQUEST)", re.IGNORECASE
)
_END_OF_ARCHIVE: Final = b"PK\x05\x06"
_WHERE_ARCHIVES_END: Final = 65_557


def holds_script(content: bytes) -> bool:
    return _SCRIPTS.search(content) is not None


def holds_script_in_note(note: bytes) -> bool:
    return holds_script(note) or _IN_NOTES.search(note) is not None


def ends_as_archive(content: bytes) -> bool:
    """A reader of archives starts at the end: there it finds one behind a picture or document."""
    return _END_OF_ARCHIVE in content[-_WHERE_ARCHIVES_END:] and b"PK\x01\x02" in content
