"""How long a message waits for Telegram's limits."""

import random
from dataclasses import dataclass

import pytest

from messaging.outbox.pace import Pace


@dataclass
class Seconds:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def pace(seconds: Seconds) -> Pace:
    return Pace(monotonic=seconds, per_second=30.0)


def send(pace: Pace, chat_id: int, *, notice: bool = False) -> float:
    """Begin a message and have its answer at once, if it may go."""
    wait = pace.reserve(chat_id, notice=notice)
    if wait == 0.0:
        pace.done(chat_id, notice=notice)
    return wait


def test_thirty_messages_go_at_once_and_the_next_a_second_after_the_first(pace: Pace, seconds: Seconds):
    assert [send(pace, chat) for chat in range(10)] == [0.0] * 10
    seconds.now += 0.25
    assert [send(pace, chat) for chat in range(20)] == [0.0] * 20
    assert send(pace, 99) == pytest.approx(0.75)
    seconds.now += 0.75
    assert [send(pace, chat) for chat in range(11)] == pytest.approx([0.0] * 10 + [0.25])


def test_a_long_rest_saves_nothing_up(pace: Pace, seconds: Seconds):
    send(pace, 1)
    seconds.now += 3_600
    assert [send(pace, chat) > 0 for chat in range(31)] == [False] * 30 + [True]


def test_what_is_still_on_its_way_keeps_its_place(pace: Pace, seconds: Seconds):
    for chat in range(30):
        pace.reserve(chat, notice=False)
    seconds.now += 10
    assert pace.reserve(99, notice=False) > 0
    pace.done(0, notice=False)
    assert pace.reserve(99, notice=False) == pytest.approx(1.0)
    seconds.now += 1
    assert pace.reserve(99, notice=False) == 0.0


def test_no_second_sees_more_than_thirty_however_long_each_is_on_its_way(pace: Pace, seconds: Seconds):
    chance = random.Random(7)
    under_way: list[tuple[float, int]] = []
    arrivals: list[float] = []
    while len(arrivals) < 600:
        for answered_at, chat in [one for one in under_way if one[0] <= seconds.now]:
            under_way.remove((answered_at, chat))
            pace.done(chat, notice=False)
        chat = len(arrivals)
        if len(under_way) < 8 and pace.reserve(chat, notice=False) == 0.0:
            on_its_way = chance.uniform(0.0, 0.4)
            arrivals.append(seconds.now + chance.uniform(0.0, on_its_way))
            under_way.append((seconds.now + on_its_way, chat))
        else:
            seconds.now += 0.001
    arrivals.sort()
    assert min(later - first for first, later in zip(arrivals, arrivals[30:], strict=False)) >= 1.0


def test_notices_of_one_chat_go_a_second_after_the_last_ones_answer(pace: Pace, seconds: Seconds):
    assert pace.reserve(7, notice=True) == 0.0
    seconds.now += 0.5
    pace.done(7, notice=True)
    assert pace.reserve(7, notice=True) == pytest.approx(1.0)


def test_notices_of_other_chats_do_not_wait_for_it(pace: Pace):
    send(pace, 7, notice=True)
    assert send(pace, 8, notice=True) == 0.0


def test_an_answer_is_not_held_back_by_notices(pace: Pace):
    send(pace, 7, notice=True)
    assert send(pace, 7) == 0.0


def test_without_a_limit_nothing_waits(seconds: Seconds):
    pace = Pace(monotonic=seconds, per_second=None)
    assert {send(pace, chat) for chat in range(1_000)} == {0.0}


def test_a_pause_asked_for_one_chat_stops_no_other(pace: Pace):
    pace.pause(7, 10)
    assert send(pace, 8) == 0.0


def test_a_pause_asked_for_a_second_chat_stops_all(pace: Pace, seconds: Seconds):
    pace.pause(7, 10)
    pace.pause(8, 10)
    assert send(pace, 9) == pytest.approx(10.0)
    seconds.now += 10
    assert send(pace, 9) == 0.0


def test_the_chats_of_long_ago_are_forgotten(seconds: Seconds):
    pace = Pace(monotonic=seconds, per_second=None)
    for chat in range(10_000):
        send(pace, chat, notice=True)
    seconds.now += 3_600
    send(pace, 10_001, notice=True)
    assert len(pace._next_notice) == 1
