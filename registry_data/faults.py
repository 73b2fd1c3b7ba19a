"""Faults in the registry's files: each names its file, key and reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pydantic import ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`file` is a file name; `key` is a path such as "body.0.citation", empty for the whole file."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key or 'the file'}: {self.reason}"


class FaultsError(Exception):
    """The files have faults; `faults` lists all of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

    @classmethod
    def of_model(cls, file: str, error: ValidationError, *, under: str = "") -> Self:
        """Convert validation errors, one fault per key; `under` is the record's name in the file."""
        head = [under] if under else []
        return cls(
            tuple(
                Fault(file=file, key=".".join([*head, *map(str, one["loc"])]), reason=one["msg"])
                for one in error.errors()
            )
        )


class FaultCollector:
    """Collect faults across parts, and raise a single FaultsError at the end."""

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
        """One part of the work: its FaultsError is collected, and the work continues."""
        try:
            yield
        except FaultsError as error:
            self._faults.extend(error.faults)
