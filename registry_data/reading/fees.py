"""Fees of a draft card, read from an order's table, by case: indices, tenge, percents; or free."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from registry_data.reading.clauses import is_heading, marker_of, sentences, tidy
from registry_data.reading.letters import aligned, fold
from registry_data.reading.numerals import IN_WORDS, amount, in_words

LONGEST_CASE = 600

_FIGURE = r"(?P<figure>\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_UNITS = (
    r"(?P<mrp>мрп|аек|айлық есептік көрсеткіш\w*|месячн\w+ расчетн\w+ показател\w*"
    r"|-?\s?кратн\w+ (?:размер\w* )?(?:мрп|месячн\w+ расчетн\w+ показател\w*))"
    r"|(?P<percent>%|процент\w*|пайыз\w*)"
    r"|(?P<kzt>тенге|теңге\w*|тг\b)"
)
_MONEY = re.compile(
    rf"(?<![\w№])(?:{_FIGURE}\s*(?:-?(?:ти|х|и))?\s*(?:\((?P<said>[^()]{{1,60}})\))?"
    rf"|(?P<words>{IN_WORDS}))\s*-?\s*(?:размер\w* )?(?:{_UNITS})"
)
_TRAILING = re.compile(rf"(?:\s[-–—]\s*|(?<=\S)-\s){_FIGURE}\s*[;.]?$")
_NAMED_TENGE = re.compile(r"тенге|теңге")
_FREE = re.compile(
    r"бесплатн|безвозмездн|не взимается|плата отсутствует|оплата не|тегін|ақысыз|алынбайды|өтеусіз"
)
_PAID = re.compile(r"(?<!бес)платн(ой|о)\b|\bақылы\b")  # said of a service that is free in part only
_CAP = re.compile(
    r"(более|свыше|превышении|не более|не превыша\w+|но не менее|не менее|не выше"
    r"|аспайды|аспайтын|артық емес|кем емес)\s*$"
)
_CAP_AFTER = re.compile(r"^\w*\s*(аспайды|аспайтын|артық емес|кем емес|-?(ден|тен|дан|тан) (аспа|артық))")
_ON_FEES = re.compile(
    r"кодекс|размер\w* оплат|взимается|уплачивается|составля|ставк|следующ|мынадай"
    r"|төлен|алынады|алым алын|мөлшерлеме"
)
_OF_THE_INDEX = re.compile(r"\s*(?:от )?(?:размера )?(?:одного )?(?:мрп\b|месячн\w+ расчетн\w+ показател)")
_INDEX_BEFORE = re.compile(r"(?:аек\w*|айлық есептік көрсеткіш\w*)(?: \w+)?\s*$")
_NO_FEE = re.compile(r"квот|долями|штраф|пен[яи]\b|айыппұл|гаранти|кепіл\w* сомас|уставн")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRead:
    """Exactly one of `mrp`, `kzt` and `percent`; `when` is the heading it stands under."""

    mrp: float | None = None
    kzt: float | None = None
    percent: float | None = None
    what: str = ""
    when: str = ""

    @property
    def amounts(self) -> tuple[float | None, float | None, float | None]:
        return self.mrp, self.kzt, self.percent


@dataclass(frozen=True, slots=True, kw_only=True)
class FeesRead:
    """`fees` is None if the cell tells none, and empty if the service is free."""

    fees: tuple[FeeRead, ...] | None
    unread: tuple[str, ...] = ()


def fees_of(lines: Iterable[str]) -> FeesRead:
    """The fees; a cell that only refers to another act tells none."""
    held = tuple(lines)
    tenge = bool(_NAMED_TENGE.search(fold(" ".join(held))))
    found: list[FeeRead] = []
    unread: list[str] = []
    headings: list[str] = []
    for line in held:
        headings = _above(headings, line)
        if is_heading(line) and not _moneys(line):
            headings = headings if _generic(line) else [*headings, line]
            continue
        fees, missed = _line(line, " – ".join(map(tidy, headings)), tenge=tenge)
        found += fees
        unread += missed
        if not fees and not missed and not marker_of(line):
            headings = []
    paid = [fee for fee in found if any(fee.amounts)]
    if paid:
        return FeesRead(fees=tuple(dict.fromkeys(found)), unread=tuple(unread))
    text = fold(" ".join(held))
    if _FREE.search(text) and not _PAID.search(text) and not unread:
        return FeesRead(fees=())
    return FeesRead(fees=None, unread=tuple(unread) or held)


def _above(headings: list[str], line: str) -> list[str]:
    """The headings over a line, which ends the last one numbered in its own way («2.», «2)», «-»)."""
    kinds = [_kind(one) for one in headings]
    kind = _kind(line)
    if not kind:
        return [] if is_heading(line) else headings
    return headings[: kinds.index(kind)] if kind in kinds else headings


def _kind(line: str) -> str:
    """How a line is numbered."""
    found = re.match(r"\s*(\d+|\w)?([.)•–—-])", line)
    return ("1" if found[1] and found[1].isdigit() else "a" if found[1] else "") + found[2] if found else ""


def _generic(line: str) -> bool:
    """Whether a text tells how fees are taken, not for what."""
    return bool(_ON_FEES.search(aligned(tidy(line))))


def _moneys(line: str) -> list[re.Match[str]]:
    return list(_MONEY.finditer(aligned(line)))


def _line(line: str, heading: str, *, tenge: bool) -> tuple[list[FeeRead], list[str]]:
    fees: list[FeeRead] = []
    unread: list[str] = []
    for part in sentences(line):
        text = aligned(part)
        moneys = [one for one in _moneys(part) if not _is_cap(text, one)]
        if _NO_FEE.search(text):
            continue
        if len(moneys) == 1:
            fees.append(_fee(part, moneys[0], heading))
        elif len(moneys) > 1:
            several = _several(part, heading)
            fees += several
            unread += [] if several else [part]
        elif tenge and (trailing := _TRAILING.search(text)):
            fees.append(
                FeeRead(kzt=amount(trailing["figure"]), what=tidy(part[: trailing.start()]), when=heading)
            )
        elif (free := _FREE.search(text)) and (case := _case(part[: free.start()])):
            fees.append(FeeRead(mrp=0, what=case, when=heading))
    return fees, unread


def _case(before: str) -> str:
    """Whom or what is free, as in «лицам с инвалидностью – бесплатно»; empty if it is the service itself."""
    case = re.sub(r"[\s,]*(лицензионный сбор|сбор|плата|пошлина|алым|баж)\s*$", "", tidy(before))
    return "" if _generic(case) or re.search(r"государственн\w+ услуг|мемлекеттік", aligned(case)) else case


def _several(part: str, heading: str) -> list[FeeRead]:
    """More amounts in one clause: read if each stands in a part of its own between commas."""
    parts = re.split(r",\s+(?=\D)|\s+(?:и|және|а)\s+(?=(?:для|при|за)\b)", part)
    fees = []
    for one in parts:
        moneys = [money for money in _moneys(one) if not _is_cap(aligned(one), money)]
        if len(moneys) > 1:
            return []
        fees += [_fee(one, money, heading) for money in moneys]
    return fees


def _is_cap(text: str, money: re.Match[str]) -> bool:
    return bool(_CAP.search(text[: money.start()]) or _CAP_AFTER.match(text[money.end() :]))


def _fee(part: str, money: re.Match[str], heading: str) -> FeeRead:
    figure = amount(money["figure"]) if money["figure"] else float(in_words(money["words"]) or 0)
    what = _what(part, money)
    if money["mrp"]:
        return FeeRead(mrp=figure, what=what, when=heading)
    if money["percent"] and _is_of_the_index(aligned(part), money):
        return FeeRead(mrp=figure / 100, what=what, when=heading)
    if money["percent"]:
        return FeeRead(percent=figure, what=what, when=heading)
    return FeeRead(kzt=figure, what=what, when=heading)


def _is_of_the_index(text: str, money: re.Match[str]) -> bool:
    """Whether a share is one of the monthly index («50 процентов от МРП»), not of another fee."""
    before, after = text[: money.start()], text[money.end() :]
    return bool(_OF_THE_INDEX.match(after) or _INDEX_BEFORE.search(before))


def _what(part: str, money: re.Match[str]) -> str:
    before = tidy(re.split(r"\s[-–—]\s?[^-–—]*$|[-–—]\s?$", part[: money.start()])[0])
    before = re.sub(r"[\s,]*(в размере|составляет|в сумме|уплачивается|взимается)\s*$", "", before)
    before = "" if _generic(before) or len(before) > LONGEST_CASE else before
    after = tidy(re.split(r"\s+(?:согласно|в соответствии)\s", part[money.end() :])[0])
    if (
        re.match(r"за (каждый|каждую|каждое|один|одну)|әрбір|для |при |за ", aligned(after))
        and len(after) < 200
    ):
        return f"{before}, {after}" if before else after
    return before
