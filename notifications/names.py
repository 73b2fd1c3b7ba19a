"""Names, birth dates, application numbers and postal addresses in what people write; pure.

No library knows Kazakh names beside Russian ones, so they are told by their shape: patronymics, words after
"my name is", capital letters within a sentence. Hiding too much barely hurts a question.
"""

import re
from typing import Final

HIDDEN: Final = "███"
_DIGIT: Final = re.compile(r"\d")
_UPPER, _LOWER = "А-ЯЁӘІҢҒҮҰҚӨҺ", "а-яёәіңғүұқөһ"

_MONTHS: Final = (
    r"январ\w*|феврал\w*|март\w*|апрел\w*|ма[яй]|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|"
    r"ноябр\w*|декабр\w*"
    r"|қаңтар\w*|ақпан\w*|наурыз\w*|сәуір\w*|мамыр\w*|маусым\w*|шілде\w*|тамыз\w*|қыркүйек\w*|"
    r"қазан\w*|қараша\w*"
    r"|желтоқсан\w*|january|february|march|april|may|june|july|august|september|october|november|december"
)
_DATES: Final = re.compile(
    rf"(?<!\d)\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:\d{{4}}|\d{{2}})(?!\d)|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:-?\w{{1,2}})?\s+(?:{_MONTHS})\s+\d{{4}}|(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}"
    r"|(?<!\d)\d{4}\s*(?:г\.?\s?р|года?\s+рожд|жылы\s+ту|ж\.?\s?т)\w*|\bborn\s+(?:in|on)?\s*\d{4}",
    re.IGNORECASE,
)
_MONEY: Final = r"(?!\s*(?:тг|тенге|теңге|тысяч|тыс|мың|₸|kzt|tenge|рубл))"
_APPLICATION: Final = re.compile(
    rf"\b(?=\w*\d\w*\d\w*\d\w*\d)(?=\w*[^\W\d_])\w{{6,}}\b"  # KZ12VVX00123456
    rf"|(?<![\w])\d{{6,}}(?!\d){_MONEY}|(?<!\d)\d{{2,}}(?:[\-/]\d{{2,}}){{2,}}(?!\d)"
    r"|(?:№|#|\bномер\w*|\bзаявк\w*|\bзаявлени\w*|\bталон\w*|\bнөмір\w*|\bөтініш\w*|\bapplication|"
    r"\bnumber)\s*[№#:]?\s*[\d\-/]{3,}",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    r"(\b(?:ул|пр|пер|мкр|м-н)\.\s*|\b(?:ул|улиц\w+|проспект\w*|пр-т\w*|мкр|микрорайон\w*|переул\w+|"
    r"бульвар\w*|street|avenue)\s+)"
    r"(\w[\w.\-]*(?:\s+\d+\w?(?:/\d+)?)?)",
    re.IGNORECASE,
)
_STREET_AFTER: Final = re.compile(
    r"(?:\w[\w.\-]*)(\s+(?:көшесі\w*|көше\w{0,3}|даңғыл\w*|шағын\s+аудан\w*|ықшам\s*аудан\w*|street|"
    r"avenue|st\.|ave\.))",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    r"\b(?:дом|д\.|кв\.|кв|квартир\w*|корпус\w*|үй|уй|пәтер|патер|house|apt\.?|flat)\s*№?\s*\d+\w?(?:/\d+)?"
    r"|(?<!\w)\d+\w?(?:/\d+)?[-\s]*(?:үй\w{0,3}|пәтер\w{0,3})\b",
    re.IGNORECASE,
)
_PATRONYMIC: Final = re.compile(
    r"(?:\b[^\W\d_]{2,}\s+){0,2}\b[^\W\d_]{3,}(?:ович|евич|овн|евн|ұлы|қызы|улы|кызы|uly|kyzy|qyzy)"
    rf"(?:[аыуе]|ой|ем|ом|ның|нің|на|не|ға|ге|ды|ді)?\b(?:\s+[{_UPPER}][{_LOWER}]+)?",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(\b(?:меня\s+зовут|мо[её]\s+имя|фио|ф\.и\.о\.?|атым|есімім|аты-жөнім|аты\s+жөнім|my\s+name\s+is)\b"
    r"\s*[:\-–]?\s*)((?:[^\W\d_]{2,}[,\s]*){1,3})",
    re.IGNORECASE,
)
_CAPITAL: Final = rf"[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}][{_LOWER}]+)?"
_PAIR: Final = re.compile(rf"\b{_CAPITAL}(?:\s+{_CAPITAL}){{1,2}}\b")
_WITHIN: Final = re.compile(rf"(?<=[^\s.!?…:«\"(]\s)\b{_CAPITAL}\b")
_LATIN_PAIR: Final = re.compile(r"(?<=[a-z,]\s)[A-Z][a-z]{2,}\s+[A-Z][a-z]{2,}\b")
_PUBLIC: Final = re.compile(  # beginnings of what a question may name with a capital letter
    r"казах|қазақ|росси|ресей|республик|правительств|министерств|акимат|әкімдік|агентств|"
    r"департамент|управлен|комитет"
    r"|центр|закон|кодекс|цон|хқко|егов|телеграм|телеграм|пенсион|астан|алмат|шымкент|караганд|"
    r"қарағанд|актоб|ақтөбе|атырау|тараз|павлодар"
    r"|костана|қостанай|кызылорд|қызылорд|петропавл|семе[йя]|уральск|орал|туркестан|түркістан|"
    r"талдыкорг|талдықорғ|кокшет|көкшет|жезказг"
    r"|жезқазғ|экибастуз|екібастұз|темиртау|теміртау|рудн|турци|германи|кита|узбек|өзбек|кыргыз|"
    r"қырғыз|сша|боташ|оралман|кандас|қандас"
    r"|kazakh|republic|government|ministry|almaty|astana|shymkent|egov|telegram|public|service",
    re.IGNORECASE,
)


def hide_names(text: str) -> str:
    """`text` without birth dates, application numbers, addresses and names of people."""
    for numbers in (_DATES, _APPLICATION, _HOUSE):
        text = numbers.sub(_without_digits, text)
    text = _STREET.sub(rf"\1{HIDDEN}", text)
    text = _STREET_AFTER.sub(rf"{HIDDEN}\1", text)
    text = _NAMED.sub(rf"\1{HIDDEN} ", text)
    text = _PATRONYMIC.sub(HIDDEN, text)
    for capitals in (_PAIR, _LATIN_PAIR, _WITHIN):
        text = capitals.sub(_unless_public, text)
    return text


def _without_digits(found: re.Match[str]) -> str:
    """The words stay, such as the month: they tell what was asked."""
    return _DIGIT.sub("█", found[0])


def _unless_public(found: re.Match[str]) -> str:
    return found[0] if any(map(_PUBLIC.match, found[0].split())) else HIDDEN
