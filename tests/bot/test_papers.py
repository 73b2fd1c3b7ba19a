"""Papers open as Word documents and hold what was put in, whatever somebody typed."""

from io import BytesIO

import pytest
from docx import Document

from bot.papers.paper import Paper, Part, as_docx
from complaints.attachments.sniffing import FileKind, kind_of


def words_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def test_a_paper_holds_its_address_title_lines_and_parts():
    paper = Paper(
        title="Қолхат",
        address="Астана қаласының әкімдігіне",
        lines=(("Нөмірі", "2026-00000017"), ("Мерзімі", "26.03.2026")),
        parts=(Part(heading="Шағым", text="Бірінші жол\nЕкінші жол"), Part(heading="", text="Соңы")),
    )
    words = words_of(await as_docx(paper))
    for said in ("әкімдігіне", "Қолхат", "2026-00000017", "26.03.2026", "Екінші жол", "Соңы"):
        assert said in words


@pytest.mark.parametrize("typed", ["{{ 7 * 7 }}", "<b>&amp;</b>", "a\x00b\x0bc", "\ud800", "😀\u200d", "\t"])
async def test_whatever_was_typed_makes_a_paper(typed: str):
    paper = Paper(title=typed, lines=((typed, typed),), parts=(Part(heading=typed, text=typed),))
    content = await as_docx(paper)
    assert kind_of(content) is FileKind.DOCX
    assert typed.replace("\x00", "").replace("\x0b", "").replace("\ud800", "").strip() in words_of(content)
    assert "49" not in words_of(content)
