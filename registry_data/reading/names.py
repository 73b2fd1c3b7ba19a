"""A service's name, from the caption of its table, a row, or the heading above it."""

import re
from collections.abc import Iterable, Iterator

from registry_data.reading.clauses import plain, tidy
from registry_data.reading.labels import Requirement, field_of
from registry_data.reading.letters import aligned
from registry_data.reading.tables import RequirementTable

LONGEST = 1500
_TITLE = re.compile(
    r"стандарт|перечень основных требований|негізгі талаптар|тізбе|наименование государственн"
    r"|мемлекеттік (көрсетілетін )?қызмет\w* атауы"
)
_LEADING = re.compile(
    r"^(\d+\.\s*)?(наименование государственной услуги|мемлекеттік (көрсетілетін )?қызмет(тің)?( к"
    r"өрсетудің)? атауы|стандарт (оказания )?государственной услуги"
    r"|перечень основных требований к оказанию государственной услуги|мемлекеттік көрсетілетін қыз"
    r"мет стандарты|государственной услуги)\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s*[-–—]?\s*(мемлекеттік (көрсетілетін )?қызметі?(тің|ті)?( көрсету(ге|дің)?)?( қойылатын)?("
    r" мемлекеттік қызмет)?( стандарты|.{0,20} негізгі талаптар\w*( тізбесі)?|.{0,30} атауы)"
    r"|көрсетуге қойылатын негізгі талаптардың тізбесі|стандарты)\s*\.?$",
    re.IGNORECASE,
)
_DATIVE = re.compile(r"^(по|на) ", re.IGNORECASE)
_DEFINED = re.compile(r"\s*\((?:далее|бұдан әрі)[^()]*\)", re.IGNORECASE)


def name_of(table: RequirementTable) -> str:
    """The service's name in the table's language; empty where none is certain."""
    row = table.row(Requirement.NAME)
    if row is not None and row.lines:
        return _named(" ".join(row.lines)) or tidy(" ".join(row.lines))
    for text in _candidates(table):
        if (name := _named(text)) or (name := _bare(text)):
            return name
    return ""


def subtypes_of(table: RequirementTable) -> tuple[str, ...]:
    """The subtypes a caption or row lists, without their heading."""
    row = table.row(Requirement.SUBTYPE)
    if row is not None:
        return tuple(tidy(line) for line in row.lines if tidy(line))
    start = next(
        (at for at, line in enumerate(table.captions) if field_of(line) is Requirement.SUBTYPE), None
    )
    return tuple(tidy(line) for line in table.captions[start + 1 :]) if start is not None else ()


def _candidates(table: RequirementTable) -> Iterator[str]:
    captions = list(table.captions)
    start = next(
        (at for at, line in enumerate(captions) if field_of(line) is Requirement.SUBTYPE), len(captions)
    )
    if start:
        yield " ".join(captions[:start])
    yield from (one.text for one in reversed(table.above) if one.heading and _TITLE.search(aligned(one.text)))
    yield from (
        one.text
        for one in reversed(table.above)
        if _TITLE.search(aligned(one.text)) and "сноска" not in aligned(one.text)
    )
    yield from _annex(one.text for one in table.above)


def _annex(lines: Iterable[str]) -> Iterator[str]:
    """The annex's head over the table, which names the rules and in quotes the service."""
    text = " ".join(line for line in lines if not re.match(r"(сноска|ескерту|форма|нысан)", aligned(line)))
    if "«" in text and re.search(r"государственн\w+ услуг|мемлекеттік", aligned(text)):
        yield text[text.rfind("риложение") if "риложение" in text else 0 :]


def _named(text: str) -> str:
    """What stands in the outer quotes."""
    start = text.find("«")
    if start < 0:
        return ""
    depth = 0
    for place in range(start, len(text)):
        depth += {"«": 1, "»": -1}.get(text[place], 0)
        if depth == 0:
            return _usable(text[start + 1 : place])
    end = text.rfind("»")
    return _usable(text[start + 1 : end] if end > start else text[start + 1 :])


def _usable(name: str) -> str:
    return name.strip(" .,") if 8 <= len(name) <= LONGEST else ""


def _bare(text: str) -> str:
    """A name without quotes, unless it is in another case than a name is."""
    if text.count('"') >= 2:
        first, last = text.index('"'), text.rindex('"')
        return _usable(text[first + 1 : last])
    bare = plain(_TRAILING.sub("", _LEADING.sub("", _DEFINED.sub("", text))))
    if _DATIVE.match(bare) or _TITLE.search(aligned(bare)):
        return ""
    return _usable(bare)
