"""How long messages wait for Telegram's limits."""

import random
from dataclasses import dataclass

import pytest

from messaging.outbox.sending import LONGEST_PAUSE_OF_ALL_S, Pace


@dataclass
class PaceClock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> PaceClock:
    return PaceClock()


@pytest.fixture
def pace(seconds: PaceClock) -> Pace:
    return Pace(monotonic=seconds, per_second=30.0)


def send(pace: Pace, chat_id: int, *, notice: bool = False) -> float:
    """Start a message and answer it at once if it may go."""
    wait = pace.reserve(chat_id, notice=notice)
    if wait == 0.0:
        pace.done(chat_id, notice=notice)
    return wait


def test_burst_is_thirty_messages_per_second(pace: Pace, seconds: PaceClock):
    assert [send(pace, chat) for chat in range(10)] == [0.0] * 10
    seconds.now += 0.25
    assert [send(pace, chat) for chat in range(20)] == [0.0] * 20
    assert send(pace, 99) == pytest.approx(0.75)
    seconds.now += 0.75
    assert [send(pace, chat) for chat in range(11)] == pytest.approx([0.0] * 10 + [0.25])


def test_idle_time_does_not_accumulate_allowance(pace: Pace, seconds: PaceClock):
    send(pace, 1)
    seconds.now += 3_600
    assert [send(pace, chat) > 0 for chat in range(31)] == [False] * 30 + [True]


def test_message_in_flight_keeps_its_slot(pace: Pace, seconds: PaceClock):
    for chat in range(30):
        pace.reserve(chat, notice=False)
    seconds.now += 10
    assert pace.reserve(99, notice=False) > 0
    pace.done(0, notice=False)
    assert pace.reserve(99, notice=False) == pytest.approx(1.0)
    seconds.now += 1
    assert pace.reserve(99, notice=False) == 0.0


def test_no_second_exceeds_thirty_messages(pace: Pace, seconds: PaceClock):
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


def test_notices_of_one_chat_are_a_second_apart(pace: Pace, seconds: PaceClock):
    assert pace.reserve(7, notice=True) == 0.0
    seconds.now += 0.5
    pace.done(7, notice=True)
    assert pace.reserve(7, notice=True) == pytest.approx(1.0)


def test_notices_of_other_chats_do_not_wait(pace: Pace):
    send(pace, 7, notice=True)
    assert send(pace, 8, notice=True) == 0.0


def test_answer_does_not_wait_for_notices(pace: Pace):
    send(pace, 7, notice=True)
    assert send(pace, 7) == 0.0


def test_nothing_waits_without_a_limit(seconds: PaceClock):
    pace = Pace(monotonic=seconds, per_second=None)
    assert {send(pace, chat) for chat in range(1_000)} == {0.0}


def test_pause_of_one_chat_affects_no_other(pace: Pace):
    pace.pause(7, 10)
    assert send(pace, 8) == 0.0


def test_two_flooding_chats_silence_nobody_else(pace: Pace):
    for chat in (7, 8):
        pace.pause(chat, 40)
    assert send(pace, 9) == 0.0


def test_several_refused_chats_of_an_idle_bot_silence_nobody_else(pace: Pace):
    for chat in (6, 7, 8):
        pace.pause(chat, 40)
    assert send(pace, 9) == 0.0


def test_several_refused_chats_of_a_busy_bot_stop_all_briefly(pace: Pace, seconds: PaceClock):
    for chat in range(20):
        send(pace, chat)
    for chat in (6, 7, 8):
        pace.pause(chat, 40)
    assert pace.reserve(9, notice=False) == pytest.approx(LONGEST_PAUSE_OF_ALL_S)
    seconds.now += LONGEST_PAUSE_OF_ALL_S
    assert send(pace, 9) == 0.0


def test_idle_chats_are_forgotten(seconds: PaceClock):
    pace = Pace(monotonic=seconds, per_second=None)
    for chat in range(10_000):
        send(pace, chat, notice=True)
    seconds.now += 3_600
    send(pace, 10_001, notice=True)
    assert len(pace._next_notice) == 1
