"""The result of simulated years of reminders."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class YearsVerdict:
    """`doubled` reminders were repeated after a crash between sending and marking; those in `amiss` were
    repeated otherwise, or sent on the wrong day.
    """

    years: int = 0
    crashes: Counter[str] = field(default_factory=Counter)
    jumps: int = 0
    told: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    amiss: list[str] = field(default_factory=list)
    outside_hours: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.amiss or self.outside_hours)

    def as_json(self) -> dict[str, Any]:
        return {
            "years": self.years,
            "crashes": self.crashes.total(),
            "points": dict(self.crashes),
            "jumps_of_the_clock": self.jumps,
            "reminders": self.told,
            "lost": len(self.lost),
            "doubled": self.doubled,
            "doubled_amiss": len(self.amiss),
            "outside_hours": self.outside_hours,
        }
