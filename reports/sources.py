"""The reports that a report sums up, frozen with it (Order 78 ¶61). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSource:
    """One version handed in by an organisation below; `number` identifies it in the database."""

    organisation: str
    number: int
    version: int
    handed_in_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """`missing`: codes of those below that had handed in nothing."""

    present: tuple[ReportSource, ...] = ()
    missing: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As stored in JSON."""
        present = [
            [one.organisation, one.number, one.version, one.handed_in_on.isoformat()] for one in self.present
        ]
        return {"present": present, "missing": list(self.missing)}

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> Self:
        present = (
            ReportSource(
                organisation=code, number=number, version=version, handed_in_on=date.fromisoformat(day)
            )
            for code, number, version, day in document["present"]
        )
        return cls(present=tuple(present), missing=tuple(document["missing"]))


NO_SOURCES = Sources()
