"""Names of people: introductions, patronymics, initials, given names, capital letters; pure.

No library knows Kazakh names beside Russian ones, so they are told by their shape and by a list.
Hiding a word too many barely hurts a question.
"""

import re
from collections.abc import Iterator
from typing import Final

from notifications.masking.given_names import (
    AMBIGUOUS,
    ENGLISH_STARTS,
    INTRODUCTION_ENDS,
    PUBLIC,
    is_given_name,
    is_shaped_as_surname,
    is_surname,
)
from notifications.masking.plain_text import Span, found

_UPPER, _LOWER = "А-ЯЁӘІҢҒҮҰҚӨҺ", "а-яёәіңғүұқөһ"
_ANY: Final = r"[^\W\d_]"
_CAPITAL: Final = rf"[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}][{_LOWER}]+)?"
_WORD: Final = re.compile(rf"{_ANY}+(?:['’\-]{_ANY}+)*")
_INTRODUCTION: Final = re.compile(
    r"(?:\b(?:меня|мен[яй]|её|ее|его|сына|дочь|мужа|жену|маму|отца|брата|сестру|ребёнка|ребенка)\s+зовут|\bзовут\s+меня"
    r"|(?<!тебя )(?<!вас )\bзовут|"
    r"\bмо[её]\s+имя|\bимя\s+мо[её]|\bмоя\s+фамилия|\bфамилия\s+моя|\bфио|\bф\.?\s?и\.?\s?о\.?|\b(?:имя|фамилия|отчество)\s*[:\-]|"
    r"\bатым|\bесімім|\bесимим|\bтегім|\bаты[\s-]*жөн(?:і|ім|іміз)|\bаты\s*[:\-]|\bтегі\s*[:\-]|"
    r"\bmy\s+(?:full\s+|first\s+|last\s+)?(?:name|surname)(?:\s+is|['’]s|\s*:)|\b(?:full\s+)?name\s*:|\bcall\s+me|\bis\s+(?:called|named))"
    r"(?![\w])\s*[:\-,.]*\s*(?:(?:is|это|—|-|вообще-то|мен|менің|деп)\s+)?",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    rf"(?:\bмен(?:і|ің)\s+(?:атым(?:ды)?\s+)?)?((?:{_ANY}{{3,}}\s+){{1,2}})(?:деп\s+атайды|деген\s+(?:азамат|кісі|адам)|есімді|атты\s+(?:азамат|бала|қыз|ұл))",
    re.IGNORECASE,
)
_PATRONYMIC: Final = re.compile(
    rf"\b(?:{_ANY}{{2,}}\s+){{0,2}}(?:"
    rf"{_ANY}{{3,}}(?:ович|евич|ьич|овна|евна|ична|инична|ұлы|қызы|қизи|uly|kyzy|qyzy|ovich|evich|yevich|ovna|evna|yevna)|"
    rf"(?-i:[{_UPPER}]){_ANY}{{2,}}(?:ович|евич|овн|евн|улы|кызы|гызы|оглы)|"
    rf"(?-i:[{_UPPER}][{_LOWER}]+)\s+(?:ұлы|қызы|улы|кызы|уулу|кызы|оглы|углы))"
    rf"(?:[аыуе]|ой|ем|ом|ның|нің|на|не|ға|ге|ды|ді|мын|мін|мыз|ндай|нан|нда|ме[нм])?\b(?:\s+(?-i:[{_UPPER}][{_LOWER}]+))?",
    re.IGNORECASE,
)
_NO_PATRONYMIC: Final = re.compile(
    r"\w*(?:основн|уголовн|условн|верховн|церковн|духовн|ежедневн|дневн|ровн|плачевн|деревн|кровн|словн|готовн|совн|вновь|полюбовн)",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(
    rf"\b[{_UPPER}A-Z][{_LOWER}a-z]+\s*,?\s*[{_UPPER}A-Z]\s?\.\s?(?:[{_UPPER}A-Z]\b\.?)?(?:\s?{_CAPITAL})?|\b[{_UPPER}A-Z]\.\s?(?:[{_UPPER}A-Z]\.\s?)?[{_UPPER}A-Z]{_ANY}{{2,}}"
    rf"|\b{_ANY}{{4,}}\s+{_ANY}\.\s?{_ANY}\.(?!\w)|(?<![\w.]){_ANY}\.\s?{_ANY}\.\s?{_ANY}{{4,}}|\b[{_UPPER}]{_ANY}{{3,}}(?:ов|ев|ова|ева|ин|ина|баев|қызы|ұлы)\w{{0,2}}\s+[{_UPPER}]{{1,2}}\b"
)
_I_AM: Final = re.compile(
    rf"(?:\b[Яя]\b[\s,\-:]+|\bмен\s*[,\-:]?\s+|\b[Мм]ен\s*[,\-:]?\s+|\b[Ээ]то\s+|\bБұл\s+|\bбұл\s+|\b[Пп]ишет(?:\s+вам)?\s+|\b[Гг]р(?:ажданин|ажданка|ажданки|ажданину|ажданке)?\.?\s+|"
    rf"\b[Гг]осп(?:один|ожа|ожи|одину)\s+|\b[Уу]важением,?\s+|\b[Тт]овар\w+\s+|\b[Аа]замат(?:ша)?\s+)(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})"
    r"|\b(?:[Ii]\s+am|[Ii]['’]?m|[Tt]his\s+is|Mr\.?|Mrs\.?|Ms\.?|[Rr]egards,?|[Ss]incerely,?|[Ff]rom)\s+(?P<latin>[A-Z][a-z]{2,}(?:\s+[A-Z][a-z]{2,}){0,2})"
)
_LATIN: Final = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,}(?:['’\-][A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)?"
_BESIDE_TITLE: Final = re.compile(
    rf"\b(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})?)\s+"
    r"(?:мырза|ханым|апай|ағай|аға\b|апа\b|әпке|тәте|көке|әже|атына\b|деген\b)"
    r"|\b(?:son|daughter|wife|husband|mother|father|brother|sister|friend|doctor|officer|inspector|colleague"
    r"|neighbou?r|boss|teacher|lawyer|judge|manager|director|baby|child|fianc[eé]e?|girlfriend|boyfriend"
    r"|Mrs|Mr|Ms|Dr|Prof|Miss|[Dd]ear|[Hh]ello|[Hh]i|by|named|passport\s+of|complaint\s+about|complain\s+about)"
    rf"\b(?:,|(?<=Mr|Ms|Dr)\.)?\s+(?P<latin>{_LATIN}(?:\s+{_LATIN}){{0,2}})"
    rf"|(?P<own>\b{_LATIN})['’]s\b"
)
_LATIN_START: Final = re.compile(rf"(?:\A|(?<=[.!?]\s))(?P<first>{_LATIN})\s+{_LATIN}\b")
_PAIR: Final = re.compile(rf"\b{_CAPITAL}(?:\s+{_CAPITAL}){{1,2}}\b")
_WITHIN: Final = re.compile(rf"(?<=[^\s.!?…:«\"(]\s)\b{_CAPITAL}\b")
_LATIN_PAIR: Final = re.compile(r"(?<=[a-z,:]\s)[A-Z][a-z]{2,}\s+[A-Z][a-z]{2,}\b")
_PUBLIC: Final = re.compile("|".join(map(re.escape, PUBLIC)), re.IGNORECASE)
_MOST_WORDS: Final = 3


def people(plain: str) -> Iterator[Span]:
    yield from _introduced(plain)
    yield from found(_CALLED, plain, 1)
    yield from found(_INITIALS, plain)
    yield from (match.span() for match in _PATRONYMIC.finditer(plain) if not _NO_PATRONYMIC.search(match[0]))
    yield from _listed(plain)
    yield from _titled(plain)
    for group in ("name", "latin"):
        for match in _I_AM.finditer(plain):
            if match[group] and not _is_public(match[group]):
                yield match.span(group)


def _titled(plain: str) -> Iterator[Span]:
    """Beside what a person is called by, or at the beginning of a sentence in English."""
    for match in _BESIDE_TITLE.finditer(plain):
        for group in ("name", "latin", "own"):
            said = match[group]
            if said and said.split()[0].casefold() not in ENGLISH_STARTS and not _is_public(said):
                yield match.span(group)
    for match in _LATIN_START.finditer(plain):
        if match["first"].casefold() not in ENGLISH_STARTS and not _is_public(match[0]):
            yield match.span()


def capitals(plain: str) -> Iterator[Span]:
    """Words with a capital letter within a sentence, but for places and institutions."""
    for pattern in (_PAIR, _LATIN_PAIR, _WITHIN):
        for match in pattern.finditer(plain):
            if not _is_public(match[0]):
                yield match.span()


def is_introduction(plain: str) -> bool:
    return _INTRODUCTION.search(plain) is not None


def _introduced(plain: str) -> Iterator[Span]:
    """Up to three words after "my name is", which may be in small letters."""
    for match in _INTRODUCTION.finditer(plain):
        end, count = match.end(), 0
        for word in _WORD.finditer(plain, match.end()):
            if count == _MOST_WORDS or word[0].casefold() in INTRODUCTION_ENDS or word.start() - end > 3:
                break
            end, count = word.end(), count + 1
        if count:
            yield match.end(), end


def _listed(plain: str) -> Iterator[Span]:
    """Given names, surnames made of them, and what stands beside a given name in the shape of a surname."""
    words = list(_WORD.finditer(plain))
    known = [is_given_name(word[0]) or is_surname(word[0]) for word in words]
    for place, word in enumerate(words):
        if known[place]:
            yield word.span()
            for beside in (place - 1, place + 1):
                if 0 <= beside < len(words) and _belongs(plain, words[beside], word):
                    yield words[beside].span()


def _belongs(plain: str, other: re.Match[str], name: re.Match[str]) -> bool:
    """Whether a neighbour is part of the name."""
    between = plain[min(other.end(), name.end()) : max(other.start(), name.start())]
    if between.strip(" ,") or _is_public(other[0]):
        return False
    if other[0].casefold() in AMBIGUOUS or is_shaped_as_surname(other[0]):
        return True
    return name[0][0].isupper() and other[0][0].isupper() and other.start() > 0


def _is_public(text: str) -> bool:
    return any(map(_PUBLIC.match, text.split()))
