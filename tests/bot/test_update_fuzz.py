"""Damaged updates through the whole bot: answered or ignored on purpose; none is lost, none raises."""

import random

import pytest

from tests.bot.live_bot import SharedBot
from tests.bot.update_fuzz import Fuzz

pytestmark = [pytest.mark.bot, pytest.mark.fuzz]


async def fuzzed(shared_bot: SharedBot, seed: int, count: int) -> None:
    await shared_bot.put_back()
    fuzz = Fuzz(live_bot=shared_bot.live_bot, chance=random.Random(seed))
    await fuzz.run(count)
    assert fuzz.tried >= count
    assert not fuzz.faults, "\n".join([f"seed {seed}: {len(fuzz.faults)}", *fuzz.faults[:10]])


async def test_some_damaged_updates_are_answered_or_ignored(shared_bot: SharedBot):
    await fuzzed(shared_bot, seed=7, count=100)


@pytest.mark.long
async def test_ten_thousand_damaged_updates_are_answered_or_ignored(shared_bot: SharedBot):
    await fuzzed(shared_bot, seed=random.SystemRandom().randrange(10**6), count=10_000)
