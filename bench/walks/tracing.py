"""Records which of our files run during a walk, and the calls between them."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
OUTSIDE = frozenset({"bench", "localgram", "tests", "tools", ".venv"})  # Telegram's side, and the measurement
Hop = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Walk:
    """`hops` are pairs of files: a function of the first calls one of the second, directly or through a
    library, at least once.
    """

    hops: set[Hop] = field(default_factory=set)

    def __and__(self, other: "Walk") -> "Walk":
        """What both have in common."""
        return Walk(hops=self.hops & other.hops)

    def __sub__(self, idle: "Walk") -> "Walk":
        """Without an idle bot's work: its polling runs during some walks and not others."""
        return Walk(hops=self.hops - idle.hops)

    @property
    def files(self) -> set[str]:
        return {name for hop in self.hops for name in hop}

    def passing(self) -> list[str]:
        """Files with one caller and one callee: candidates to be merged with a neighbour."""
        callers = {name: {a for a, b in self.hops if b == name} for name in self.files}
        callees = {name: {b for a, b in self.hops if a == name} for name in self.files}
        return sorted(
            f"{next(iter(callers[name]))} -> {name} -> {next(iter(callees[name]))}"
            for name in self.files
            if len(callers[name]) == len(callees[name]) == 1
        )


@dataclass(slots=True)
class Tracer:
    """Sees every call of every thread; module bodies (imports) do not count."""

    walk: Walk = field(default_factory=Walk)
    _names: dict[str, str | None] = field(default_factory=dict)

    def observe(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call" or frame.f_code.co_name == "<module>":
            return
        callee = self._file_of(frame)
        if callee is None:
            return
        caller = self._caller_of(frame)
        if caller is not None and caller != callee:
            self.walk.hops.add((caller, callee))

    def _caller_of(self, frame: FrameType) -> str | None:
        """Our nearest file up the stack: a library's call on our behalf counts as ours."""
        above = frame.f_back
        while above is not None and self._file_of(above) is None:
            above = above.f_back
        return self._file_of(above) if above else None

    def _file_of(self, frame: FrameType) -> str | None:
        path = frame.f_code.co_filename
        if path not in self._names:
            self._names[path] = our_file(path)
        return self._names[path]


@contextmanager
def traced() -> Iterator[Walk]:
    """Everything that tasks and new threads do until the block ends."""
    tracer = Tracer()
    threading.setprofile(tracer.observe)
    sys.setprofile(tracer.observe)
    try:
        yield tracer.walk
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def our_file(path: str) -> str | None:
    """The path in the repository; None for a library, a generated function or Telegram's side."""
    if not path.startswith(f"{ROOT}/"):
        return None
    name = Path(path).relative_to(ROOT)
    return None if name.parts[0] in OUTSIDE else name.as_posix()
