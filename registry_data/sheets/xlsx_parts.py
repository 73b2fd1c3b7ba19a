"""Leave of a spreadsheet's archive only what tells its cells: styles, links and extensions are read past.

Spreadsheet programs write parts that openpyxl refuses (`<fill/>`, strange `extLst`, links); none of them says
anything about a card. Of the styles only the number formats stay, by which a date is told from a number.
"""

import re
import zipfile
from html import unescape
from io import BytesIO
from xml.sax.saxutils import quoteattr  # writes, parses nothing  # nosec B406

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z]+)[\s/>]")
_SHEET = re.compile(rb"(<(?:[\w.-]+:)?worksheet\b[^>]*>)")
_ROWS = re.compile(
    rb"<([\w.-]+:)?sheetData\s*/>|<([\w.-]+:)?sheetData\b.*</(?:[\w.-]+:)?sheetData\s*>", re.DOTALL
)
_PASSED = re.compile(
    rb"<(?P<tag>(?:[\w.-]+:)?(?:extLst|definedNames|externalReferences|customWorkbookViews|fileRecoveryPr|bookViews"
    rb"|calcPr|webPublishing|AlternateContent))\b(?:[^>]*/>|.*?</(?P=tag)\s*>)",
    re.DOTALL,
)
_FORMAT = re.compile(r"<(?:[\w.-]+:)?numFmt\s([^>]*?)/?>")
_CELL_STYLES = re.compile(r"<(?:[\w.-]+:)?cellXfs\b.*?</(?:[\w.-]+:)?cellXfs\s*>", re.DOTALL)
_CELL_STYLE = re.compile(r"<(?:[\w.-]+:)?xf\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_KEPT = {b"Types", b"Relationships", b"sst"}


def only_cells(content: BytesIO) -> BytesIO:
    """The archive with its cells alone. Raises what zipfile raises for a damaged one."""
    cleaned = BytesIO()
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(cleaned, "w") as kept:
        for part in archive.infolist():
            if part.filename.startswith("xl/worksheets/_rels/"):
                continue
            body = _cleaned(archive.read(part))
            if body is not None:
                kept.writestr(part.filename, body)
    cleaned.seek(0)
    return cleaned


def _cleaned(body: bytes) -> bytes | None:
    """The part as far as it matters; None if it does not."""
    start = re.sub(rb"<[?!].*?>", b"", body[:4000], flags=re.DOTALL)
    found = _ROOT.search(start)
    match found[1] if found else b"":
        case b"worksheet":
            return _rows_of(body)
        case b"styleSheet":
            return _formats_of(body.decode("utf-8", "replace"))
        case b"workbook":
            return _PASSED.sub(b"", body)
        case root:
            return body if root in _KEPT else None


def _rows_of(body: bytes) -> bytes:
    sheet, rows = _SHEET.search(body), _ROWS.search(body)
    if sheet is None or rows is None:
        return body
    name = re.match(rb"<([\w.:-]+)", sheet[1])
    return sheet[1] + rows[0] + (b"</" + name[1] + b">" if name else b"")


def _formats_of(styles: str) -> bytes:
    """A stylesheet in which every cell style is nothing but its number format."""
    formats = [_attributes(found[1]) for found in _FORMAT.finditer(styles)]
    listed = "".join(
        f"<numFmt numFmtId={quoteattr(one['numFmtId'])} formatCode={quoteattr(one['formatCode'])}/>"
        for one in formats
        if one.get("numFmtId", "").isdigit() and "formatCode" in one
    )
    listed = f"<numFmts>{listed}</numFmts>" if listed else ""
    cells = _CELL_STYLES.search(styles)
    numbers = (
        [_attributes(found[1]).get("numFmtId", "0") for found in _CELL_STYLE.finditer(cells[0])]
        if cells
        else []
    )
    used = [number if number.isdigit() else "0" for number in numbers] or ["0"]
    xfs = "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for number in used)
    return (
        f'<styleSheet xmlns="{_MAIN}">{listed}<fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"<cellXfs>{xfs}</cellXfs></styleSheet>"
    ).encode()


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].rpartition(":")[2]: unescape(found[2] or found[3] or "")
        for found in _ATTRIBUTE.finditer(text)
    }
