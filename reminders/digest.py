"""What one official is reminded of at once: every due filing in their charge, grouped by date; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cache

from accounts.roles import Role
from deadlines.calendar import WorkCalendar
from reminders.filing import Filing
from reminders.plan import DueDates
from reminders.schedule import COORDINATOR_FROM, HEAD_FROM, DueStatus, due_status

_DOES_THE_WORK = frozenset({Role.OFFICER, Role.INSPECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """A filing and its status today; `own`: the reader is responsible for it and may submit, snooze or waive
    it.

    `named_is_off`: the date fixed by the act is a day off.
    """

    filing: Filing
    due_status: DueStatus
    own: bool
    named_is_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One message: `lines` by date, oldest first."""

    recipient: int
    lines: tuple[DigestLine, ...]

    @property
    def organisations(self) -> frozenset[str]:
        return frozenset(line.filing.organisation for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of an organisation, in their own role or as the deputy of a colleague on leave."""

    person: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingStaff:
    """Who may be notified of an organisation's filings: its own staff, and the coordinators above it."""

    members: tuple[StaffMember, ...] = ()
    above: tuple[int, ...] = ()

    def with_roles(self, roles: AbstractSet[Role]) -> frozenset[int]:
        return frozenset(member.person for member in self.members if member.role in roles)

    @property
    def workers(self) -> frozenset[int]:
        """Officers; without any, the heads; without these too, the coordinators."""
        for roles in (_DOES_THE_WORK, {Role.HEAD}, {Role.COORDINATOR}):
            if found := self.with_roles(roles):
                return found
        return frozenset()

    @property
    def coordinators(self) -> frozenset[int]:
        """The organisation's own, or those of the nearest organisation above that has some."""
        return self.with_roles({Role.COORDINATOR}) or frozenset(self.above)


def recipients_of(staff: FilingStaff, late: int) -> dict[int, bool]:
    """Who receives a reminder `late` working days after the due date, and whether the filing is their own
    work.

    The officer from the first reminder on, the head once it is late, the coordinator from the third day.
    Nobody, if the organisation has no staff at all.
    """
    workers = staff.workers
    found: dict[int, bool] = {}
    if workers and late >= COORDINATOR_FROM:
        found |= dict.fromkeys(staff.coordinators, False)
    if workers and late >= HEAD_FROM:
        found |= dict.fromkeys(staff.with_roles({Role.HEAD}), False)
    return found | dict.fromkeys(workers, True)


def digests(
    filings: Iterable[Filing],
    recipients: Mapping[int, Mapping[int, bool]],
    today: date,
    calendar: WorkCalendar,
) -> list[Digest]:
    """One digest per person of `recipients` (by filing: people, and whether it is their own work)."""

    @cache
    def status_of(dates: DueDates) -> tuple[DueStatus, bool]:
        return due_status(dates, today, calendar), not calendar.is_working(dates.named_on)

    lines: dict[int, list[DigestLine]] = defaultdict(list)
    for filing in sorted(filings, key=lambda one: (one.dates.named_on, one.number)):
        status, is_off = status_of(filing.dates)
        for person, own in recipients.get(filing.number, {}).items():
            lines[person].append(DigestLine(filing=filing, due_status=status, own=own, named_is_off=is_off))
    return [Digest(recipient=person, lines=tuple(found)) for person, found in sorted(lines.items())]
