"""A log of the bot's calls, for tests of rates, order and repeats."""

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCall:
    """`seconds` is monotonic real time, for rates; `at` is the simulator's clock; `fault` is the kind
    of the fault that hit the call ("lost": it was run, and its answer never arrived).
    """

    number: int
    method: str
    at: datetime
    seconds: float
    status: int
    chat_id: int | None
    arguments: dict[str, Any]
    fault: str = ""


class CallLog:
    """The latest calls, oldest first, without getUpdates."""

    def __init__(self) -> None:
        self._calls: deque[RecordedCall] = deque(maxlen=LONGEST)
        self._last = 0

    def write(self, **details: Any) -> None:
        self._last += 1
        self._calls.append(RecordedCall(number=self._last, **details))

    def after(self, number: int) -> Iterator[dict[str, Any]]:
        """The calls with a number above `number`, as JSON objects."""
        for call in self._calls:
            if call.number > number:
                yield asdict(call) | {"at": call.at.isoformat()}
