"""Combine an act's outline with what is known about its points into a document. Pure."""

from collections.abc import Mapping

from kernel.language import Language
from registry_data.acts import Act
from registry_data.citation import Citation, point_in_language
from registry_data.document_texts import load_document_texts
from registry_data.outlines import Outline
from reports.documents.model import DocumentChapter, DocumentPoint, ReportDocument

Known = Mapping[str, DocumentPoint]


def document_of(
    outline: Outline, known: Known, lines: tuple[tuple[str, str], ...], language: Language,
    acts: Mapping[str, Act],
) -> ReportDocument:  # fmt: skip
    """Points without content are left for the organisation's own words."""
    texts = load_document_texts("paper", language)
    chapters = tuple(
        DocumentChapter(
            title=chapter.titles.in_language(language),
            basis=basis(chapter.citation, language, acts),
            points=tuple(
                _point(known.get(point.key), point.titles.in_language(language)) for point in chapter.points
            ),
        )
        for chapter in outline.chapters
    )
    return ReportDocument(
        title=outline.titles.in_language(language),
        lines=lines,
        chapters=chapters,
        own_words=texts("own_words"),
        language=language.value,
        blank=texts("blank"),
    )


def basis(citation: Citation, language: Language, acts: Mapping[str, Act]) -> str:
    """The citation as written in that language: the act's number and the point."""
    act = acts.get(citation.act)
    number = act.number if act is not None else citation.act
    return f"{number}, {point_in_language(citation.point, language)}"


def _point(known: DocumentPoint | None, title: str) -> DocumentPoint:
    if known is None:
        return DocumentPoint(title=title)
    return DocumentPoint(
        title=title, lines=known.lines, table=known.table, pictures=known.pictures, own=known.own
    )
