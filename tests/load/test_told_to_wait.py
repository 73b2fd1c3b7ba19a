"""Two flooders whom Telegram tells to wait do not silence a third; the bench says how much they delay."""

import pytest

from bench.flood.told_to_wait import RETRY_AFTER_S, measured
from database.engine import Database
from knowledge.catalogue import LiveCatalogue


@pytest.mark.bot
async def test_two_flooders_do_not_silence_a_third(registry_database: Database, catalogue: LiveCatalogue):
    found = await measured(registry_database, catalogue, questions=10)
    assert found["answered"] == 10
    assert found["told to wait"] > 0
    assert found["p99_s"] < RETRY_AFTER_S / 4  # a pause of all would be as long as that of one
