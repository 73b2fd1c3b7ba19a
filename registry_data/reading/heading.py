"""The act a text belongs to: title, number, date, and its wording by the last amendment in its notes."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from registry_data.acts import act_key
from registry_data.reading.blocks import Block, TextLine
from registry_data.reading.letters import aligned, is_kazakh

_RU_MONTHS = tuple(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
)
_KK_MONTHS = tuple(
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()  # noqa: SIM905
)
_NUMBER = r"№\s*(?P<number>(?:қр\s+)?[\w\d/.\-–]+(?:-[\w\d/]+)*)"
_RU_DATE = (
    rf"от\s+(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_RU_MONTHS)})\s+(?P<year>\d{{4}})\s*(?:года"
    rf"|г\.?)?\s*{_NUMBER}"
)
_KK_DATE = (
    rf"(?P<year>\d{{4}})\s+жылғы\s+(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_KK_MONTHS)})\w*\s*{_NUMBER}"
)
_DATED = re.compile(f"{_RU_DATE}|{_KK_DATE.replace('?P<', '?P<kk_')}")
_APPROVED = re.compile(r"утвержден|приложение|бекітілген|бекітілді|қосымша|приказ|бұйрығ|постановлени|қаулы")
_TITLE = re.compile(r"^(об? |о внесении)|туралы$|^правила|қағидалары$")
_NOTE = re.compile(r"^\W*(сноска|ескерту)")
_AMENDED = re.compile(r"(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{4})\s*№")
_LAPSED = re.compile(r"утратил\w* силу|күші жойылды|күшін жойған")
_FORCE_OF_OTHERS = re.compile(r"признать утратившим|күші жойылды деп танылсын|признаны утратившими")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRead:
    """`version` is the day of the last amending act in the notes, or of the act itself if there is none."""

    title_kk: str = ""
    title_ru: str = ""
    number: str = ""
    date: dt.date | None = None
    version: dt.date | None = None
    lapsed: bool = False

    def document(self) -> dict[str, object]:
        """As a card's inlined act has it, with the key that it gets; what is not known is left out."""
        titles = {"kk": self.title_kk, "ru": self.title_ru}
        known = {
            "key": act_key(self.number, self.date) if self.number and self.date else None,
            "title": {name: title for name, title in titles.items() if title} or None,
            "number": f"№ {self.number}" if self.number else None,
            "date": self.date.isoformat() if self.date else None,
            "version": self.version.isoformat() if self.version else None,
            "lapsed": self.lapsed or None,
        }
        return {name: value for name, value in known.items() if value is not None}


def act_of(blocks: Iterable[Block]) -> ActRead:
    """What the running text says of its act."""
    paragraphs = [block for block in blocks if isinstance(block, TextLine)]
    title = next((one.text for one in paragraphs if one.heading and _TITLE.search(aligned(one.text))), "")
    number, date = _number_and_date(paragraphs)
    amended = [day for one in paragraphs if _NOTE.match(aligned(one.text)) for day in _amendments(one.text)]
    kazakh = is_kazakh(title)
    return ActRead(
        title_kk=title if kazakh else "",
        title_ru="" if kazakh else title,
        number=number,
        date=date,
        version=max(amended, default=date),
        lapsed=_has_lapsed(paragraphs[:6]),
    )


def joined(one: ActRead, other: ActRead) -> ActRead:
    """The act as two texts of it tell; the newer wording counts."""
    days = [day for day in (one.version, other.version) if day is not None]
    return replace(
        one,
        title_kk=one.title_kk or other.title_kk,
        title_ru=one.title_ru or other.title_ru,
        number=one.number or other.number,
        date=one.date or other.date,
        version=max(days, default=None),
        lapsed=one.lapsed or other.lapsed,
    )


def _number_and_date(paragraphs: list[TextLine]) -> tuple[str, dt.date | None]:
    """Those of the stamp «Утверждены приказом … от … № …», which formats break over several lines."""
    for place, one in enumerate(paragraphs):
        text = aligned(one.text)
        if len(text) > 200 or not _APPROVED.search(text) or _NOTE.match(text):
            continue
        window = " ".join(part.text for part in paragraphs[place : place + 8] if len(part.text) < 200)
        found = _DATED.search(aligned(window))
        if found:
            return _read(window, found)
    return "", None


def _read(window: str, found: re.Match[str]) -> tuple[str, dt.date | None]:
    prefix = "" if found["day"] else "kk_"
    months = _KK_MONTHS if prefix else _RU_MONTHS
    start, end = found.span(f"{prefix}number")
    month = months.index(found[f"{prefix}month"]) + 1
    return window[start:end].strip(" .,"), _day(
        int(found[f"{prefix}year"]), month, int(found[f"{prefix}day"])
    )


def _amendments(text: str) -> Iterable[dt.date]:
    for found in _AMENDED.finditer(text):
        day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
        if day is not None:
            yield day


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _has_lapsed(paragraphs: Iterable[TextLine]) -> bool:
    texts = [aligned(one.text) for one in paragraphs]
    return any(_LAPSED.search(text) and not _FORCE_OF_OTHERS.search(text) for text in texts)
