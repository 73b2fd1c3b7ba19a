"""Numbers as acts write them: «15 (пятнадцати)», «двух», «он бес», «1 073,7»."""

import re

_RU_TENS = {
    "двадцат": 20, "тридцат": 30, "сорок": 40, "пятьдесят": 50, "пятидесят": 50, "шестьдесят": 60,
    "шестидесят": 60, "семьдесят": 70, "семидесят": 70, "восемьдесят": 80, "восьмидесят": 80, "девяност": 90,
    "сто": 100, "ста": 100,
}  # fmt: skip
_RU_UNITS = {
    "ноль": 0, "пят": 5, "шест": 6, "сем": 7, "восем": 8, "восьм": 8, "девят": 9, "десят": 10,
    "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15,
    "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19,
}  # fmt: skip
_RU_EXACT = {
    "один": 1, "одного": 1, "одна": 1, "одной": 1, "одно": 1, "одному": 1,
    "два": 2, "двух": 2, "две": 2, "двумя": 2, "три": 3, "трех": 3, "тремя": 3,
    "четыре": 4, "четырех": 4,
}  # fmt: skip
_KK_UNITS = {
    "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9,
}  # fmt: skip
_KK_TENS = {
    "он": 10, "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80,
    "тоқсан": 90, "жүз": 100,
}  # fmt: skip
_RU_ENDINGS = ("", "ь", "и", "ью", "а")


def _forms() -> dict[str, int]:
    forms = dict(_RU_EXACT)
    for stems in (_RU_UNITS, _RU_TENS):
        forms |= {stem + ending: number for stem, number in stems.items() for ending in _RU_ENDINGS}
    return forms | _KK_UNITS | _KK_TENS


FORMS = _forms()
_WORDS = "|".join(sorted(map(re.escape, FORMS), key=len, reverse=True))
IN_WORDS = rf"(?:(?:{_WORDS})(?![а-яёәғқңөұүһі]))(?:\s+(?:{_WORDS})(?![а-яёәғқңөұүһі]))?"


def in_words(text: str) -> int | None:
    """The number that one or two folded words name: «двадцати пяти»; None if they name none."""
    values = [FORMS.get(word) for word in text.split()]
    if not values or any(value is None for value in values):
        return None
    numbers = [value for value in values if value is not None]
    if len(numbers) == 2 and not (numbers[0] >= 10 and numbers[0] % 10 == 0 and numbers[1] < 10):
        return None
    return sum(numbers)


def amount(text: str) -> float:
    """A figure with spaces between thousands and a comma before the fraction."""
    return float(re.sub(r"\s", "", text).replace(",", "."))
