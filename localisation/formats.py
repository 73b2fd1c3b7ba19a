"""Numbers, dates, instants and the names of days and months as people read them; the names are CLDR's."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.dates import format_date, get_day_names, get_month_names
from babel.numbers import format_decimal

from kernel.clock import ALMATY
from kernel.language import Language

_LOCALES = {Language.KK: "kk", Language.RU: "ru", Language.EN: "en_GB"}
# CLDR's short Kazakh date is 20.11.26; Kazakhstan's papers write the year in full.
_DAY = {Language.KK: "dd.MM.y", Language.RU: "short", Language.EN: "long"}
# CLDR capitalises Kazakh months that stand alone, Kazakh spelling does not; in a date they take no ending.
_MONTH: Mapping[Language, Literal["format", "stand-alone"]] = {
    Language.KK: "format",
    Language.RU: "stand-alone",
    Language.EN: "stand-alone",
}

# The accusative of each Kazakh month, from January.
_ACCUSATIVES = (
    *("қаңтарды", "ақпанды", "наурызды", "сәуірді", "мамырды", "маусымды"),
    *("шілдені", "тамызды", "қыркүйекті", "қазанды", "қарашаны", "желтоқсанды"),
)


def number(value: float | Decimal, language: Language) -> str:
    """`value` with grouped thousands and at most two decimals: 4 325 or 0,2 (0.2 in English)."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)  # Babel's is half-even
    text = format_decimal(rounded, "#,##0.##", locale=_LOCALES[language])
    # A comma is the decimal mark of the papers that a reader of English compares a fee with.
    return text.replace(",", "\N{NO-BREAK SPACE}") if language is Language.EN else text


def day(value: date, language: Language) -> str:
    """20.11.2026, or 20 November 2026 in English."""
    return format_date(value, _DAY[language], locale=_LOCALES[language])


def through(value: date, language: Language) -> str:
    """A last day that still counts: 2026 жылғы 31 наурызды қоса алғанда, по 31 марта 2026 года включительно,
    by the end of 31 March 2026.

    The one way to say so: «дейін» and "до" alone leave open whether the day itself is in time.
    """
    match language:
        case Language.KK:
            return f"{value.year} жылғы {value.day} {_ACCUSATIVES[value.month - 1]} қоса алғанда"
        case Language.RU:
            return f"по {format_date(value, 'd MMMM y', locale=_LOCALES[language])} года включительно"
        case Language.EN:
            return f"by the end of {day(value, language)}"


def moment(at: datetime) -> str:
    """An aware instant in Almaty time, in every language: 20.11.2026 14:05."""
    return f"{at.astimezone(ALMATY):%d.%m.%Y %H:%M}"


def numeric_day(value: date) -> str:
    """20.11.2026 in every language."""
    return f"{value:%d.%m.%Y}"


def month_names(language: Language) -> list[str]:
    """The twelve months from January, as they stand alone: ноябрь, not ноября."""
    names = get_month_names("wide", _MONTH[language], _LOCALES[language])
    return [names[number] for number in range(1, 13)]


def weekday(value: date, language: Language) -> str:
    return str(get_day_names("wide", locale=_LOCALES[language])[value.weekday()])


def short_weekdays(language: Language) -> list[str]:
    """The seven days from Monday: дс, пн, Mon."""
    names = get_day_names("abbreviated", locale=_LOCALES[language])
    return [names[number] for number in range(7)]
