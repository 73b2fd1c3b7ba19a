"""DOCX: an archive of known parts, without macros, embedded files and what loads; pure."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final

from complaints.attachments.inspection.marks import FOREIGN_BEGINNINGS, holds_script
from kernel.untrusted.archive import ArchiveLimits, ArchiveRefusedError, entries_of, unpacked
from kernel.untrusted.markup import MarkupRefusedError, check_markup

LIMITS: Final = ArchiveLimits(entries=2_000, unpacked=100 << 20)
_MOST_ELEMENTS: Final = 500_000  # of one part: a thousand pages
_WANTED: Final = frozenset({"[Content_Types].xml", "word/document.xml"})
_MARKUP: Final = (".xml", ".rels", ".vml")
_PICTURES: Final[Mapping[str, Callable[[bytes], bool]]] = {
    ".png": lambda part: part.startswith(b"\x89PNG"),
    ".jpg": lambda part: part.startswith(b"\xff\xd8\xff"),
    ".jpeg": lambda part: part.startswith(b"\xff\xd8\xff"),
    ".jfif": lambda part: part.startswith(b"\xff\xd8\xff"),
    ".gif": lambda part: part.startswith(b"GIF8"),
    ".bmp": lambda part: part.startswith(b"BM"),
    ".tif": lambda part: part[:4] in {b"II*\0", b"MM\0*"},
    ".tiff": lambda part: part[:4] in {b"II*\0", b"MM\0*"},
    ".emf": lambda part: part[:4] == b"\1\0\0\0",
    ".wmf": lambda part: part[:4] in {b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0", b"\2\0\x09\0"},
    ".wdp": lambda part: part[:2] == b"II",
    ".webp": lambda part: part[:4] == b"RIFF",
    ".odttf": lambda part: not part.startswith(FOREIGN_BEGINNINGS),  # a font, its first bytes scrambled
    ".bin": lambda part: not part.startswith(FOREIGN_BEGINNINGS),  # a printer's settings, checked by name too
}
_PRINTER: Final = re.compile(r"word/printersettings/[\w.]+\.bin", re.IGNORECASE)
_FORBIDDEN_NAMES: Final = (
    "vbaproject",
    "vbadata",
    "activex",
    "embeddings/",
    "oleobject",
    "customui",
    "macrosheets",
    "afchunk",
)
_FORBIDDEN_TYPES: Final = re.compile(
    rb"macroenabled|vbaproject|vbadata|activex|oleobject|attachedtoolbars|ms-office\.intellisense|x-msdownload|"
    rb"application/hta|text/html|message/rfc822|application/x-|application/rtf|application/msword[\"']|octet-stream",
    re.IGNORECASE,
)
_FORBIDDEN_RELATIONS: Final = re.compile(
    rb"/(?:attachedtemplate|oleobject|package|afchunk|subdocument|control|activexcontrolbinary|vbaproject|wordvbadata|frame|"
    rb"externallink\w*|ui/extensibility|keymapcustomizations|mailmergesource|mailmergeheadersource|recipientdata|"
    rb"webextension\w*|attachedtoolbars|linkedmedia|media|video|audio)[\"']",
    re.IGNORECASE,
)
_EXTERNAL: Final = re.compile(rb"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_HYPERLINK: Final = re.compile(rb"Type\s*=\s*[\"'][^\"']{1,200}/hyperlink[\"']", re.IGNORECASE)
_TARGET: Final = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_WEB: Final = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_FIELD_PART: Final = re.compile(
    rb"<(?:[\w.\-]+:)?(?P<kind>instrText|delInstrText|fldChar)\b[^>]*>(?:(?P<text>[^<]*)<)?|\b(?:[\w.\-]+:)?instr\s*=\s*(?P<q>[\"'])(?P<simple>.*?)(?P=q)",
    re.DOTALL,
)
_FORBIDDEN_FIELDS: Final = re.compile(
    r"(?:^|[\s\"{])(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|MACROBUTTON|DATABASE|EMBED|HTMLCONTROL|"
    r"QUOTE|GOTOBUTTON|RD)(?=$|[\s\"\\{}])",
    re.IGNORECASE,
)


def is_harmless_docx(content: bytes) -> bool:
    try:
        entries = entries_of(content, LIMITS)
        names = {entry.name for entry in entries}
        return names >= _WANTED and all(
            is_harmless_part(entry.name, unpacked(content, entry, LIMITS)) for entry in entries
        )
    except (ArchiveRefusedError, MarkupRefusedError):
        return False


def is_harmless_part(name: str, part: bytes) -> bool:
    """Raises MarkupRefusedError."""
    low = name.casefold()
    if low.endswith("/"):
        return not part
    if any(mark in low for mark in _FORBIDDEN_NAMES):
        return False
    if not low.endswith(_MARKUP):
        return _is_picture(low, part)
    check_markup(part, _MOST_ELEMENTS)
    if low == "[content_types].xml":
        return not _FORBIDDEN_TYPES.search(part)
    if low.endswith(".rels"):
        return all(map(_is_harmless_relation, part.split(b"<")))
    return not _loads(part) and not holds_script(part)


def _is_picture(name: str, part: bytes) -> bool:
    ending = name[name.rfind(".") :]
    if ending == ".bin" and not _PRINTER.fullmatch(name):
        return False
    return ending in _PICTURES and _PICTURES[ending](part)


def _is_harmless_relation(relation: bytes) -> bool:
    if b"&#" in relation:  # nobody needs to write letters as numbers here
        return False
    if _FORBIDDEN_RELATIONS.search(relation):
        return False
    if not _EXTERNAL.search(relation):
        return True
    target = _TARGET.search(relation)
    address = unescape(target[1].decode("utf-8", "replace")).strip() if target else ""
    return bool(_HYPERLINK.search(relation)) and (not address or bool(_WEB.match(address)))


def _loads(part: bytes) -> bool:
    """Whether a field runs or loads; its name may be spread over several runs of text."""
    told: list[str] = []
    for found in _FIELD_PART.finditer(part):
        if found["simple"] is not None:
            told.append("\n" + found["simple"].decode("utf-8", "replace") + "\n")
        elif found["kind"] == b"fldChar":
            told.append("\n" if b"begin" in found[0] or b"end" in found[0] else "")
        else:
            told.append((found["text"] or b"").decode("utf-8", "replace"))
    fields = unescape("".join(told))
    return any(_FORBIDDEN_FIELDS.search(field.strip()) for field in fields.split("\n"))
