"""Days as people write them, in three languages, on Monday 23 November 2026."""

from datetime import date

from localisation.typed_days import Leaning, typed_day
from tests.each import each_case

TODAY = date(2026, 11, 23)
PAST, FUTURE = Leaning.PAST, Leaning.FUTURE

# Each month as people write it: with an ending, without Kazakh letters, short.
MONTHS = [
    ("қаңтар", "қаңтарда", "кантарда", "января", "январь", "янв", "January", "jan"),
    ("ақпан", "ақпанның", "акпан", "февраля", "февраль", "фев", "February", "feb"),
    ("наурыз", "наурызда", "наурыз", "марта", "март", "мар", "March", "march"),
    ("сәуір", "сәуірде", "сауир", "апреля", "апрель", "апр", "April", "apr"),
    ("мамыр", "мамырдың", "мамыр", "мая", "май", "мая", "May", "may"),
    ("маусым", "маусымда", "маусымнын", "июня", "июнь", "июня", "June", "jun"),
    ("шілде", "шілдеде", "шилде", "июля", "июль", "июля", "July", "jul"),
    ("тамыз", "тамыздағы", "тамыз", "августа", "август", "авг", "August", "aug"),
    ("қыркүйек", "қыркүйекте", "кыркуйек", "сентября", "сентябрь", "сент", "September", "sept"),
    ("қазан", "қазанда", "казан", "октября", "октябрь", "окт", "October", "oct"),
    ("қараша", "қарашада", "караша", "ноября", "ноябрь", "нояб", "November", "nov"),
    ("желтоқсан", "желтоқсанда", "желтоксан", "декабря", "декабрь", "дек", "December", "dec"),
]

