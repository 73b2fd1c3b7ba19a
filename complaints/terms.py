"""Which legal term applies to a complaint, and until when; pure, on the registry's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache

from complaints.errors import ExtensionBodyError, ExtensionLateError
from deadlines.calendar import WorkCalendar
from deadlines.due import DueDate, TermEvent, due
from deadlines.terms import OUR_READINGS, Term
from kernel.clock import ALMATY
from notifications.deadline_data import term_of
from registry_data.organisations import OrganisationKind
from registry_data.terms import Party, own_terms

EVENING = time(23, 59)
NOON = time(12)  # assumed hour where only the day is known


class Rule(StrEnum):
    PROVIDER = "complaint.provider"  # 5 working days
    AUTHORITY = "complaint.authority"  # 15 working days


_NOTICE = "complaint.extension_notice"
_AUTHORITIES = frozenset({OrganisationKind.AGENCY, OrganisationKind.AGENCY_DEPARTMENT})
# How Law 88-V Art. 25 ¶4 classifies an organisation. It does not name departments, a region's own
# among them, committees and funds: they are providers, and a provider has no extension (our reading is the
# stricter one).
_PARTIES: Mapping[OrganisationKind, Party] = {
    OrganisationKind.AGENCY: Party.AGENCY,
    OrganisationKind.AGENCY_DEPARTMENT: Party.AGENCY,
    OrganisationKind.MINISTRY: Party.CENTRAL_BODY,
    OrganisationKind.CENTRAL_BODY: Party.CENTRAL_BODY,
    OrganisationKind.AKIMAT_REGION: Party.LOCAL_BODY,
    OrganisationKind.AKIMAT_DISTRICT: Party.LOCAL_BODY,
    OrganisationKind.AKIM: Party.AKIM,
    OrganisationKind.STATE_CORPORATION: Party.STATE_CORPORATION,
    OrganisationKind.STATE_CORPORATION_BRANCH: Party.STATE_CORPORATION,
    OrganisationKind.STATE_CORPORATION_DEPARTMENT: Party.STATE_CORPORATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """`granted` working days, 0 for none."""

    granted: int = 0

    @property
    def days(self) -> tuple[int, ...]:
        return (self.granted,) if self.granted else ()


NOT_EXTENDED = Extension()


def rule_of(kind: OrganisationKind) -> Rule:
    """The rule for a complaint addressed to an organisation of `kind` (Law 88-V Art. 25 ¶2)."""
    return Rule.AUTHORITY if kind in _AUTHORITIES else Rule.PROVIDER


def may_extend(kind: OrganisationKind, rule: Rule) -> bool:
    """Whether Law 88-V Art. 25 ¶4 lets such an organisation extend the term."""
    extension = own_terms()[rule].extension
    return extension is not None and _PARTIES.get(kind, Party.PROVIDER) in extension.binds


def check_extension(kind: OrganisationKind, rule: Rule, due_on: date, today: date) -> None:
    """Raises ExtensionBodyError, ExtensionLateError; the due date itself is still in time."""
    if not may_extend(kind, rule):
        raise ExtensionBodyError
    if today > due_on:
        raise ExtensionLateError


def most_days(rule: Rule) -> int:
    """The longest extension in working days."""
    return term(rule).extension_up_to


def date_complaint(
    rule: Rule, at: datetime, calendar: WorkCalendar, extension: Extension = NOT_EXTENDED
) -> DueDate:
    """The due date of a complaint that arrived at the aware instant `at`.

    Raises OutsideCalendarError; ExtensionTooLongError for an extension the act does not allow.
    """
    return due(term(rule), TermEvent(at=at, extensions=extension.days), calendar)


def is_after_hours(at: datetime) -> bool:
    """Whether the working day was over in Kazakhstan at the aware instant `at`."""
    return at.astimezone(ALMATY).time().replace(second=0, microsecond=0) > OUR_READINGS.day_ends


def came_at(day: date, *, after_hours: bool) -> datetime:
    """An instant that is dated like any arrival on `day`, in or after hours."""
    return datetime.combine(day, EVENING if after_hours else NOON, ALMATY)


def tell_by(extended_at: datetime, calendar: WorkCalendar) -> date:
    """The last day to notify the citizen of an extension and its reason (Law 88-V Art. 25 ¶4)."""
    return due(term(_NOTICE), TermEvent(at=extended_at), calendar).due_on


def moment_of(day: date) -> datetime:
    """The assumed instant of a day without an hour: within working hours."""
    return datetime.combine(day, NOON, ALMATY)


def term(rule: str) -> Term:
    return _terms()[rule]


@cache
def _terms() -> Mapping[str, Term]:
    return {rule: term_of(record) for rule, record in own_terms().items()}
