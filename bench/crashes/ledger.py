"""The record of what happened, and its verdict: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from messaging.outbox.hours import Audience, next_moment

STAGES = ("set", "before", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """`kind`: "sent" (`text` reached Telegram), "marked" (a commit followed), "moved" (`text` is the subject
    and its current version), "crash" (`text` is the point).
    """

    kind: str
    text: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class CrashVerdict:
    """`doubled` messages were repeated after a crash between sending and marking; `doubled_amiss` otherwise.

    `stale` were sent after their date had moved, `at_night` outside working hours.
    """

    tried: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    doubled_amiss: int = 0
    stale: int = 0
    at_night: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled_amiss or self.stale or self.at_night)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "tried": self.tried.total(),
            "points": dict(self.tried),
            "lost": len(self.lost),
        }


def text_of(subject: int, version: int, stage: str) -> str:
    return f"{subject} {version} {stage}"


def audience_of(subject: int) -> Audience:
    return Audience.OFFICIAL if subject % 2 else Audience.CITIZEN


def is_working(day: date) -> bool:
    return day.weekday() < 5


def judge(entries: Iterable[LedgerEntry], expected: Mapping[int, int]) -> CrashVerdict:
    """`expected`: the version of each subject of which every stage must have been sent."""
    verdict, counts, allowed = CrashVerdict(), Counter[str](), Counter[str]()
    versions: dict[int, int] = {}
    in_doubt: str | None = None
    for entry in entries:
        if entry.kind == "sent":
            in_doubt = entry.text
            counts[entry.text] += 1
            _look_at(verdict, entry, versions)
        elif entry.kind == "moved":
            subject, version = map(int, entry.text.split())
            versions[subject] = version
        elif entry.kind == "crash":
            verdict.tried[entry.text] += 1
            if in_doubt is not None:
                allowed[in_doubt] += 1
            in_doubt = None
        else:
            in_doubt = None
    verdict.sent = counts.total()
    verdict.doubled = counts.total() - len(counts)
    verdict.doubled_amiss = sum(max(0, times - 1 - allowed[text]) for text, times in counts.items())
    wanted = (text_of(subject, version, stage) for subject, version in expected.items() for stage in STAGES)
    verdict.lost = [text for text in wanted if text not in counts]
    return verdict


def _look_at(verdict: CrashVerdict, entry: LedgerEntry, versions: Mapping[int, int]) -> None:
    subject, version, _ = entry.text.split()
    if int(version) < versions.get(int(subject), 0):
        verdict.stale += 1
    if next_moment(audience_of(int(subject)), entry.at, is_working) > entry.at:
        verdict.at_night += 1
