"""Documents and grounds for refusal: a cell's lines as items, under headings that say whom they are for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry_data.reading.clauses import is_heading, marker_of, sentences, starts_small, tidy
from registry_data.reading.letters import aligned

LONGEST = 1500
_CASE = re.compile(
    r"^(для |при |в случа|к услугодател|на портал|через |посредством |в государственн"
    r"|государственн\w+ корпораци|услугодател|на |по |к |портал|если |лиц|физическ"
    r"|юридическ|из числа|дополнительно)"
    r"|(үшін|кезінде|жағдайда|арқылы|порталға|порталда|корпорацияға|берушіге|бойынша"
    r"|жүгінген|болса|(лар|лер|дар|дер|тар|тер)(ға|ге|ына|іне)|тұлғалар\w*)$"
)
_NOTE = re.compile(
    r"^(срок действия |сведения .{0,400}(получа|подтвержда|предоставля|содерж|не требу)|истребовани"
    r"|услугодател\w+ .{0,80}получ|работник|сотрудник|при (приеме|сдаче|подаче) "
    r"(?!документов (через|посредством|на) [^–,]{0,80}$).{0,60}(документов|пакета)"
    r"|в случа\w+ (представления|предоставления|непредставления) .{0,60}(неполн|документов)"
    r"|документ\w* представля|документ\w* предъявля|представленные документы|при этом"
    r"|примечани"
    r"|электронн\w+ (формат|копи).{0,60}(размер|не превыш)|подтверждением принятия"
    r"|услугополучател\w+ (дает|предоставляет согласие|вправе|выда|письменно)|согласие "
    r"|форма предоставления|законами республики|при наличии (возможности|сведений)"
    r"|не допускается|документы, удостоверяющие .{0,200}получа|должностн\w+ лиц|по окончании"
    r"|в подтверждение|результат оказания"
    r"|перечень документов|для получения государственной услуги(?! (по|через|посредством) )"
    r"|документы, необходимые для"
    r"|услугополучател\w+ представля|для оказания государственной услуги)"
    r"|(мәліметтер\w*|мәліметін?|құжаттар\w*) .{0,500}(алады|алынады|ұсынылады|талап етілмейді)"
    r"|талап етуге (жол|болмайды)|жол берілмейді|қызметкер\w* .{0,200}(береді|алады"
    r"|салыстыр)"
    r"|бас тартады|қолхат|бұл ретте|ескертпе|белгіленуі мүмкін|талап етілмейді|қызметті беруші ."
    r"{0,200}алады|получает из соответствующих|получа\w+ (услугодател|из)"
)


_REFUSES = re.compile(r"^услугодател\w+ отказыва\w+ .{0,80}(основани|случа)\w*$")  # said of all grounds
_MORE = re.compile(r"\s*(с|со|в|во|на|о|об|и|или|либо|а также|включая|котор\w+|содержащ\w+|подтверждающ\w+) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRead:
    """An item in the cell's words; `when` is the heading it stands under."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsRead:
    items: tuple[ItemRead, ...]
    unread: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _List:
    """What was read so far: the open item's lines, and the heading over it."""

    items: list[ItemRead]
    unread: list[str]
    open: list[str]
    when: str = ""
    marker: str = ""

    def close(self) -> None:
        text = "; ".join(tidy(one) for line in self.open if tidy(one := _without_notes(line)))
        text = re.sub(r":;", ":", text)
        self.open = []
        if not text:
            return
        if len(text) > LONGEST:
            self.unread.append(text)
        else:
            self.items.append(ItemRead(text=text, when=self.when))


def _without_notes(line: str) -> str:
    """The line up to its first further sentence that tells how papers are handled."""
    told = list(sentences(line, at_semicolons=False))
    end = next((at for at, one in enumerate(told) if at and _NOTE.search(aligned(tidy(one)))), len(told))
    return line if end == len(told) else " ".join(told[:end])


