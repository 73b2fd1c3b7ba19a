"""Every refusal and every role has its words, and a refusal fits Telegram's alert."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import accounts
from accounts.errors import DomainError
from accounts.roles import Role
from bot.translations import Translations
from registry_data.schema import Language

ALERT_LIMIT = 200  # characters, of Telegram
texts = Translations.load()


def every_error(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for module in pkgutil.walk_packages(accounts.__path__, "accounts."):
        importlib.import_module(module.name)
    for found in kind.__subclasses__():
        yield found
        yield from every_error(found)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("error", list(every_error()))
def test_a_refusal_is_said_in_every_language(error: type[DomainError], language: Language):
    assert 0 < len(texts.plain(language, f"error.{error.code}")) <= ALERT_LIMIT


def test_no_text_is_left_of_a_refusal_that_is_gone():
    known = {f"error.{error.code}" for error in every_error()}
    spoken = [key for key in texts.keys() if key.startswith("error.")]  # noqa: SIM118  no mapping
    assert set(spoken) == known


@pytest.mark.parametrize("role", Role)
def test_a_role_has_its_name(role: Role):
    assert len({texts.plain(language, f"officials.role_{role}") for language in Language}) == 3


def test_an_error_s_words_hold_no_data():
    error = DomainError.__subclasses__()[0](number="010101200012")
    assert "010101200012" not in str(error)
