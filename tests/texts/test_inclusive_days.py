"""An inclusive last day is said so in one way; our readings are marked, what the Code says is cited."""

import re
from datetime import date
from pathlib import Path

from kernel.language import Language
from localisation.formats import through
from localisation.translations import TEXTS, load_texts
from tests.each import each_case

ROOT = Path(__file__).parents[2]
texts = {language: load_texts(TEXTS / language.value) for language in Language}

VALUE = r"(?:<b>)?\{\{ (\w+) \}\}(?:</b>)?"
# Words that leave open whether the day itself is in time.
OPEN = {
    Language.KK: re.compile(rf"{VALUE}(?: күніне| күнге| күнінен)? (?:дейін|кешіктір)"),
    Language.RU: re.compile(rf"\b(?:до|не позднее|не позже) {VALUE}", re.IGNORECASE),
    Language.EN: re.compile(rf"\b(?:until|till|by|before|no later than) {VALUE}", re.IGNORECASE),
}
# Numbers, hours, names; and days that something does not begin before.
NO_DAYS = {"days", "extended", "most", "up_to", "time", "organisation", "first", "act_from"}
ALLOWED = {
    "filings.date_before": "the act itself says «дейін»: its day is not in time",
    "officials.invited": "a moment, to the minute",
}


def open_days(language: Language, text: str) -> list[str]:
    return [found[0] for found in OPEN[language].finditer(text) if found[1] not in NO_DAYS]


def test_no_text_leaves_open_whether_the_last_day_is_in_time():
    with each_case() as cases:
        for language in Language:
            for key, text in texts[language].items():
                with cases.case(language.value, key):
                    assert key in ALLOWED or open_days(language, text) == []


def test_open_words_are_found():
    wrong = {
        Language.KK: (
            "<b>{{ due }}</b> күніне дейін",
            "{{ due }} дейін",
            "{{ latest }} күнінен кешіктірілмейді",
        ),
        Language.RU: ("до <b>{{ due }}</b>", "Ответ до {{ due }}.", "не позже {{ latest }}"),
        Language.EN: ("due by {{ due }}", "until <b>{{ offer }}</b>"),
    }
    right = {
        Language.KK: ("{{ due | through }}", "{{ days }} жұмыс күніне ұзарту"),
        Language.RU: ("{{ due | through }}", "до {{ time }}"),
        Language.EN: ("by {{ days }} working days", "up to and including {{ until }}"),
    }
    with each_case() as cases:
        for language in Language:
            for text in wrong[language]:
                with cases.case(text):
                    assert open_days(language, text)
            for text in right[language]:
                with cases.case(text):
                    assert not open_days(language, text)


def test_allowed_texts_are_still_there():
    assert set(ALLOWED) <= texts[Language.KK].keys()
    assert all(any(open_days(language, texts[language][key]) for language in Language) for key in ALLOWED)


def test_languages_say_it_of_the_same_days():
    """English says "up to and including" where something lasts until then."""

    def said(language: Language, key: str) -> set[str]:
        text = texts[language][key]
        lasting = re.findall(r"including \{\{ (\w+) \}\}", text)
        return {*re.findall(r"\{\{ (\w+) \| through \}\}", text), *lasting}

    with each_case() as cases:
        for key in texts[Language.KK]:
            with cases.case(key):
                assert said(Language.RU, key) == said(Language.KK, key) == said(Language.EN, key)


def test_every_month_has_its_accusative():
    written = [through(date(2026, month, 1), Language.KK) for month in range(1, 13)]
    assert written[2] == "2026 жылғы 1 наурызды қоса алғанда"
    ending = re.compile(r"(?:[рлнзм]|ң)(?:ды|ді) |[птсқкш](?:ты|ті) |[аеә](?:ны|ні) ")
    assert [one for one in written if not ending.search(one)] == []
    assert through(date(2026, 3, 31), Language.KK) == "2026 жылғы 31 наурызды қоса алғанда"
    assert through(date(2026, 3, 31), Language.RU) == "по 31 марта 2026 года включительно"
    assert through(date(2026, 3, 31), Language.EN) == "by the end of 31 March 2026"


# What no act says: once, the Agency's body before the court or at once, which body controls a sphere.
OF_OURS = {
    Language.KK: r"сотқа дейінгі саты|бірден жүгіне беру|қай орган екені|[Бб]ір рет қана ұзартыл",
    Language.RU: r"досудебная инстанция|обратиться сразу|какой именно это орган|(?:лишь|только) один раз",
    Language.EN: r"comes before the court|go to it at once|which body that is|happens once|only once",
}
SAYS_ONCE_OF_ELSE = {"officials", "calendar", "me", "report"}  # a link that works once


def test_our_readings_carry_the_mark():
    marked = 0
    with each_case() as cases:
        for language, pattern in OF_OURS.items():
            for key, text in texts[language].items():
                if re.search(pattern, text) and key.partition(".")[0] not in SAYS_ONCE_OF_ELSE:
                    marked += 1
                    with cases.case(language.value, key):
                        assert "{{ ours }}" in text
    assert marked >= 3 * 8


BY_HAND = re.compile(
    r"\}\}(?:</b>)?(?: күнін| күнді)? ?\(?қоса алғанда|\}\}(?:</b>)? включительно"
    r"|by the end of (?:<b>)?\{\{|through the end of (?:<b>)?\{\{"
)


def test_an_inclusive_day_is_written_by_its_filter():
    """`through` alone says it, in one way: written by hand it differs from text to text."""
    with each_case() as cases:
        for language in Language:
            for key, text in texts[language].items():
                with cases.case(language.value, key):
                    assert BY_HAND.search(text) is None


def test_the_way_to_court_is_cited():
    """That the court comes after the complaint is Art. 91 ¶5 of the Code, not a reading."""
    keys = (
        "complaint.appeal_agency",
        "complaint.paper_next_text",
        "my_complaints.next_agency",
        "error.agency_already",
    )
    article = {Language.KK: "91-бап", Language.RU: "статья 91", Language.EN: "Art. 91"}
    with each_case() as cases:
        for language in Language:
            for key in keys:
                with cases.case(language.value, key):
                    assert article[language] in texts[language][key]


WITHIN = re.compile(
    r"(?<!чем )\bза (?:<b>)?(?:\{\{ \w+ \}\}|\d+|один|два|три|пять|десять|пятнадцать) "
    r"(?:рабочи|календарн)\w+ дн\w+\b(?! до)",
    re.IGNORECASE,
)


def test_a_term_is_within_its_days_in_russian():
    """«в течение 3 рабочих дней»: «за 3 рабочих дня» is how long something takes, or how long before."""
    assert WITHIN.search("рассмотрит её за 15 рабочих дней")
    assert not WITHIN.search("не позднее чем за 3 рабочих дня")
    found = [key for key, text in texts[Language.RU].items() if WITHIN.search(text)]
    for folder in ("guides", "services", "papers"):
        for path in sorted((ROOT / "registry_data" / folder).glob("*.yaml")):
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "ru:" in line]
            found += [f"{path.name}: {line.strip()[:90]}" for line in lines if WITHIN.search(line)]
    assert found == []
