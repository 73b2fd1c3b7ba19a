"""Sentences of a cell that a card holds as they are: who provides, what comes out, when it is open."""

import re
from collections.abc import Iterable, Sequence

from registry_data.reading.bodies import body_of
from registry_data.reading.clauses import is_heading, plain, sentences, tidy
from registry_data.reading.letters import aligned

LONGEST = 1500
_RESULT_NOTE = re.compile(
    r"^форма (предоставления|выдачи|оказания) |ұсыну нысаны|беру нысаны|көрсету нысаны"
    r"|^на портале результат|^при обращении .{0,80}результат .{0,120}направля"
    r"|^результат .{0,100}(направляется|выдается|хран)|^услугодатель обеспечивает хранение"
    r"|^(некоммерческое .{0,60})?государственная корпорация .{0,60}обеспечивает хранение"
    r"|^(в государственной корпорации )?выдача .{0,120}осуществляется при предъявлении"
    r"|^при обращении услугополучателя по истечени"
    r"|сақтауды қамтамасыз|^выдача .{0,120}осуществляется в (электронн|бумажн)"
    r"|^\S+ беру (электронды|қағаз).{0,40}жүзеге асырылады"
)
_RESULT_LEAD = re.compile(
    r"^(результат\w* оказания государственной услуги|мемлекеттік қызмет\w* көрсету\w* нәтижесі)"
    r"\s*[-–—:]\s*(?=\S)",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"^адрес.{0,120}:$|(мекенжайлары|мекен-жайлары).{0,120}:$")  # a list of them follows
_ADDRESS_BEGINS = re.compile(
    r"(?<=[.)])\s+(?=Адреса? мест|Мемлекеттік (?:көрсетілетін )?қызмет\w* көрсету ор)"
)
_ADDRESS = re.compile(
    r"^адрес|^мемлекеттік қызмет\w* көрсету орындарының мекен|^график работы:?$|^жұмыс кестесі:?$"
    r"|^прием .{0,120}ускоренн"
    r"|^прием (заявлени|документ)?.{0,60}(осуществляется|производится).{0,60}очеред"
    r"|^(государственная услуга|прием) .{0,80}очеред|электронд\w+.{0,10} кезек"
    r"|^мемлекеттік қызмет .{0,80}кезек"
)


def _parts(line: str) -> list[str]:
    """The line, cut where a note on the result's form begins within it."""
    parts = list(sentences(line))
    return parts if any(_RESULT_NOTE.search(aligned(part)) for part in parts) else [line]


def provider_of(lines: Iterable[str]) -> str:
    """The provider's name, in the nominative where the cell has it in a sentence."""
    return _joined([body_of(tidy(line)) for line in lines])


def result_of(lines: Iterable[str]) -> str:
    """What the person gets, without the sentences on how it is handed out."""
    told = [part for line in lines for part in _parts(line) if not _RESULT_NOTE.search(aligned(part))]
    return _RESULT_LEAD.sub("", _joined(told))


def schedule_of(lines: Iterable[str]) -> str:
    """The hours, without the addresses and the order of the queue."""
    held = [part for line in lines for part in _ADDRESS_BEGINS.split(line)]
    place = next((at for at, line in enumerate(held) if _ADDRESSES.search(aligned(line))), len(held))
    return _joined([line for line in held[:place] if not _ADDRESS.search(aligned(line))])


def _joined(lines: Sequence[str]) -> str:
    """One sentence of a card; empty if it is longer than one may be."""
    parts = [plain(line) + (":" if is_heading(line) else ";") for line in lines if plain(line)]
    text = " ".join(parts).rstrip(":;")
    return text if len(text) <= LONGEST else ""
