"""Many cases in one test, which fails with the name of each case that failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SHOWN = 20


@dataclass(slots=True)
class Cases:
    """`with each_case() as cases:`, and in its loop `with cases.case(name):` around what is to hold."""

    failed: list[str] = field(default_factory=list)
    tried: int = 0

    @contextmanager
    def case(self, *name: object) -> Iterator[None]:
        self.tried += 1
        try:
            yield
        except Exception as error:  # noqa: BLE001  told at the end, with the others
            self.failed.append(f"{' '.join(map(str, name))}: {type(error).__name__}: {error}")


@contextmanager
def each_case() -> Iterator[Cases]:
    cases = Cases()
    yield cases
    assert cases.tried, "no case was tried"
    told = "\n".join(cases.failed[:SHOWN])
    assert not cases.failed, f"{len(cases.failed)} of {cases.tried} failed:\n{told}"
