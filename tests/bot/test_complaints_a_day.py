"""A complaint over the daily limit is refused in the person's language and can be sent the next day."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from complaints.actions.sending import DailyLimit
from complaints.tables import ComplaintRow, DraftRow
from database.engine import Database
from knowledge.catalogue import LiveCatalogue
from tests.bot.complaint_dialog import HEAD, OFFICER, POLICE, citizen, complain, connect
from tests.bot.drafting import count
from tests.bot.live_bot import RunningBot, live_bot_on


@pytest.fixture
async def strict_live_bot(registry_database: Database, catalogue: LiveCatalogue) -> AsyncIterator[RunningBot]:
    """A bot that allows one complaint per person a day."""
    async with live_bot_on(registry_database, catalogue, DailyLimit(most=1)) as live_bot:
        yield live_bot


@pytest.mark.bot
@pytest.mark.parametrize(
    ("language", "alert"),
    [
        ("kk", "Бүгін 1 шағым жібердіңіз"),
        ("ru", "Сегодня вы отправили жалоб: 1"),
        ("en", "Complaints you have sent today: 1"),
    ],
)
async def test_complaint_over_the_daily_limit_is_sent_the_next_day(
    strict_live_bot: RunningBot, language: str, alert: str
):
    await connect(strict_live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(strict_live_bot, language)
    await complain(one)
    await one.press("send")
    await complain(one)
    await one.press("send")  # shows the first one of this month
    refused = await one.press("anew")
    assert alert in refused["answer"]["text"]
    assert refused["answer"]["show_alert"]
    assert (await count(strict_live_bot, ComplaintRow), await count(strict_live_bot, DraftRow)) == (1, 1)
    strict_live_bot.clock.set(strict_live_bot.clock.now() + timedelta(days=1))
    await one.press("anew")
    assert (await count(strict_live_bot, ComplaintRow), await count(strict_live_bot, DraftRow)) == (2, 0)
