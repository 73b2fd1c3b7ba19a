"""Damage done to files: bytes, parts of archives, pieces of XML."""

import random
import struct
import zipfile
from io import BytesIO
from typing import Final

_EDGES: Final = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_MARKUP: Final = (
    b"<!DOCTYPE a>", b'<!ENTITY b "c">', b"&b;", b"&#0;", b"<![CDATA[", b"]]>", b"<!--", b"<?php ?>",
    b"<a", b"/>", b"<xf/>" * 200, b"<row>" * 50,
    b"\xff\xfe", b"\0", b'<c t="s"><v>9999999</v></c>', b'r="XFD1048576"',
    b'<?xml version="1.0" encoding="utf-16"?>', b"<w:instrText>DDE</w:instrText>", b'TargetMode="External"',
)  # fmt: skip
_OTHERS: Final = (
    b"%PDF-1.7", b"%%EOF", b"/JavaScript", b"stream\n", b"endstream", b"/ObjStm", b"PK\3\4", b"PK\5\6",
    b"PK\1\2", b"\xff\xd8\xff", b"\xff\xd9", b"\xff\xda", b"IEND", b"OggS\0", b"MZ", b"<script>",
)  # fmt: skip


def mutated(content: bytes, chance: random.Random) -> bytes:
    """One to four changes; of archives, mostly within their parts, so that the scan lets some through."""
    if content.startswith(b"PK") and chance.random() < 0.6:
        return _repacked(content, chance)
    return _changed(content, chance, (*_OTHERS, *_MARKUP))


def _repacked(content: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()[:50]]
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zipfile.LargeZipFile,
    ):
        return _changed(content, chance, _OTHERS)
    if not parts:
        return content
    place = chance.randrange(len(parts))
    name, part = parts[place]
    parts[place] = (name, _encoded(_changed(part, chance, _MARKUP), chance))
    if chance.random() < 0.1:
        parts.append(
            (
                chance.choice(["xl/styles.xml", "word/a.bin", "../a", "A.xml", "xl/worksheets/sheet9.xml"]),
                part,
            )
        )
    held = BytesIO()
    with zipfile.ZipFile(held, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        for told, body in parts:
            if told not in archive.namelist():
                archive.writestr(told, body)
    return held.getvalue()


def _encoded(part: bytes, chance: random.Random) -> bytes:
    """Now and then in another encoding."""
    if chance.random() > 0.03:
        return part
    return part.decode("utf-8", "replace").encode(
        chance.choice(["utf-16", "utf-32", "utf-7", "cp037"]), "replace"
    )


def _changed(content: bytes, chance: random.Random, pieces: tuple[bytes, ...]) -> bytes:
    body = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, end = sorted((chance.randint(0, len(body)), chance.randint(0, len(body))))
        match chance.randrange(7):
            case 0 if body:
                body[at % len(body)] ^= 1 << chance.randrange(8)
            case 1:
                del body[at : at + chance.randint(1, 40)]
            case 2:
                body[at:at] = chance.choice(pieces)
            case 3:
                body[at:at] = body[at : min(end, at + 2_000)]
            case 4:
                body[at : at + 4] = struct.pack(chance.choice(["<L", ">L"]), chance.choice(_EDGES))
            case 5:
                del body[at:]
            case _:
                body[at : at + 8] = chance.randbytes(8)
    return bytes(body)
