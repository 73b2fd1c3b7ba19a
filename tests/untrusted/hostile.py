"""Files that took a bot down, and parts to make more of them."""

import struct
import zipfile
from io import BytesIO

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORKBOOK = b"<workbook/>"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 10}">' for n in range(9))
BILLION = f'<?xml version="1.0" encoding="{{}}"?><!DOCTYPE a [{ENTITIES}]><worksheet>&e8;</worksheet>'


def packed(parts: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def workbook(**parts: bytes) -> bytes:
    """An XLSX file of these parts below xl/; a dot in a name is written __, a slash ___."""
    named = {f"xl/{name.replace('___', '/').replace('__', '.')}": content for name, content in parts.items()}
    return packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": WORKBOOK, **named})


def entities_in(encoding: str) -> bytes:
    return workbook(worksheets___sheet1__xml=BILLION.format(encoding).encode(encoding))


def million_styles() -> bytes:
    return workbook(styles__xml=b"<styleSheet><cellXfs>" + b"<xf/>" * 1_000_000 + b"</cellXfs></styleSheet>")


def many_entries(count: int) -> bytes:
    """A directory of `count` entries that are all the same empty part."""
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, len(local), 0
    )
    return local + entry * count + end


def many_rows(count: int = 400_000) -> bytes:
    """A sheet whose rows say nothing, small when packed."""
    rows = b"<row><c t='n'><v>1</v></c></row>" * count
    return workbook(worksheets___sheet1__xml=b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
