"""A document before rendering: chapters, points, tables, plots, and blanks for the organisation's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTable:
    """Every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot as PNG; `title` says what it shows."""

    title: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPoint:
    """`own`: the organisation adds its own words here."""

    title: str
    lines: tuple[str, ...] = ()
    table: DocumentTable | None = None
    pictures: tuple[Plot, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChapter:
    title: str
    basis: str
    points: tuple[DocumentPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """`lines` are (label, value) under the title; `own_words` is the placeholder for text still to be
    written, `blank` the one for a figure that only the organisation knows.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    chapters: tuple[DocumentChapter, ...]
    own_words: str
    language: str
    signatures: tuple[str, ...] = ()
    blank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSheet:
    """Labels and values: a memo, a list of requirements. An empty value is marked as missing."""

    title: str
    subtitle: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPart:
    """Lines under a heading, which may be empty."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDocument:
    """A complaint to sign or its receipt, in plain text. `address`: the lines at the top right."""

    title: str
    address: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()  # (label, value)
    parts: tuple[DocumentPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialLetter:
    """A letter of an organisation, to sign. `marks`: its number and day, and what it answers."""

    sender: str
    marks: tuple[str, ...]
    address: tuple[str, ...]
    title: str
    parts: tuple[DocumentPart, ...]
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalReceipt:
    """The State Corporation's receipt of refusal to accept papers, as its act prints it, blanks included."""

    form_mark: str
    to: str
    to_hint: str
    address: str
    address_hint: str
    title: str
    body: str
    missing_head: str
    missing: tuple[str, ...]
    end: str
    copies: str
    signatures: tuple[str, ...]