def items_of(lines: Iterable[str]) -> ItemsRead:
    """The items of a cell; sentences about the handling of papers are no items."""
    held = tuple(_numbered(lines))
    reading = _List(items=[], unread=[], open=[])
    numbered = any(marker_of(line) for line in held)
    for place, line in enumerate(held):
        following = held[place + 1] if place + 1 < len(held) else ""
        _take(reading, line, following, numbered=numbered)
    reading.close()
    return ItemsRead(items=tuple(reading.items), unread=tuple(reading.unread))


def _take(reading: _List, line: str, following: str, *, numbered: bool) -> None:
    marker = marker_of(line)
    if is_heading(line) and _heads(line, following, marker, inside=bool(reading.open)):
        reading.close()
        reading.when = _when(line)
    elif marker and not (_is_sign(marker) and _continues(reading)):
        reading.close()
        reading.open = [line]
        reading.marker = marker
    elif reading.open and not marker and _runs_on(reading.open[-1], line):
        reading.open[-1] = f"{reading.open[-1].rstrip()} {line.lstrip()}"
    elif reading.open and _belongs(reading, line):
        reading.open.append(line)
    elif _NOTE.search(aligned(tidy(line))):
        reading.close()
    elif numbered and (reading.items or reading.open) and _is_sentence(line):
        reading.close()
        reading.unread.append(line)
    else:
        reading.close()
        reading.open = [line]
        reading.marker = ""


def _runs_on(before: str, line: str) -> bool:
    """Whether the act broke an item after a comma: the line says more of it."""
    return before.rstrip().endswith(",") and bool(_MORE.match(line))


def _is_sentence(line: str) -> bool:
    """Whether an unnumbered line among numbered ones is a sentence about the items, not one of them."""
    return not starts_small(tidy(line)) and not is_heading(line)


def _heads(line: str, following: str, marker: str, *, inside: bool) -> bool:
    """Whether a line that ends in a colon says whom or what the next lines are for, not what they are."""
    text = aligned(tidy(line))
    if _CASE.search(text):
        return True
    if marker:
        return False
    return not inside or marker_of(following) in {"1", "-", "–", "•"}


def _when(line: str) -> str:
    text = tidy(line)
    is_general = _NOTE.search(aligned(text)) or _REFUSES.search(aligned(text))
    return "" if is_general or len(text) > LONGEST else text


def _is_sign(marker: str) -> bool:
    return not marker[0].isdigit() and not marker.isalpha()


def _continues(reading: _List) -> bool:
    """Whether a dash or dot is a part of the open item, which ended in a colon."""
    if not reading.open:
        return False
    return is_heading(reading.open[0]) or (
        len(reading.open) > 1 and _is_sign(marker_of(reading.open[-1]) or "1")
    )


def _belongs(reading: _List, line: str) -> bool:
    """Whether an unnumbered line goes on with the open item."""
    if _NOTE.search(aligned(tidy(line))):
        return False
    if is_heading(reading.open[0]) or is_heading(reading.open[-1]):
        return True
    if not reading.marker:
        return False
    return starts_small(line) and not reading.open[-1].rstrip().endswith((";", "."))


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    """Lines with more items in one are cut: «1) …; 2) …», «для получения: …; …», «…; …» without numbers."""
    for line in lines:
        for part in re.split(r"(?<=[;.])\s+(?=\d{1,2}\)\s)", line):
            yield from (one.strip() for one in _inline(part) if one.strip(" ;."))


def _inline(line: str) -> Iterator[str]:
    """A line with its heading in it as the heading and its items; an unnumbered one at its semicolons."""
    head, colon, rest = line.partition(": ")
    if colon and rest.strip() and _CASE.search(aligned(tidy(head))) and "(" not in head.rpartition(")")[2]:
        yield f"{head}:"
        yield from _outside_brackets(rest)
    elif marker_of(line):
        yield line
    else:
        yield from _outside_brackets(line)


def _outside_brackets(line: str) -> list[str]:
    """The line cut at the semicolons that stand in no brackets."""
    depth = start = 0
    parts = []
    for place, letter in enumerate(line):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == ";" and depth <= 0 and line[place + 1 : place + 2] == " ":
            parts.append(line[start : place + 1])
            start = place + 1
    return [*parts, line[start:]]
