"""Sentences of a cell that a card holds as they are: who provides, what comes out, when it is open."""

import re
from collections.abc import Iterable

from registry_data.reading.clauses import plain, tidy
from registry_data.reading.letters import aligned

LONGEST = 1500
_RESULT_NOTE = re.compile(
    r"^форма (предоставления|выдачи|оказания) |ұсыну нысаны|беру нысаны|көрсету нысаны"
    r"|^на портале результат|^при обращении .{0,80}результат .{0,120}направля"
    r"|^результат .{0,100}(направляется|выдается|хран)|^услугодатель обеспечивает хранение"
    r"|сақтауды қамтамасыз"
)
_ADDRESS = re.compile(
    r"^адреса? мест|мекенжайлары|мекен-жайлары|^прием (заявлени|документ).{0,200}(очеред|порядке)|^адрес"
)


def provider_of(lines: Iterable[str]) -> str:
    """The provider's name, in the cell's words."""
    return _joined(tidy(line) if len(line) < LONGEST else plain(line) for line in lines)


def result_of(lines: Iterable[str]) -> str:
    """What the person gets, without the sentences on how it is handed out."""
    return _joined(line for line in map(plain, lines) if not _RESULT_NOTE.search(aligned(line)))


def schedule_of(lines: Iterable[str]) -> str:
    """The hours, without the addresses and the order of the queue."""
    return _joined(line for line in map(plain, lines) if not _ADDRESS.search(aligned(line)))


def _joined(lines: Iterable[str]) -> str:
    """Empty if it is longer than a card's sentence may be."""
    text = "; ".join(line for line in lines if line).replace(":;", ":")
    return text if len(text) <= LONGEST else ""