SAID = [
    # numbers
    ("27.11", PAST, date(2025, 11, 27)),
    ("27.11", FUTURE, date(2026, 11, 27)),
    ("20.11", PAST, date(2026, 11, 20)),
    ("20.11.", PAST, date(2026, 11, 20)),
    ("20/11", PAST, date(2026, 11, 20)),
    ("20-11", PAST, date(2026, 11, 20)),
    ("20 11", PAST, date(2026, 11, 20)),
    ("20 11 2026", PAST, date(2026, 11, 20)),
    ("20.11.26", PAST, date(2026, 11, 20)),
    ("5.6.25", PAST, date(2025, 6, 5)),
    ("09.10.2026", PAST, date(2026, 10, 9)),
    ("2026-10-09", PAST, date(2026, 10, 9)),
    ("2026.10.09", PAST, date(2026, 10, 9)),
    ("9/10/2026", PAST, date(2026, 10, 9)),
    # with a month and a year
    ("27 ноября", PAST, date(2025, 11, 27)),
    ("27 ноября", FUTURE, date(2026, 11, 27)),
    ("27 ноября 2026", FUTURE, date(2026, 11, 27)),
    ("27 ноября 2026 года", FUTURE, date(2026, 11, 27)),
    ("27 ноября 2026 г.", FUTURE, date(2026, 11, 27)),
    ("27-го ноября", FUTURE, date(2026, 11, 27)),
    ("10-ого октября", PAST, date(2026, 10, 10)),
    ("10 октября 25", PAST, date(2025, 10, 10)),
    ("10 октября прошлого года", PAST, date(2025, 10, 10)),
    ("2 November 2026", PAST, date(2026, 11, 2)),
    ("November 2, 2026", PAST, date(2026, 11, 2)),
    ("Nov 2nd", PAST, date(2026, 11, 2)),
    ("the 5th of May", PAST, date(2026, 5, 5)),
    ("on 1st of june 2025", PAST, date(2025, 6, 1)),
    ("2026 жылғы 10 қазан", PAST, date(2026, 10, 10)),
    ("2026 жылдың 10 қазанында", PAST, date(2026, 10, 10)),
    ("10 қазан 2026 ж.", PAST, date(2026, 10, 10)),
    ("10-қазан", PAST, date(2026, 10, 10)),
    ("10-шы қазан", PAST, date(2026, 10, 10)),
    ("10 қазан күні", PAST, date(2026, 10, 10)),
    ("былтыр 5 мамырда", PAST, date(2025, 5, 5)),
    ("қазанның 10-ы", PAST, date(2026, 10, 10)),
    ("қазанның 10-да", PAST, date(2026, 10, 10)),
    ("10 qazan", PAST, date(2026, 10, 10)),
    ("10 октобря", PAST, date(2026, 10, 10)),  # a slip of the finger
    ("10 сентебря", PAST, date(2026, 9, 10)),
    ("10 козан", PAST, date(2026, 10, 10)),
    ("29 февраля 2024", PAST, date(2024, 2, 29)),
    ("15 числа", PAST, date(2026, 11, 15)),
    ("27 числа", PAST, date(2026, 10, 27)),
    ("27 числа", FUTURE, date(2026, 11, 27)),
    # days away
    ("сегодня", PAST, TODAY),
    ("бүгін", PAST, TODAY),
    ("бугин", PAST, TODAY),
    ("today", PAST, TODAY),
    ("вчера", PAST, date(2026, 11, 22)),
    ("Вчера.", PAST, date(2026, 11, 22)),
    ("вчера вечером", PAST, date(2026, 11, 22)),
    ("кеше", PAST, date(2026, 11, 22)),
    ("кеше кешке", PAST, date(2026, 11, 22)),
    ("кешегі күні", PAST, date(2026, 11, 22)),
    ("yesterday", PAST, date(2026, 11, 22)),
    ("это было вчера", PAST, date(2026, 11, 22)),
    ("позавчера", PAST, date(2026, 11, 21)),
    ("алдыңғы күні", PAST, date(2026, 11, 21)),
    ("the day before yesterday", PAST, date(2026, 11, 21)),
    ("завтра", FUTURE, date(2026, 11, 24)),
    ("ертең", FUTURE, date(2026, 11, 24)),
    ("tomorrow", FUTURE, date(2026, 11, 24)),
    ("послезавтра", FUTURE, date(2026, 11, 25)),
    ("бүрсігүні", FUTURE, date(2026, 11, 25)),
    ("day after tomorrow", FUTURE, date(2026, 11, 25)),
    ("3 дня назад", PAST, date(2026, 11, 20)),
    ("три дня назад", PAST, date(2026, 11, 20)),
    ("3 дня тому назад", PAST, date(2026, 11, 20)),
    ("3 күн бұрын", PAST, date(2026, 11, 20)),
    ("үш күн бұрын", PAST, date(2026, 11, 20)),
    ("уш кун бурын", PAST, date(2026, 11, 20)),
    ("3 days ago", PAST, date(2026, 11, 20)),
    ("two days ago", PAST, date(2026, 11, 21)),
    ("неделю назад", PAST, date(2026, 11, 16)),
    ("две недели назад", PAST, date(2026, 11, 9)),
    ("пару недель назад", PAST, date(2026, 11, 9)),
    ("бір апта бұрын", PAST, date(2026, 11, 16)),
    ("2 апта бурын", PAST, date(2026, 11, 9)),
    ("a week ago", PAST, date(2026, 11, 16)),
    ("2 weeks ago", PAST, date(2026, 11, 9)),
    ("месяц назад", PAST, date(2026, 10, 23)),
    ("бір ай бұрын", PAST, date(2026, 10, 23)),
    ("a month ago", PAST, date(2026, 10, 23)),
    ("через 3 дня", FUTURE, date(2026, 11, 26)),
    ("через неделю", FUTURE, date(2026, 11, 30)),
    ("3 күннен кейін", FUTURE, date(2026, 11, 26)),
    ("бір аптадан кейін", FUTURE, date(2026, 11, 30)),
    ("in 3 days", FUTURE, date(2026, 11, 26)),
    ("in two weeks", FUTURE, date(2026, 12, 7)),
    # weekdays
    ("в пятницу", PAST, date(2026, 11, 20)),
    ("в пятницу", FUTURE, date(2026, 11, 27)),
    ("пятница", PAST, date(2026, 11, 20)),
    ("в прошлую пятницу", PAST, date(2026, 11, 20)),
    ("прошлая пятница", PAST, date(2026, 11, 20)),
    ("на прошлой неделе в среду", PAST, date(2026, 11, 18)),
    ("в среду на прошлой неделе", PAST, date(2026, 11, 18)),
    ("в понедельник", PAST, TODAY),
    ("в прошлый понедельник", PAST, date(2026, 11, 16)),
    ("прошлый вторник", PAST, date(2026, 11, 17)),
    ("в следующий вторник", FUTURE, date(2026, 11, 24)),
    ("в эту пятницу", FUTURE, date(2026, 11, 27)),
    ("пт", PAST, date(2026, 11, 20)),
    ("в четверг", PAST, date(2026, 11, 19)),
    ("в субботу", PAST, date(2026, 11, 21)),
    ("в воскресенье", PAST, date(2026, 11, 22)),
    ("жұма", PAST, date(2026, 11, 20)),
    ("жұмада", PAST, date(2026, 11, 20)),
    ("жума куни", PAST, date(2026, 11, 20)),
    ("өткен жұма", PAST, date(2026, 11, 20)),
    ("өткен жұмада", PAST, date(2026, 11, 20)),
    ("откен жума", PAST, date(2026, 11, 20)),
    ("өткен аптаның жұмасы", PAST, date(2026, 11, 20)),
    ("өткен аптада сәрсенбіде", PAST, date(2026, 11, 18)),
    ("өткен дүйсенбі", PAST, date(2026, 11, 16)),
    ("откен дуйсенби", PAST, date(2026, 11, 16)),
    ("бейсенбіде", PAST, date(2026, 11, 19)),
    ("сейсенбі күні", PAST, date(2026, 11, 17)),
    ("сенбі", PAST, date(2026, 11, 21)),
    ("жексенбіде", PAST, date(2026, 11, 22)),
    ("келесі жұма", FUTURE, date(2026, 11, 27)),
    ("осы жұма", FUTURE, date(2026, 11, 27)),
    ("friday", PAST, date(2026, 11, 20)),
    ("on Friday", PAST, date(2026, 11, 20)),
    ("last friday", PAST, date(2026, 11, 20)),
    ("last Monday", PAST, date(2026, 11, 16)),
    ("next monday", FUTURE, date(2026, 11, 30)),
    ("this friday", FUTURE, date(2026, 11, 27)),
    ("wednesday last week", PAST, date(2026, 11, 18)),
]

