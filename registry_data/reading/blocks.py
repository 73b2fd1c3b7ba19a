"""An act's text as blocks: paragraphs and tables, whatever format it came in."""

from dataclasses import dataclass, field

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of running text; `heading` if the format marks it as one."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell's lines, without empty ones."""

    lines: Lines
    rowspan: int = 1

    @property
    def text(self) -> str:
        return " ".join(self.lines)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    rows: tuple[Row, ...] = field(default=())


Block = TextLine | Table
