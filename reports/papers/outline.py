"""An outline of an act and what is known for its points, put together into a paper; pure."""

from collections.abc import Mapping

from registry_data.acts import Act
from registry_data.citation import Citation, point_in_language
from registry_data.outlines import Outline
from registry_data.paper_words import load_words
from registry_data.schema import Language
from reports.papers.model import Chapter, Paper, Point

Known = Mapping[str, Point]


def paper_of(
    outline: Outline, known: Known, lines: tuple[tuple[str, str], ...], language: Language,
    acts: Mapping[str, Act],
) -> Paper:  # fmt: skip
    """Points of which nothing is known are left for the organisation's own words."""
    words = load_words("paper", language)
    chapters = tuple(
        Chapter(
            title=chapter.titles.in_language(language),
            basis=basis(chapter.citation, language, acts),
            points=tuple(
                _point(known.get(point.key), point.titles.in_language(language)) for point in chapter.points
            ),
        )
        for chapter in outline.chapters
    )
    return Paper(
        title=outline.titles.in_language(language),
        lines=lines,
        chapters=chapters,
        own_words=words("own_words"),
        language=language.value,
    )


def basis(citation: Citation, language: Language, acts: Mapping[str, Act]) -> str:
    """The place as the language writes it: the act's number and the point."""
    act = acts.get(citation.act)
    number = act.number if act is not None else citation.act
    return f"{number}, {point_in_language(citation.point, language)}"


def _point(known: Point | None, title: str) -> Point:
    if known is None:
        return Point(title=title)
    return Point(title=title, lines=known.lines, table=known.table, pictures=known.pictures, own=known.own)