NO_DAY = [
    "", " ", "скоро", "soon", "жақында", "не помню", "12", "2026", "ноябрь", "қазан", "31 ноября",
    "30.02.2026", "32.01.2026", "на прошлой неделе", "өткен аптада", "last week", "летом",
    "27 ноября или 28 ноября", "с 1 по 5 марта", "в начале ноября", "пятница или суббота", "100500",
    "٢٧.١١.٢٠٢٦", "27 брюмера", "x" * 4000, "13.13.2026", "0.0.2026", "кеше емес", "не вчера",
]  # fmt: skip


def test_days_are_read_as_people_write_them():
    by_month = [
        (f"10 {form}", PAST, date(2026 - (month > TODAY.month), month, 10))
        for month, forms in enumerate(MONTHS, start=1)
        for form in dict.fromkeys(forms)
    ]
    assert len(by_month) + len(SAID) >= 200
    with each_case() as cases:
        for text, leaning, expected in (*by_month, *SAID):
            with cases.case(text, leaning.value):
                assert typed_day(text, TODAY, leaning) == expected, typed_day(text, TODAY, leaning)


def test_what_names_no_single_day_is_not_guessed():
    with each_case() as cases:
        for text in NO_DAY:
            with cases.case(text[:40]):
                assert typed_day(text, TODAY) is None, typed_day(text, TODAY)


def test_the_nearest_day_is_meant_when_nothing_tells():
    assert typed_day("30.11", TODAY) == date(2026, 11, 30)
    assert typed_day("1 января", TODAY) == date(2027, 1, 1)
    assert typed_day("пятница", TODAY) == date(2026, 11, 20)
