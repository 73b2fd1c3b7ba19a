"""What is wrong in the registry's files: each fault names its file, the key in it and the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pydantic import ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`file` is a name in its folder; `key` is a path such as "body.0.citation", empty for the whole file."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key or 'the file'}: {self.reason}"


class FaultsError(Exception):
    """The files hold faults, all of them in `faults`."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

    @classmethod
    def of_model(cls, file: str, error: ValidationError, *, under: str = "") -> Self:
        """What a model refused, one fault a key; `under` is the name of the record in the file."""
        head = [under] if under else []
        return cls(
            tuple(
                Fault(file=file, key=".".join([*head, *map(str, one["loc"])]), reason=one["msg"])
                for one in error.errors()
            )
        )


class FaultCollector:
    """Lets every part be read, and raises one FaultsError at the end with the faults of all of them."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, FaultsError):
            self._faults.extend(error.faults)
        elif error is not None:
            return
        if self._faults:
            raise FaultsError(tuple(self._faults)) from error

    @contextmanager
    def part(self) -> Iterator[None]:
        """One part of the work: its FaultsError is kept and the work goes on after it."""
        try:
            yield
        except FaultsError as error:
            self._faults.extend(error.faults)
