"""Keeps sending within Telegram's limits before Telegram enforces them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from cachetools import TLRUCache, TTLCache

WINDOW_S = 1.0
_ALL_UNDER_WAY_S = 0.02  # retry interval when it is unknown when the next answer comes
_REMEMBERED_CHATS = 10_000


@dataclass(slots=True, kw_only=True)
class Pace:
    """Tells how long to wait before a message; `monotonic` returns monotonic seconds.

    `per_second` is the limit over all chats (None for none), counted as Telegram sees it: a message takes a
    slot from its start until one second after its answer, so that no second ever sees more than `per_second`
    messages arrive, however long each is in flight. Notices to one chat are spaced by a second likewise;
    answers to a person's own message are not.
    """

    monotonic: Callable[[], float]
    per_second: float | None = 30.0
    _under_way: int = 0
    _answered: deque[float] = field(default_factory=deque)
    _next_notice: TTLCache[int, float] = field(init=False)
    _paused: TLRUCache[int, float] = field(init=False)
    _all_paused_until: float = 0.0

    def __post_init__(self) -> None:
        self._next_notice = TTLCache(_REMEMBERED_CHATS, ttl=WINDOW_S, timer=self.monotonic)
        self._paused = TLRUCache(
            _REMEMBERED_CHATS, ttu=lambda _chat, seconds, now: now + seconds, timer=self.monotonic
        )

    def reserve(self, chat_id: int, *, notice: bool) -> float:
        """Reserve a slot for a message to `chat_id`: 0, or the seconds until asking again.

        After a 0 the caller calls `done` when the message is answered or has failed.
        """
        now = self.monotonic()
        wait = max(self._overall(now), self._all_paused_until - now, 0.0)
        if notice:
            wait = max(wait, self._next_notice.get(chat_id, 0.0) - now)
        if wait == 0.0:
            self._under_way += 1
        return wait

    def done(self, chat_id: int, *, notice: bool) -> None:
        now = self.monotonic()
        self._under_way -= 1
        if self.per_second is not None:
            self._answered.append(now)
        if notice:
            self._next_notice[chat_id] = now + WINDOW_S

    def pause(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to wait: this chat waits by its row; all chats wait if more than one is paused."""
        now = self.monotonic()
        self._paused[chat_id] = seconds
        if len(self._paused) > 1:
            self._all_paused_until = max(self._all_paused_until, now + seconds)

    def _overall(self, now: float) -> float:
        if self.per_second is None:
            return 0.0
        while self._answered and self._answered[0] + WINDOW_S - now <= 0:
            self._answered.popleft()
        if self._under_way + len(self._answered) < self.per_second:
            return 0.0
        return self._answered[0] + WINDOW_S - now if self._answered else _ALL_UNDER_WAY_S
