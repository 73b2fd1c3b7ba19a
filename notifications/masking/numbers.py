"""IIN and BIN, bank cards, IBAN, passports, application numbers and telephones, however grouped; pure.

What a check digit proves is found wherever its digits stand in order. The others are told by their length,
the word before them and the way they are grouped.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from kernel.check_digits import holds_luhn
from kernel.identity_numbers import IdentityNumberInvalidError, number_kind_of
from notifications.masking.plain_text import Span, found

IIN_LENGTH: Final = 12
_CLOSE, _APART, _LONGEST = 6, 30, 80  # signs between two digits of an IIN, the same with words, all in all
_LETTER: Final = re.compile(r"[^\W\d_]")
_SPACES: Final = re.compile(r"[\s:№#\-]")
_DIGITS: Final = re.compile(r"\d+")

_SEP: Final = r"[ .\-()\[\]/_*:,;|+]{0,3}"
_BY_ITS_NAME: Final = re.compile(
    r"\b(?:жсн|иин|iin|бсн|бин|bin)\b[^\d\n]{0,20}(?P<number>\d(?:[^\w\n]{0,3}\d){9,13})(?!\d)", re.IGNORECASE
)
_CARD: Final = re.compile(rf"(?<!\d)\d(?:{_SEP}\d){{12,18}}(?!\d)")
_BY_GROUPS: Final = re.compile(
    r"(?<!\d)(?:\d{16}|\d{4}(?:[ \-./_]{1,3}\d{4}){2,3}|\d{12}|\d{6}[ \-./_]{1,3}\d{6}"
    r"|\d{3}(?:[ \-./_]{1,3}\d{3}){3})(?![\d])(?![ \-]\d{3,})"
)
_FOURS: Final = re.compile(r"(?<!\d)(?:\d{16}|\d{4}(?:[ \-./_]{1,3}\d{4}){3})(?!\d)")
_LOOKALIKES: Final = str.maketrans("АВЕКМНОРСТУХЗавекмнорстухз", "ABEKMHOPCTYXZabekmhopctyxz")
_IBAN: Final = re.compile(
    r"(?<![A-Z\d])(?:KZ|[KК][ZЗ3])[ \-./]?(?:\d[ \-./]?){2}(?:[A-Z\d][ \-./]{0,2}){15}[A-Z\d]", re.IGNORECASE
)
_FOREIGN_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b")

_PASSPORT: Final = re.compile(
    r"(?<![^\W_])(?:[A-ZА-ЯЁ]\s?[№#]?[\-:]?\s?\d(?:[ \-]?\d){7}|[A-ZА-ЯЁ]{2}[ \-]?[№#]?\s?\d{7}"
    r"|[a-zа-яё]\d{8}|[nн]\s\d{8}|[a-zа-яё]{2}\d{7})(?!\d)"
)
_OF_KAZAKHSTAN: Final = re.compile(r"(?<![^\W_])[NН]\s?[№#]?[\-:]?\s?\d(?:[ \-]?\d){7}(?![ \-]?\d)")
_DOCUMENT_WORD: Final = (
    r"(?:па?спорт|төлқұжат|толкужат|удостоверен|куәлі[кг]|куали[кг]|удв?л\b|уд\.?\s?лич|жк\b|passport|"
    r"\bid\b|identity\s+card|licen[cs]e|водительск|\bв/?у\b|техпаспорт|\bсртс\b|серия\s+[nн]\b|вид\w?\s+на\s+жит|внж\b|ықтиярхат|права\b|жүргізуші|свидетельств|свид-во|certificate|сертификат)\w*"
)
_BY_DOCUMENT: Final = re.compile(
    rf"{_DOCUMENT_WORD}(?:[^\d.!?\n]{{0,25}}?)"
    rf"(?P<number>[A-ZА-ЯЁ]{{0,2}}\s?[№#]?\s?\d(?:[ \-]?\d){{5,10}})(?!\d)",
    re.IGNORECASE,
)
_BEFORE_DOCUMENT: Final = re.compile(
    rf"(?<!\d)(?P<number>\d{{7,9}})\s*[-–,]?\s*(?:это\s+|номер\s+)?{_DOCUMENT_WORD}", re.IGNORECASE
)
_RUSSIAN_PASSPORT: Final = re.compile(r"(?<!\d)\d{2}[ \-]?\d{2}[ \-№]{1,3}\d{6}(?!\d)")

_APPLICATION_WORD: Final = (
    r"(?:за[яйе]в(?:к|лен|ол)|талон|обращени|өтініш|отиниш|өтінім|тапсырыс|арыз|application|request|ticket|appeal|"
    r"claim|reference|\bref\b|заказ|дел[оауе]\b|іс\b|протокол|хаттама|e-?otinish|eotinish|е-?өтініш|запрос|сұрау|сұраныс|"
    r"квитанц|қолхат|трек|track|order\s+(?:no|number|#|№)|договор|шарт\b|contract|case\s+(?:no|number|#|№)|"
    r"\bвх\b|тіркеу\s+нөмір|рег\w*\.?\s+номер|номер\s+услуг|қызмет\s+нөмір)\w*"
)
_APPLICATION: Final = re.compile(
    rf"{_APPLICATION_WORD}(?:[\s:№#,.()\-]|\bномер\w*|\bнөмір\w*|\bnumber\b|\bno\b|\bid\b|\bis\b|\bпод\b|\bза\b|\bn\b|"
    rf"\bмой\b|\bмоё\b|\bмоя\b|\bменің\b|\bwas\b|\bегов\w*|\begov\b){{0,6}}"
    rf"(?P<number>(?:[A-ZА-ЯЁІҮҰҚӨҺ]{{1,5}}[\-/ ]?)?\d(?:[\-/]?[A-ZА-Я\d]){{3,}})(?!\d)",
    re.IGNORECASE,
)
_NUMBERED_APPLICATION: Final = re.compile(
    r"(?<![\d\-/])(?P<number>\d[\d\-/]{3,}\d)\s*(?:нөмірлі|номерлі|санды)|№\s*(?P<other>\d{5,})\s+(?:өтініш|заявк|арыз|application)",
    re.IGNORECASE,
)
_CODES: Final = re.compile(
    r"(?<![^\W_])(?:KZ\d{2}[A-Z]{3}\d{8}|[ЖЗ][ТT]-(?:[A-ZА-Я]-)?(?:(?:20)?\d{2}-)?\d{3,}|[A-ZА-Я]{1,6}-?\d{7,}"
    r"|\d{3} ?(?!KZT|USD|EUR|RUB)[A-Z]{2,3} ?\d{2}|(?-i:\d{3} ?[АВЕКМНОРСТУХ]{2,3} ?\d{2})"
    r"|(?-i:[A-ZА-Я]\d{3}[A-ZА-Я]{2,3})(?: ?\d{2})?)(?![^\W_])",
    re.IGNORECASE,
)
_NINE_DIGITS: Final = re.compile(r"(?<!\d)\d{9,}(?!\d)")

_GAP: Final = r"[ .\-()\[\]/_*:]{1,4}"
# Grouped as only a telephone is, so that part of it is no money: 8 777 - 123 - 45 - 67.
_SHAPED: Final = re.compile(
    rf"(?<!\d)(?:(?:\+?7|8){_GAP})?[67]\d\d{_GAP}\d{{3}}{_GAP}\d\d(?:{_GAP})?\d\d(?!(?:{_GAP})?\d)|(?<!\d)(?:(?:\+?7|8){_GAP})"
    rf"7\d{{2,4}}{_GAP}\d{{1,3}}{_GAP}\d\d(?:{_GAP})?\d\d(?!(?:{_GAP})?\d)"
)
_ABROAD: Final = re.compile(rf"(?<![\d])(?:\+\s?|00)[1-9](?:{_SEP}\d){{8,14}}(?!\d)")
_WITH_PREFIX: Final = re.compile(
    rf"(?<!\d)[78](?:{_SEP}[679])(?:{_SEP}\d){{9}}(?!\d)(?!\s*(?:тг|тенге|теңге|₸|kzt|tenge))", re.IGNORECASE
)
_WITHOUT_PREFIX: Final = re.compile(r"(?<![\d+])\(?7[0-9 ](?:[ .\-()/_]{0,3}\d){7,9}(?!\d)")
_LOCAL: Final = re.compile(
    r"(?<![\d\-])(?:[1-9]\d{2}-\d{2}-\d{2}|[1-9]\d-\d{2}-\d{2})(?![\d\-])"
    r"|\(7\d{3,4}\)\s?\d(?:[ \-]?\d){4,5}(?!\d)"
)
_PHONE_WORD: Final = (
    r"(?:телефон|факс|\bтел\b|\bтлф\b|\bмоб|\bсот|сотк|ұялы|phone|\bcall\b|\bmobile\b|\bcell|\btel\b|звон|қоңырау|қонырау|хабарлас|"
    r"wh?ats?\s?app?|ватсап|вацап|уатсап|вотсап|whatsapp|нөмірім|номерім|домашн|городск|байланыс)\w*"
)
_BY_PHONE: Final = re.compile(
    rf"{_PHONE_WORD}[^\d!?\n]{{0,15}}?(?P<number>\d(?:[ \-]{{0,1}}\d){{4,10}})(?!\d)", re.IGNORECASE
)


def identity_numbers(plain: str) -> Iterator[Span]:
    """IIN and BIN by their check digits, or by their name; words may stand between their groups."""
    yield from found(_BY_ITS_NAME, plain, "number")
    places = [match.start() for match in re.finditer(r"\d", plain)]
    for first in range(len(places) - IIN_LENGTH + 1):
        window = places[first : first + IIN_LENGTH]
        if _is_whole(plain, window) and _is_valid("".join(plain[place] for place in window)):
            yield from _runs(plain, window)


def _is_whole(plain: str, window: list[int]) -> bool:
    """Whether it begins and ends where numbers do, with little between its digits."""
    start, end = window[0], window[-1] + 1
    if end - start > _LONGEST or plain[start - 1 : start].isdigit() or plain[end : end + 1].isdigit():
        return False
    gaps = [plain[one + 1 : other] for one, other in pairwise(window)]
    worded = [gap for gap in gaps if _LETTER.search(gap)]
    return len(worded) <= 3 and all(len(gap) <= (_APART if gap in worded else _CLOSE) for gap in gaps)


def _is_valid(digits: str) -> bool:
    try:
        number_kind_of(digits)
    except IdentityNumberInvalidError:
        return False
    return True


def _runs(plain: str, window: list[int]) -> Iterator[Span]:
    """The digits of the number, without the words between them."""
    start = window[0]
    for one, other in pairwise(window):
        if _LETTER.search(plain[one + 1 : other]):
            yield start, one + 1
            start = other
    yield start, window[-1] + 1


def cards(plain: str) -> Iterator[Span]:
    """By Luhn's check digit, grouped in any way."""
    for match in _CARD.finditer(plain):
        groups = _DIGITS.findall(match[0])
        if len(groups) <= 6 or max(map(len, groups)) == 1:
            digits = "".join(groups)
            if digits[0] in "23456789" and holds_luhn(digits):
                yield match.span()


