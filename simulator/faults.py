"""Faults on order: the next calls of a method fail as Telegram or the network sometimes does."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Kind = Literal["status", "garbage", "hang", "lost"]
ANY = "*"
NUMBERS = ("status", "retry_after", "delay", "times")
KINDS = ("status", "garbage", "hang", "lost")


@dataclass(slots=True, kw_only=True)
class Fault:
    """What the next `times` calls of `method` ("*": of any, polls too) meet, after `delay` seconds.

    A `status` from 400 on answers with that error; 0 leaves the call alone, so that the delay is all. `kind`
    "garbage" answers with what is no JSON, "hang" never answers, "lost" does what was asked and
    closes the connection without a word.
    """

    method: str = ANY
    kind: Kind = "status"
    status: int = 0
    retry_after: int | None = None
    description: str = ""
    delay: float = 0.0
    times: int = 1


class Faults:
    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, wire: dict[str, Any]) -> Fault:
        """Order a fault from its JSON; raises ValueError for what is unknown or no number."""
        unknown = wire.keys() - {field.name for field in fields(Fault)}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        wrong = [name for name in NUMBERS if not isinstance(wire.get(name, 0), int | float)]
        if wrong:
            raise ValueError(f"no number: {', '.join(wrong)}")
        fault = Fault(**wire)
        if fault.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        self._ordered.append(fault)
        return fault

    def clear(self) -> None:
        self._ordered.clear()

    def remaining(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._ordered]

    def next_for(self, method: str) -> Fault | None:
        """The fault that this call meets, counted off; None for a call that goes through."""
        for fault in self._ordered:
            if fault.method == ANY or fault.method.lower() == method.lower():
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None
