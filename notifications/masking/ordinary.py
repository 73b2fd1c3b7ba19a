"""Numbers that tell nothing of a person: money, days, laws, complaints, hotlines; pure."""

import re
from collections.abc import Iterable
from typing import Final

from kernel.check_digits import damm_digit
from notifications.masking.plain_text import Span, found

MONTHS: Final = (
    r"(?:январ|феврал|март|апрел|ма[йяе]\b|мая\b|июн|июл|август|сентябр|октябр|ноябр|декабр"
    r"|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
    r"|january|february|march|april|may\b|june|july|august|september|october|november|december"
    r"|янв\b|фев\b|мар\b|апр\b|авг\b|сен\b|сент\b|окт\b|ноя\b|дек\b|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\w*"
)
_YEAR: Final = r"(?:18|19|20)\d\d"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
DATE: Final = (
    rf"(?<!\d){_DAY}(?P<a>\s?[./\-]\s?|\s){_MONTH}(?P=a)(?:{_YEAR})(?!\d)"
    rf"|(?<![\d)])(?<!\) ){_DAY}(?P<b>[./\-])(?:0[1-9]|1[0-2])(?P=b)\d\d(?![\d.\-/]?\d)"
    rf"|(?<!\d){_YEAR}(?P<c>[./\-]|\s){_MONTH}(?P=c){_DAY}(?!\d)"
    rf"|(?<!\d){_DAY}(?:-?\w{{1,2}})?(?:\s+of)?\s+{MONTHS},?\s+{_YEAR}(?!\d)"
    rf"|(?<!\d){_YEAR}\s*(?:жылғы|жылы|жыл|ж\.?|г\.|года)?,?\s+{_DAY}(?:-?\w{{1,3}})?\s+{MONTHS}"
    rf"|\b{MONTHS}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)"
)
_DATES: Final = re.compile(DATE, re.IGNORECASE)
_TIMES: Final = re.compile(r"(?<!\d)T?[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?:[+\-][0-2]\d:?[0-5]\d|Z)?(?!\d)")
_YEARS: Final = re.compile(rf"(?<![\d\-]){_YEAR}(?:\s?[\-/,]\s?{_YEAR})+(?![\d\-]?\d)")
_GROUPED: Final = r"[1-9]\d{0,2}(?:(?: \d{3})+|(?:\.\d{3})+|(?:,\d{3})+|(?:['’]\d{3})+)"
_COUNTED: Final = (
    r"\s*(?:(?:тыс|мың|млн|млрд|трлн|тысяч|миллион|миллиард|million|billion|thousand)\w*\.?\s*)*"
    r"(?:тг|тенге|теңге|₸|kzt|tenge|руб|₽|доллар|usd|\$|€|eur|евро|сом\b|юан|%|мрп|аек|айлық|mci|"
    r"шт|штук|дана|человек|адам|людей|people|person|жител|тұрғын|экземпляр|сот(?:ок|к|ых)|тонн|литр|км|метр|гектар|га\b|"
    r"кв\.?\s?(?:к?м|метр)|м²|м2|дней|дня|день|күн|days?|лет\b|жас|жыл|years?|месяц|ай\b|months?|час|сағат|hours?|"
    r"тыс|мың|млн|млрд|трлн|миллион|миллиард|million|billion|thousand)"
)
_MONEY: Final = re.compile(
    rf"(?<![\d+])(?:{_GROUPED}|\d+)(?:[.,]\d{{1,2}})?(?=[)\-]?{_COUNTED})"
    rf"|(?:[₸$€]|\bKZT|\bUSD|\b(?:сумм|сома|бюджет|штраф|айыппұл|fee|fine|sum|amount)\w*)[\s:]*"
    rf"(?:{_GROUPED}|\d{{1,9}})(?![\d\-]|\s\d)"
    rf"|(?<![\d+\-])(?<!\d[ .,\-])(?:[1-9]\d{{0,2}}(?:[ .,]\d{{3}}){{1,2}}|[1-9](?:[ .,]\d{{3}}){{3}})"
    r"(?![\-.,]?\d)(?!\s[\d(])",
    re.IGNORECASE,
)
_LAW_WORD: Final = (
    r"(?:приказ|бұйры[қғ]|постановлен|қаулы|закон|заң|решени|шешім|распоряж|указ|жарлы[қғ]|кодекс|"
    r"order\b|law\b|decree|\bact\b|стать|бап|article|гост|стандарт|лиценз|реестр|зарегистр|министерств|\bнпа\b|"
    r"госрегистрац|тізілім|регистрац)"
)
_LAWS: Final = re.compile(
    rf"{_LAW_WORD}[^!?\n]{{0,60}}?(?:№|\bN|\bno\.?|нөмір\w*|номер\w*)\s*(?P<number>[A-ZА-Я]?\d{{1,10}}"
    rf"(?:[\-/]\w{{1,5}})?)(?![\d]|[ \-]\d{{3}})|\b(?P<adilet>[KVZPUHGS]\d{{10}}_?)(?!\d)",
    re.IGNORECASE,
)
_COMPLAINTS: Final = re.compile(
    r"(?<![\d\-])(?:20)?2\d[\-\s]\d{8}[\-\s]\d(?![\d])|(?<![\d\-/])(?:20)?2\d-\d{4,8}(?![\-\d])"
)
_ELEVEN: Final = re.compile(r"(?<!\d)(2\d\d{8})(\d)(?!\d)")
_HOTLINES: Final = re.compile(r"(?<!\d)(?:\+?7|8)?[ \-(]{0,2}800[ \-)]{0,2}\d{3}[ \-]?\d\d[ \-]?\d\d(?!\d)")


def ordinary_numbers(plain: str) -> Iterable[Span]:
    yield from dates(plain)
    for pattern in (_TIMES, _YEARS, _MONEY, _COMPLAINTS, _HOTLINES):
        yield from found(pattern, plain)
    yield from found(_LAWS, plain, "number")
    yield from found(_LAWS, plain, "adilet")
    for number in _ELEVEN.finditer(plain):
        if damm_digit(number[1]) == int(number[2]):
            yield number.span()


def dates(plain: str) -> Iterable[Span]:
    return found(_DATES, plain)
