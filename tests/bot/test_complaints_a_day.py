"""A complaint too many for a day: told in the person's language, and sent the next day as it was written."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.catalogue import LiveCatalogue
from complaints.actions.sending import DailyLimit
from complaints.tables import ComplaintRow, DraftRow
from database.engine import Database
from tests.bot.complaining import HEAD, OFFICER, POLICE, citizen, complain, connect
from tests.bot.test_complaints_drafting import count
from tests.bot.town import Town, town_on


@pytest.fixture
async def strict_town(registry_database: Database, catalogue: LiveCatalogue) -> AsyncIterator[Town]:
    """Where each may complain once a day."""
    async with town_on(registry_database, catalogue, DailyLimit(most=1)) as town:
        yield town


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "Бүгін 1 шағым жібердіңіз"),
        ("ru", "Сегодня вы отправили жалоб: 1"),
        ("en", "Complaints you have sent today: 1"),
    ],
)
async def test_one_too_many_for_a_day_is_kept_and_sent_the_next(strict_town: Town, language: str, said: str):
    await connect(strict_town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(strict_town, language)
    await complain(one)
    await one.press("send")
    await complain(one)
    await one.press("send")  # shows the first one, of this month
    refused = await one.press("anew")
    assert said in refused["answer"]["text"]
    assert refused["answer"]["show_alert"]
    assert (await count(strict_town, ComplaintRow), await count(strict_town, DraftRow)) == (1, 1)
    strict_town.clock.set(strict_town.clock.now() + timedelta(days=1))
    await one.press("anew")
    assert (await count(strict_town, ComplaintRow), await count(strict_town, DraftRow)) == (2, 0)
