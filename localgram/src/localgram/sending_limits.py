"""Telegram's limits on sending, enforced only for tests that ask for it."""

from collections import defaultdict, deque

from localgram.errors import too_many_requests

MINUTE_SECONDS = 60.0
WINDOW_SECONDS = 1.0
PER_SECOND = 30  # messages to all chats together
PER_CHAT_SECOND = 1
PER_GROUP_MINUTE = 20


class SendingLimits:
    """Counts messages in sliding windows of real seconds; lets everything pass unless `enforced`."""

    def __init__(self) -> None:
        self.enforced = False
        self._all: deque[float] = deque()
        self._chats: defaultdict[int, deque[float]] = defaultdict(deque)

    def spend(self, chat_id: int, now: float) -> None:
        """Count one message at `now`, in monotonic seconds; raises a 429 if that is one too many."""
        if not self.enforced:
            return
        chat = self._chats[chat_id]
        _check(self._all, now, WINDOW_SECONDS, PER_SECOND)
        if chat_id < 0:
            _check(chat, now, MINUTE_SECONDS, PER_GROUP_MINUTE)
        else:
            _check(chat, now, WINDOW_SECONDS, PER_CHAT_SECOND)
        self._all.append(now)
        chat.append(now)


def _check(times: deque[float], now: float, window: float, most: int) -> None:
    while times and times[0] <= now - window:
        times.popleft()
    if len(times) >= most:
        raise too_many_requests(max(1, round(times[0] + window - now)))
