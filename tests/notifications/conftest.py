"""A delivery through a channel that records."""

import pytest

from database.engine import Database
from deadlines.clock import FixedClock
from messaging.outbox.delivery import Delivery
from tests.notifications.telegram import Recorder, delivery_of


@pytest.fixture
def channel() -> Recorder:
    return Recorder()


@pytest.fixture
def delivery(database: Database, channel: Recorder, clock: FixedClock) -> Delivery:
    return delivery_of(database, channel, clock)