def shaped_cards(plain: str) -> Iterable[Span]:
    return found(_FOURS, plain)


def grouped(plain: str) -> Iterable[Span]:
    """What is grouped as an IIN or a card, its check digit wrong or not."""
    return found(_BY_GROUPS, plain)


def accounts(plain: str) -> Iterator[Span]:
    latin = plain.translate(_LOOKALIKES)
    yield from found(_IBAN, latin)
    for match in _FOREIGN_IBAN.finditer(latin):
        compact = match[0].replace(" ", "")
        if int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1:
            yield match.span()


def passports(plain: str) -> Iterable[Span]:
    """N and eight digits, of which a part may look like money."""
    return found(_OF_KAZAKHSTAN, plain)


def document_numbers(plain: str) -> Iterator[Span]:
    for match in _PASSPORT.finditer(plain):
        if not re.match(r"[NН][oо]?\d{8}|[^NН]", _SPACES.sub("", match[0]), re.IGNORECASE):
            continue
        yield match.span()
    yield from found(_BY_DOCUMENT, plain, "number")
    yield from found(_BEFORE_DOCUMENT, plain, "number")
    yield from found(_RUSSIAN_PASSPORT, plain)


def applications(plain: str) -> Iterator[Span]:
    for match in _APPLICATION.finditer(plain):
        digits = sum(sign.isdigit() for sign in match["number"])
        if digits >= 5:
            yield match.span("number")
    for group in ("number", "other"):
        yield from found(_NUMBERED_APPLICATION, plain, group)
    yield from found(_CODES, plain)


def long_numbers(plain: str) -> Iterable[Span]:
    """Nine digits without a gap: an identity card, an application, an account."""
    return found(_NINE_DIGITS, plain)


def prefixed_telephones(plain: str) -> Iterator[Span]:
    """With +, or grouped as only a telephone is: part of it may look like money or a day."""
    yield from found(_ABROAD, plain)
    yield from found(_SHAPED, plain)
    for match in _WITH_PREFIX.finditer(plain):
        if _is_dialled(_DIGITS.findall(match[0])):
            yield match.span()


def telephones(plain: str) -> Iterator[Span]:
    for match in _WITHOUT_PREFIX.finditer(plain):
        groups = _DIGITS.findall(match[0])
        if sum(map(len, groups)) == 10 and _is_dialled(groups):
            yield match.span()
    yield from found(_LOCAL, plain)
    yield from found(_BY_PHONE, plain, "number")


def _is_dialled(groups: list[str]) -> bool:
    """Not a list of small numbers."""
    lengths = [len(group) for group in groups]
    return max(lengths) >= 3 or max(lengths) == 1 or groups[0] in {"7", "8"}
