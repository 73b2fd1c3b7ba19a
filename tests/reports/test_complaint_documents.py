"""A citizen's documents open in Word and contain any typed text."""

from io import BytesIO

from docx import Document
from fontTools.ttLib import TTFont

from complaints.attachments.sniffing import FileKind, file_kind_of
from reports.documents.files import complaint_docx
from reports.documents.model import ComplaintDocument, DocumentPart
from reports.documents.pdf import complaint_pdf, complaint_text, fonts

TYPED = ("{{ 7 * 7 }}", "{% if %}", "<b>&amp;</b>", "a\x00b\x0bc", "\ud800", "\x7f", "😀\u200d", "\t")
NOT_IN_XML = str.maketrans("", "", "\x00\x0b\ud800\x7f")


def words_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_complaint_document_holds_address_title_values_and_parts():
    document = ComplaintDocument(
        title="Қолхат",
        address=("Астана қаласының әкімдігіне", "Айгүл Серіковадан"),
        values=(("Нөмірі", "2026-00000017"), ("Мерзімі", "26.03.2026")),
        parts=(
            DocumentPart(heading="Шағым", text="Бірінші жол\nЕкінші жол"),
            DocumentPart(heading="", text="Соңы"),
        ),
    )
    words = words_of(complaint_docx(document)).split("\n")
    assert words == [
        *("Астана қаласының әкімдігіне", "Айгүл Серіковадан", "Қолхат"),
        *("Шағым", "Бірінші жол", "Екінші жол", "Соңы"),
        *("Нөмірі", "2026-00000017", "Мерзімі", "26.03.2026"),
    ]


def test_any_text_makes_a_document():
    for typed in TYPED:
        document = ComplaintDocument(
            title=typed, values=((typed, typed),), parts=(DocumentPart(heading=typed, text=typed),)
        )
        content = complaint_docx(document)
        assert file_kind_of(content) is FileKind.DOCX, typed
        assert typed.translate(NOT_IN_XML) in words_of(content), typed
        assert "49" not in words_of(content)
        assert file_kind_of(complaint_pdf(document)) is FileKind.PDF, typed


KAZAKH = "ӘІҢҒҮҰҚӨҺ әіңғүұқөһ – «№» ₸"


def test_pdf_has_every_kazakh_letter_and_as_many_pages_as_the_text_needs():
    document = ComplaintDocument(title=KAZAKH, parts=(DocumentPart(heading="", text=f"{KAZAKH}\n" * 200),))
    content = complaint_pdf(document)
    assert content.count(b"/Type /Page\n") > 3
    font = TTFont(fonts() / "DejaVuSans.ttf")
    assert {ord(letter) for letter in KAZAKH} <= set(font.getBestCmap())


def test_text_to_copy_holds_the_same_words():
    document = ComplaintDocument(
        title="ШАҒЫМ",
        address=("Кімге: полиция",),
        values=(("Қызмет", "Куәлік"),),
        parts=(DocumentPart(heading="Мәтін", text="Бірінші\x00 жол"), DocumentPart(heading="", text="Соңы")),
    )
    text = "Кімге: полиция\n\nШАҒЫМ\n\nҚызмет: Куәлік\n\nМәтін\nБірінші жол\n\nСоңы"
    assert complaint_text(document) == text
