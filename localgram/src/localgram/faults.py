"""Ordered faults: the next calls of a method fail as Telegram or the network sometimes does."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Kind = Literal["status", "garbage", "hang", "lost", "reset"]
ANY = "*"
NUMBERS = ("status", "retry_after", "delay", "times", "chat_id")
KINDS = ("status", "garbage", "hang", "lost", "reset")


@dataclass(slots=True, kw_only=True)
class OrderedFault:
    """What happens to the next `times` calls of `method` ("*": any, polls included), after `delay` seconds.

    A `status` of 400 or more answers with that error; 0 only delays the call. `kind` "garbage" answers with
    something other than JSON, "hang" never answers, "lost" runs the call and closes the connection
    without an answer, "reset" closes it without running the call. With a `chat_id` only calls to that
    chat fail.
    """

    method: str = ANY
    kind: Kind = "status"
    status: int = 0
    retry_after: int | None = None
    description: str = ""
    delay: float = 0.0
    times: int = 1
    chat_id: int = 0


class FaultQueue:
    def __init__(self) -> None:
        self._ordered: list[OrderedFault] = []

    def order(self, wire: dict[str, Any]) -> OrderedFault:
        """Order a fault from its JSON; raises ValueError for unknown fields and for non-numbers."""
        unknown = wire.keys() - {field.name for field in fields(OrderedFault)}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        bad_input = [name for name in NUMBERS if not isinstance(wire.get(name, 0), int | float)]
        if bad_input:
            raise ValueError(f"no number: {', '.join(bad_input)}")
        fault = OrderedFault(**wire)
        if fault.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        self._ordered.append(fault)
        return fault

    def clear(self) -> None:
        self._ordered.clear()

    def remaining(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._ordered]

    def next_for(self, method: str, chat_id: int = 0) -> OrderedFault | None:
        """The fault for this call, counted down; None if the call goes through."""
        for fault in self._ordered:
            is_named = fault.method == ANY or fault.method.lower() == method.lower()
            if is_named and fault.chat_id in {0, chat_id}:
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None
