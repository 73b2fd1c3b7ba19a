"""Rate limits, per person and for the whole process; pure apart from the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from cachetools import LRUCache

MAX_PEOPLE = 10_000  # buckets in memory; an evicted person starts with a full one


class LimitScope(StrEnum):
    PERSON = "person"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """A burst of `burst`, refilled at `per_second`."""

    burst: int
    per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDecision:
    """`limit` is the exceeded one, None if there is room; `say` whether to tell the person now."""

    limit: LimitScope | None = None
    say: bool = False


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float
    warned_at: float | None = None

    def take(self, rate: RateLimit, now: float) -> bool:
        self.level = min(rate.burst, self.level + (now - self.at) * rate.per_second)
        self.at = now
        if self.level < 1:
            return False
        self.level -= 1
        return True


@dataclass(slots=True, kw_only=True)
class Limits:
    """`monotonic` returns seconds. A person over the limit is warned once per `warned_every_s` seconds and
    otherwise ignored.
    """

    person: RateLimit
    everybody: RateLimit
    monotonic: Callable[[], float]
    warned_every_s: float = 60.0
    _people: LRUCache[int, _Bucket] = field(default_factory=lambda: LRUCache(MAX_PEOPLE))
    _all: _Bucket | None = None

    def ask(self, person: int) -> LimitDecision:
        """Count an update of `person` and tell whether it may be handled."""
        now = self.monotonic()
        own = self._bucket(person, now)
        if not own.take(self.person, now):
            return self._refused(LimitScope.PERSON, own, now)
        if self._all is None:
            self._all = _Bucket(level=self.everybody.burst, at=now)
        if not self._all.take(self.everybody, now):
            return self._refused(LimitScope.ALL, own, now)
        return LimitDecision()

    def _refused(self, limit: LimitScope, own: _Bucket, now: float) -> LimitDecision:
        say = own.warned_at is None or now - own.warned_at >= self.warned_every_s
        if say:
            own.warned_at = now
        return LimitDecision(limit=limit, say=say)

    def _bucket(self, person: int, now: float) -> _Bucket:
        found = self._people.get(person) or _Bucket(level=self.person.burst, at=now)
        self._people[person] = found
        return found
