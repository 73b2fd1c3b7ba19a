"""The words that dates are written with, in three languages and every case, as English ones."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

_FOLD: Final = str.maketrans("әқғңөұүһіыйёэ", "акгноуухиииее")
UNKNOWN: Final = "?"
_MENDED_FROM: Final = 5  # letters
_ENDINGS_UP_TO: Final = 7  # letters after a word's beginning: "қарашадағы"

# A beginning of a word, in folded letters, and what it means. A dot ends a word that takes no endings.
_BEGINNINGS: Final[Mapping[str, str]] = {
    "january": "январ янв. кантар qantar january jan.",
    "february": "феврал фев. акпан aqpan february feb.",
    "march": "март мар. науриз nauryz march",
    "april": "апрел апр. сауир sauir april apr.",
    "may": "мая. маи. мае. маю. маем. мамир mamyr may.",
    "june": "июн маусим mausym june jun.",
    "july": "июл шилде shilde july jul.",
    "august": "август авг. тамиз tamyz august aug.",
    "september": "сентябр сент. сен. киркуиек qyrkuiek september sept. sep.",
    "october": "октябр окт. казан qazan october oct.",
    "november": "ноябр нояб. ноя. караша qarasha november nov.",
    "december": "декабр дек. желтоксан jeltoqsan december dec.",
    "monday": "понедельник пн. пон. дуисенби дс. дб. monday mon.",
    "tuesday": "вторник вт. втор. сеисенби сс. tuesday tue.",
    "wednesday": "среда. среду. среди. среде. средои. ср. сарсенби wednesday wed.",
    "thursday": "четверг чт. четв. беисенби бс. thursday thu.",
    "friday": "пятниц пт. пятн. жума. жумада. жумаси. жуманин. жумага. жм. friday fri.",
    "saturday": "суббот сб. субб. сенби. сенбиде. сенбиси. сенбинин. сенбиге. saturday sat.",
    "sunday": "воскресен вс. воскр. жексенби жс. жк. sunday sun.",
    "today": "сегодня. сегодняшни бугин. бугинги. today. сеиодня.",
    "yesterday": "вчера. вчерашни кеше. кешеги. yesterday. вчира.",
    "daybefore": "позавчера. позовчера. позавчерашни daybefore.",
    "tomorrow": "завтра. завтрашни ертен. ертенги. tomorrow. tommorow.",
    "dayafter": "dayafter. послезавтра. бурсигуни. бирсигуни.",
    "last": "прошл минувш предидущ откен. былтиргы. last. previous. past.",
    "next": "следующ будущ келеси. келер. next. coming.",
    "this": "этот. эта. эту. этои. этого. это. етот. ета. ету. етои. етого. текущ осы. оси. this.",
    "ago": "назад. бурин. буригин. ago. earlier.",
    "in": "in. через. кеиин. соң. сон. later.",
    "day": "ден. день. дня. днеи. сутки. суток. кун. куннен. day. days.",
    "week": "недел апта. аптада. аптанин. аптадан. аптадаги. week. weeks.",
    "month": "месяц аи. аида. аидан. аидин. month. months.",
    "year": "",
    "date": "число. числа. числе. числу. date.",
    "1": "один. одну. одна. первого. первое. бир. one. a. an. биринши.",
    "2": "два. две. двух. второго. второе. пара. пару. еки. two. couple. екинши.",
    "3": "три. трех. третьего. третье. уш. three.",
    "4": "четири. четирех. торт. four.",
    "5": "пять. пяти. пятого. бес. five.",
    "6": "шесть. шести. алти. six.",
    "7": "семь. семи. жети. seven.",
    "8": "восемь. сегиз. eight.",
    "9": "девять. тогиз. nine.",
    "10": "десять. десяти. он. ten.",
    "last year": "былтир. билтир. билтирги.",
    "this year": "биил. биилги. биилгы.",
    "": "куни. кунги. куннин. тому. вечером. утром. днем. ночью. кешке. танертен. тунде. түсте. morning. "
    "evening. night. в. во. на. г. го. год. года. году. ого. е. ое. жили. жилги. жилдин. жил. ж. и. "
    "ши. ши. шы. ди. да. де. та. те. ти.  "
    "нин. ден. нан. нен. дан. тан. тен. да. the. of. on. st. nd. rd. th. it. was. было. било. это. "
    "болди. болган. около. с. от. с.  "
    "ге. га. ке. ка. си. сында. синда. инде. инши. at. from. since. только. прям. кажется. именно. где. то.",
}


_PHRASES: Final = {
    "day before yesterday": "daybefore",
    "day after tomorrow": "dayafter",
    "алдинги куни": "daybefore",
    "арги куни": "daybefore",
}


def fold(text: str) -> str:
    """`text` in lower case, each Kazakh letter as its common substitute, and phrases as one word."""
    folded = text.casefold().translate(_FOLD)
    for phrase, word in _PHRASES.items():
        folded = folded.replace(phrase, word)
    return folded


def _table() -> Iterator[tuple[str, str, bool]]:
    for meaning, beginnings in _BEGINNINGS.items():
        for one in beginnings.split():
            yield fold(one.rstrip(".")), meaning, not one.endswith(".")


_WHOLE: Final = {word: meaning for word, meaning, _ in _table()}
_OPEN: Final = {word: meaning for word, meaning, is_open in _table() if is_open}


@lru_cache(maxsize=2_000)
def meaning_of(word: str) -> str:
    """What a folded word means; empty for one that says nothing, UNKNOWN for any other."""
    if word in _WHOLE:
        return _WHOLE[word]
    for size in range(len(word), max(2, len(word) - _ENDINGS_UP_TO) - 1, -1):
        if word[:size] in _OPEN:
            return _OPEN[word[:size]]
    return _mended(word)


def _mended(word: str) -> str:
    """With one mistake in the beginning of a long word."""
    if len(word) < _MENDED_FROM:
        return UNKNOWN
    for beginning, meaning in _OPEN.items():
        near = (word[: len(beginning) + by] for by in (-1, 0, 1))
        if len(beginning) >= _MENDED_FROM and any(
            OSA.distance(one, beginning, score_cutoff=1) <= 1 for one in near
        ):
            return meaning
    return UNKNOWN
