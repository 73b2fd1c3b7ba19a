"""Every refusal and every role has its words, and a refusal fits Telegram's alert."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from jinja2 import Environment, meta

import accounts
import bot.dialogs
import complaints
import deadlines
import knowledge
import notifications
import reminders
import reports
from accounts.errors import NotAllowedError
from accounts.roles import Role
from bot.refusals import refusal
from bot.translations import TEXTS, Translations, load_texts
from deadlines.errors import DomainError, OutOfCalendarError
from registry_data.schema import Language

ALERT_LIMIT = 200  # characters, of Telegram
ROOMS = (bot.dialogs, deadlines, notifications, knowledge, accounts, complaints, reminders, reports)
texts = Translations.load()
SOURCES = {language: load_texts(TEXTS / language.value) for language in Language}


def every_error() -> list[type[DomainError]]:
    """All that carry a code, in every room."""
    for room in ROOMS:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    return [kind for kind in below(DomainError) if hasattr(kind, "code")]


def below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for found in kind.__subclasses__():
        yield found
        yield from below(found)


def shown(error: type[DomainError], language: Language) -> str:
    """The error's text with a date for each value that it takes; empty where there is no text."""
    key = f"error.{error.code}"
    if key not in SOURCES[language]:
        return ""
    values = meta.find_undeclared_variables(Environment(autoescape=True).parse(SOURCES[language][key]))
    return texts.plain(language, key, **dict.fromkeys(values, "10.12.2026"))


def test_every_error_has_a_text_in_every_language_that_fits_an_alert():
    lengths = {
        (error.code, language.value): len(shown(error, language))
        for error in every_error()
        for language in Language
    }
    assert lengths
    assert {place: length for place, length in lengths.items() if not 0 < length <= ALERT_LIMIT} == {}


def test_a_code_belongs_to_one_error():
    codes = Counter(error.code for error in every_error())
    assert [code for code, times in codes.items() if times > 1] == []


def test_no_text_is_left_of_a_refusal_that_is_gone():
    known = {f"error.{error.code}" for error in every_error()}
    spoken = [key for key in texts.keys() if key.startswith("error.")]  # noqa: SIM118  no mapping
    assert set(spoken) == known


@pytest.mark.parametrize(
    ("language", "expected"),
    [(Language.RU, "с 01.01.2016 по 31.12.2076"), (Language.EN, "1 January 2016 to 31 December 2076")],
)
def test_a_refusal_s_dates_are_written_as_the_language_does(language: Language, expected: str):
    error = OutOfCalendarError(date(2016, 1, 1), date(2076, 12, 31))
    assert expected in refusal(texts, language, error)


def test_every_role_has_its_own_name_in_each_language():
    names = {
        role: {texts.plain(language, f"officials.role_{role}") for language in Language} for role in Role
    }
    assert {role: found for role, found in names.items() if len(found) != 3} == {}


def test_an_error_s_words_hold_no_data():
    assert "010101200012" not in str(NotAllowedError(number="010101200012"))
