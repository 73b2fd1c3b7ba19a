"""Postal addresses: a street with its house, a house, a flat; pure."""

import re
from collections.abc import Iterator
from typing import Final

from notifications.masking.given_names import STREETS
from notifications.masking.ordinary import MONTHS
from notifications.masking.plain_text import Span, found

# What is counted or measured is no number of a house.
_NOT_COUNTED: Final = (
    r"(?![\d])(?!\s*(?:кв\b(?!\.?\s*№?\s*\d)|квадрат|м²|м2|м\b|метр|тг|тенге|теңге|₸|млн|тыс|мың|этаж|қабат|раз\b|дн|күн|лет\b|жыл|жас|адам|человек|"
    r"бөлме|комнат|бала|сот(?:ок|к|ых)|год|г\.|минут|час|сағат|мрп|аек|%|sq|m2|room|people|floor|year|бап|стать|пункт))"
)
_NUMBER: Final = rf"\d{{1,4}}\s?[а-яa-z]?\b(?:\s?[/\-]\s?\d+[а-яa-z]?\b)*{_NOT_COUNTED}"
_HOUSE_WORD: Final = (
    r"(?:дом\w{0,2}|д|үй\w{0,4}|уй|строен\w*|корп(?:ус)?\w{0,2}|блок\w{0,2}|house|building|bldg|подъезд\w{0,2}|кіреберіс|"
    r"участ\w{2,3}|учаске\w*)"
)
_FLAT_WORD: Final = (
    r"(?:кв|кв-ра|квартир\w{0,2}|пәтер\w{0,4}|патер\w{0,3}|apartment|apt|flat|комн|комнат[аеуы]|suite|бөлме)"
)
_STREET_WORD: Final = (
    r"(?:ул|пр|пр-т|просп|пер|мкр|мкрн|мкр-н|м-н|мк-н|ш\.а|ы\.а|б-р|көш|ст-ца|ж/м)\b\.?|\b(?:улиц\w+|проспект\w*|микрорайон\w*|"
    r"переул\w+|бульвар\w*|шоссе|набережн\w+|тупик\w*|ықшамаудан\w*|ықшам\s+аудан\w*|шағын\s?аудан\w*|street|avenue|microdistrict|mkr)"
)
_STREET: Final = re.compile(
    rf"\b(?:{_STREET_WORD})\s*[«\"]?(?:\d{{1,3}}-?[^\W\d_]{{0,2}}\s+)?(?:[^\W\d_][\w.\-]*[»\"]?[\s,]+){{0,3}}?"
    rf"(?:[^\W\d_][\w.\-]*?[»\"]?[\s,\-]*)"
    rf"(?:{_HOUSE_WORD}\.?\s*)?№?\s*{_NUMBER}"
    rf"|\b(?:{_STREET_WORD})\s*[«\"]?(?-i:[A-ZА-ЯЁӘІҢҒҮҰҚӨҺ\d])[\w.\-]*(?:[\s,]+(?:{_HOUSE_WORD}\.?\s*)?№?\s*{_NUMBER})?",
    re.IGNORECASE,
)
_STREET_AFTER: Final = re.compile(
    rf"(?:\b[^\W\d_][\w.\-]*\s+)?\b\w[\w.\-]*\s+(?:көшес\w*|көше\b|даңғыл\w*|(?:шағын|ықшам)\s*аудан\w*|мөлтек\s*аудан\w*|тұйы[қғ]\w*|"
    rf"street\b|avenue\b|st\b\.?|ave\b\.?|road\b|lane\b|microdistrict\b|проспект\w{{0,2}}|к-с[іи]|көш\b\.?|str\b\.?|rd\b)"
    rf"(?:[\s,]*(?:{_HOUSE_WORD}\.?\s*)?№?\s*{_NUMBER})?",
    re.IGNORECASE,
)
_NUMBER_BEFORE_STREET: Final = re.compile(
    r"(?<![\w/])\d{1,4}[a-z]?(?:/\d{1,4})?,?\s+(?:[a-z][\w\-]*\s+){1,2}(?:street|str?\b|avenue|ave\b|road|rd\b|lane)",
    re.IGNORECASE,
)
_STREETS: Final = "|".join((*STREETS, r"т[оө]ле\s+би"))
# Streets that are named without the word: "Достык 12", "Абылай хана 79/3".
_KNOWN_STREET: Final = re.compile(
    rf"\b(?:{_STREETS})\w{{0,4}}(?:\s+(?:би|хан|батыр|ел|жол|жырау|bi|khan|batyr|el|zholy|joly)\w{{0,2}})?[\s,]+(?:{_HOUSE_WORD}\.?\s*)?№?\s*"
    rf"(?!(?:19|20)\d\d\b){_NUMBER}(?!\s*{MONTHS})",
    re.IGNORECASE,
)
_CAPITAL_STREET: Final = re.compile(
    r"\b[A-ZА-ЯЁӘІҢҒҮҰҚӨҺ][^\W\d_]{2,}"
    r"(?:\s+\d{1,3}/\d{1,3}(?:-\d{1,4})?|,\s*\d{1,3}[а-яa-z]?-\d{1,4})(?![\d/.\-])"
)
_SETTLEMENT: Final = re.compile(
    r"\b(?:пос|аул)\.\s*[А-ЯЁӘІҢҒҮҰҚӨҺ]\w+|\b[А-ЯЁӘІҢҒҮҰҚӨҺ]\w+\s+к\.\s*\d{1,3}\b"
)
_BLOCK: Final = re.compile(
    r"(?<!\d)\d{1,3}\s*(?:-?[йя]\s+)?(?:мкр\w{0,2}\b\.?|микрорайон\w*|ықшам\s?аудан\w*|шағын\s?аудан\w*)(?:[\s,]*\d{1,3}\w?\b(?!\s*(?:дом|үй|кв|пәтер)))?"
    r"|(?<!\d)\d{1,3}\w?\s*дом\b,?\s*\d{1,4}\s*кв\w*",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    rf"\b(?:{_HOUSE_WORD}|{_FLAT_WORD})\b\.?\s*(?:[№#]|number|no\.?|номер|нөмірі)?\s*(?!(?:19|20)\d\d\b){_NUMBER}",
    re.IGNORECASE,
)
_HOUSE_AFTER: Final = re.compile(
    r"(?<![\w№.])\d{1,4}[а-яa-z]?(?:/\d+)?[-\s]*(?:-?ші\s+|-?шы\s+)?(?:үй\w{0,4}|пәтер\w{0,4})\b",
    re.IGNORECASE,
)
_AREA_WITHOUT_WORD: Final = re.compile(
    r"(?:\b(?:living|live|лив[её]т|проживаю|живу|тұрамын|прописан\w?)\b|\bмекен-?жайым\w*|\bадресім\w*"
    r"|\b(?:мой|наш|my|our)\s+(?:адрес|address)\b|\b(?:адрес|address|мекен-?жайы?)\s*:)[^.!?\d]{0,40}?"
    r"(?P<place>(?:(?!at\b|on\b|in\b|is\b)[^\W\d_][\w.\-]+[\s,]+)?\d{1,3}[а-яa-z]?(?:[/\-]\d+)*)"
    r"(?!\d|\s*(?:лет|год|жыл|жас|years|месяц|ай\b|дн|күн))",
    re.IGNORECASE,
)


def dwellings(plain: str) -> Iterator[Span]:
    for pattern in (
        _STREET,
        _STREET_AFTER,
        _NUMBER_BEFORE_STREET,
        _KNOWN_STREET,
        _CAPITAL_STREET,
        _BLOCK,
        _SETTLEMENT,
        _HOUSE,
        _HOUSE_AFTER,
    ):
        yield from found(pattern, plain)
    yield from found(_AREA_WITHOUT_WORD, plain, "place")
