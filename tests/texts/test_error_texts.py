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
import messaging
import notifications
import reminders
import reports
from accounts.errors import NotAllowedError
from accounts.roles import Role
from deadlines.errors import OutsideCalendarError
from kernel.errors import DomainError
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.translations import TEXTS, Translations, filters, load_texts

ALERT_LIMIT = 200  # characters, of Telegram
ROOMS = (
    bot.dialogs,
    deadlines,
    messaging,
    notifications,
    knowledge,
    accounts,
    complaints,
    reminders,
    reports,
)
texts = Translations.load()
ENVIRONMENT = Environment(autoescape=True)
ENVIRONMENT.filters.update(filters(Language.EN))
SOURCES = {language: load_texts(TEXTS / language.value) for language in Language}


def every_error() -> list[type[DomainError]]:
    """All that carry a code, in every room."""
    for room in ROOMS:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    found = [kind for kind in below(DomainError) if hasattr(kind, "code")]
    return [kind for kind in found if not kind.__module__.startswith("tests.")]


def below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for found in kind.__subclasses__():
        yield found
        yield from below(found)


def shown(error: type[DomainError], language: Language) -> str:
    """The error's text with a date for each value that it takes; empty where there is no text."""
    key = f"error.{error.code}"
    if key not in SOURCES[language]:
        return ""
    source = ENVIRONMENT.parse(SOURCES[language][key])
    values = meta.find_undeclared_variables(source) - {"kept", "ours"}
    return texts.plain(language, key, **dict.fromkeys(values, date(2026, 12, 10)))


def test_every_error_text_fits_an_alert_in_every_language():
    lengths = {
        (error.code, language.value): len(shown(error, language))
        for error in every_error()
        for language in Language
    }
    assert lengths
    assert {place: length for place, length in lengths.items() if not 0 < length <= ALERT_LIMIT} == {}


def test_error_codes_are_unique():
    codes = Counter(error.code for error in every_error())
    assert [code for code, times in codes.items() if times > 1] == []


def test_every_error_text_belongs_to_an_error():
    known = {f"error.{error.code}" for error in every_error()}
    spoken = [key for key in texts.keys() if key.startswith("error.")]  # noqa: SIM118  no mapping
    assert set(spoken) == known


@pytest.mark.parametrize(
    ("language", "expected"),
    [(Language.RU, "с 01.01.2016 по 31.12.2076"), (Language.EN, "1 January 2016 to 31 December 2076")],
)
def test_error_dates_are_formatted_for_the_language(language: Language, expected: str):
    error = OutsideCalendarError(date(2016, 1, 1), date(2076, 12, 31))
    assert expected in error_message(texts, language, error)


def test_every_role_has_a_name_in_each_language():
    names = {
        role: {texts.plain(language, f"officials.role_{role}") for language in Language} for role in Role
    }
    assert {role: found for role, found in names.items() if len(found) != 3} == {}


def test_error_message_holds_no_data():
    assert "010101200012" not in str(NotAllowedError(number="010101200012"))
