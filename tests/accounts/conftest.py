"""Fixtures: the whole bot on the local Telegram, a test cipher, and made-up numbers."""

from collections.abc import AsyncIterator

import pytest

from accounts.cipher import Cipher, make_key
from database.engine import Database
from tests.accounts.people import AccountsScenario, found_organisations


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher.of(make_key())


@pytest.fixture
async def scenario(database: Database, cipher: Cipher) -> AsyncIterator[AccountsScenario]:
    """Four organisations without members."""
    async with database.unit_of_work() as unit:
        await found_organisations(unit)
        yield AccountsScenario(unit=unit, cipher=cipher)
