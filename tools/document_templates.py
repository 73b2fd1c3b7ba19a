"""Generate the document templates: `python -m tools.document_templates`.

Templates contain only docxtpl's tags: the texts come from bot/texts, registry_data/papers and the data.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).parents[1] / "reports" / "templates"
FONT, SIZE = "Times New Roman", Pt(12)
STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid"}
UNUSED_PARTS = {"stylesWithEffects", "thumbnail", "customXml", "numbering", "webSettings"}


def _blank() -> DocxDocument:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, SIZE
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(2)
    about = document.core_properties
    about.author, about.title, about.comments = "", "", ""
    _slim(document)
    return document


def _slim(document: DocxDocument) -> None:
    """Drop what python-docx's blank brings and our texts never use: every file opens and travels faster."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in STYLES:
            styles.remove(style)
    for related in (document.part, document.part.package):
        for key, relation in list(related.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED_PARTS:
                del related.rels[key]


def _say(document: DocxDocument, text: str, **style: object) -> Paragraph:
    """A paragraph; `style`: bold, italic, size, marked, centre, right, indent (cm)."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bool(style.get("bold")), bool(style.get("italic"))
    if "size" in style:
        run.font.size = Pt(float(str(style["size"])))
    if style.get("marked"):
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if style.get("centre"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if style.get("right"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if "indent" in style:
        paragraph.paragraph_format.left_indent = Cm(float(str(style["indent"])))
    return paragraph


def _figures(document: DocxDocument) -> None:
    """A table of any number of columns and rows."""
    table = document.add_table(rows=4, cols=3)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    head = ("{%tc for cell in point.head %}", "{{ cell }}", "{%tc endfor %}")
    body = ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    for row, texts in ((0, head), (2, body)):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(10), row == 0
    table.rows[1].cells[0].text = "{%tr for row in point.rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for row, tag in ((0, "w:tblHeader"), (0, "w:cantSplit"), (2, "w:cantSplit")):
        properties = table.rows[row]._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no name for it
        properties.append(OxmlElement(tag))


def report() -> DocxDocument:
    """A note or a report: chapters, points, tables, plots, and blanks for the organisation's own words."""
    document = _blank()
    _say(document, "{{ title }}", bold=True, size=14, centre=True)
    _say(document, "{%p for label, value in lines %}")
    _say(document, "{{ label }}: {{ value }}")
    _say(document, "{%p endfor %}")
    _say(document, "{%p for chapter in chapters %}")
    heading = _say(document, "{{ loop.index }}. {{ chapter.title }}", bold=True, size=13)
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.keep_with_next = True
    _say(document, "{{ chapter.basis }}", italic=True, size=9).paragraph_format.keep_with_next = True
    _say(document, "{%p for point in chapter.points %}")
    title = _say(document, "{{ loop.index }}) {{ point.title }}")
    title.paragraph_format.space_before = Pt(8)
    title.paragraph_format.keep_with_next = True
    _say(document, "{%p for line in point.lines %}")
    _say(document, "{{ line }}", indent=0.6)
    _say(document, "{%p endfor %}")
    _say(document, "{%p if point.rows %}")
    _figures(document)
    _say(document, "{%p endif %}")
    _say(document, "{%p for picture in point.pictures %}")
    caption = _say(document, "{{ picture.title }}", italic=True, size=10, centre=True)
    caption.paragraph_format.keep_with_next = True
    _say(document, "{{ picture.image }}", centre=True)
    _say(document, "{%p endfor %}")
    _say(document, "{%p if point.own %}")
    _say(document, "{{ own_words }}", marked=True)
    _say(document, "{%p endif %}")
    _say(document, "{%p endfor %}")
    _say(document, "{%p endfor %}")
    _say(document, "{%p for line in signatures %}")
    _say(document, "{{ line }}").paragraph_format.keep_with_next = True
    _say(document, "{%p endfor %}")
    return document


def sheet() -> DocxDocument:
    """A memo or a list: labels on the left, values on the right."""
    document = _blank()
    _say(document, "{{ title }}", bold=True, size=14, centre=True)
    _say(document, "{{ subtitle }}", bold=True, centre=True)
    table = document.add_table(rows=3, cols=2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    label, value = table.rows[1].cells
    label.paragraphs[0].add_run("{{ row.label }}").bold = True
    value.paragraphs[0].add_run("{%p for text in row.texts %}")
    value.add_paragraph("{{ text }}")
    value.add_paragraph("{%p endfor %}")
    value.add_paragraph("{%p if not row.texts %}")
    value.add_paragraph().add_run("{{ missing }}").font.highlight_color = WD_COLOR_INDEX.YELLOW
    value.add_paragraph("{%p endif %}")
    table.rows[2].cells[0].text = "{%tr endfor %}"
    _set_widths(table)
    _say(document, "{%p for note in notes %}")
    _say(document, "{{ note }}", italic=True, size=9)
    _say(document, "{%p endfor %}")
    return document


def receipt() -> DocxDocument:
    """The receipt of refusal to accept papers (Order 126, annex 3), as printed."""
    document = _blank()
    _say(document, "{{ receipt.form_mark }}", right=True)
    for name in ("to", "to_hint", "address", "address_hint"):
        _say(document, f"{{{{ receipt.{name} }}}}", right=True, size=9 if name.endswith("hint") else 12)
    _say(document, "{{ receipt.title }}", bold=True, size=14, centre=True)
    _say(document, "{{ receipt.body }}").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _say(document, "{{ receipt.missing_head }}")
    _say(document, "{%p for paper in receipt.missing %}")
    _say(document, "{{ loop.index }}) ☑ {{ paper }};", indent=1)
    _say(document, "{%p endfor %}")
    _say(document, "{{ receipt.end }}").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _say(document, "{{ receipt.copies }}")
    _say(document, "{%p for line in receipt.signatures %}")
    _say(document, "{{ line }}")
    _say(document, "{%p endfor %}")
    return document


def complaint() -> DocxDocument:
    """A complaint to sign or its receipt: addressee, title, labelled values, text under headings."""
    document = _blank()
    _say(document, "{%p for line in address %}")
    _say(document, "{{ line }}", indent=8.5)
    _say(document, "{%p endfor %}")
    _title(document, "{{ title }}", 14)
    _labelled_values(document)
    _text_parts(document)
    return document


def letter() -> DocxDocument:
    """An organisation's letter to sign: sender, number and day, addressee, title, text, signature line."""
    document = _blank()
    _say(document, "{{ sender }}", bold=True, centre=True)
    for name, style in (("marks", {}), ("address", {"indent": 8.5})):
        _say(document, f"{{%p for line in {name} %}}")
        _say(document, "{{ line }}", **style)
        _say(document, "{%p endfor %}")
    _title(document, "{{ title }}", 13)
    _text_parts(document)
    signature = _say(document, "{{ signature }}")
    signature.paragraph_format.space_before = Pt(28)
    return document


def _text_parts(document: DocxDocument) -> None:
    """Lines under headings, which may be empty."""
    _say(document, "{%p for part in parts %}")
    _say(document, "{%p if part.heading %}")
    _title(document, "{{ part.heading }}", 12)
    _say(document, "{%p endif %}")
    _say(document, "{%p for line in part.lines %}")
    _say(document, "{{ line }}")
    _say(document, "{%p endfor %}")
    _say(document, "{%p endfor %}")


def _title(document: DocxDocument, text: str, size: int) -> None:
    heading = _say(document, text, bold=True, size=size)
    heading.paragraph_format.space_before = Pt(10)
    heading.paragraph_format.keep_with_next = True


def _labelled_values(document: DocxDocument) -> None:
    """Label and value side by side, without borders."""
    _say(document, "{%p if values %}")
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for label, value in values %}"
    label, value = table.rows[1].cells
    label.paragraphs[0].add_run("{{ label }}").bold = True
    value.paragraphs[0].add_run("{{ value }}")
    table.rows[2].cells[0].text = "{%tr endfor %}"
    _set_widths(table)
    _say(document, "{%p endif %}")


def _set_widths(table: Table) -> None:
    table.autofit = False
    for column, width in zip(table.columns, (Cm(5.5), Cm(11)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for make in (report, sheet, receipt, complaint, letter):
        make().save(str(FOLDER / f"{make.__name__}.docx"))


if __name__ == "__main__":
    main()
