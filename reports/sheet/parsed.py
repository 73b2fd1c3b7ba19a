"""What a child process made of a spreadsheet. Pure, but for `parsed_sheet`."""

from dataclasses import dataclass
from typing import Any, Self

from kernel.untrusted.child import ParserFailedError, parsed_in_child
from reports.checks import Finding
from reports.sheet.parser import PARSER

MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class ParsedRow:
    number: int
    cells: tuple[tuple[Any, str], ...]  # (value, type)

    def cell(self, letter: str) -> tuple[Any, str]:
        place = ord(letter) - ord("A")
        return self.cells[place] if place < len(self.cells) else (None, "n")

    def text(self, letter: str) -> str:
        value, _ = self.cell(letter)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSheet:
    """The rows of the sheet with our mark; without it, the finding that says why."""

    title: str = ""
    rows: tuple[ParsedRow, ...] = ()
    finding: Finding | None = None

    @classmethod
    def of(cls, made: dict[str, Any]) -> Self:
        """From the parser's answer."""
        if "fault" in made:
            return cls(finding=Finding(code=str(made["fault"])))
        rows = (
            ParsedRow(number, tuple((value, str(kind)) for value, kind in row))
            for number, row in enumerate(made["rows"], start=1)
        )
        return cls(title=str(made["sheet"]), rows=tuple(rows))


async def parsed_sheet(content: bytes) -> ParsedSheet:
    """Parse an untrusted file in a child process, outside any transaction. Never raises."""
    if len(content) > MOST_BYTES:
        return too_large()
    try:
        return ParsedSheet.of(await parsed_in_child(PARSER, content))
    except ParserFailedError:
        return ParsedSheet(finding=Finding(code="file_unpacks"))


def too_large() -> ParsedSheet:
    return ParsedSheet(finding=Finding(code="file_large", data={"most_mb": MOST_BYTES // 1_000_000}))
