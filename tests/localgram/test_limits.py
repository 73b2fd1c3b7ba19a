"""Telegram's limits on sending, counted in sliding windows."""

import pytest
from localgram.errors import ApiError
from localgram.sending_limits import SendingLimits


@pytest.fixture
def limits() -> SendingLimits:
    found = SendingLimits()
    found.enforced = True
    return found


def passes(limits: SendingLimits, chat: int, at: float) -> bool:
    try:
        limits.spend(chat, at)
    except ApiError as refusal:
        return refusal.code != 429
    return True


def test_chat_limit_is_one_message_a_second(limits: SendingLimits) -> None:
    assert [passes(limits, 1, at) for at in (0.0, 0.9, 1.0, 1.5, 2.0)] == [True, False, True, False, True]


def test_total_limit_is_thirty_messages_a_second(limits: SendingLimits) -> None:
    assert all(passes(limits, chat, 0.0) for chat in range(1, 31))
    assert not passes(limits, 31, 0.5)
    assert passes(limits, 31, 1.0)


def test_group_limit_is_twenty_messages_a_minute(limits: SendingLimits) -> None:
    assert all(passes(limits, -1, at) for at in range(20))
    with pytest.raises(ApiError) as caught:
        limits.spend(-1, 20.0)
    assert caught.value.retry_after == 40
    assert passes(limits, -1, 60.0)


def test_limits_are_off_by_default() -> None:
    limits = SendingLimits()
    assert all(passes(limits, 1, 0.0) for _ in range(100))
