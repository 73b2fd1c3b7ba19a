"""The hearing before an unfavourable decision, and its days (Administrative Procedure Code Art. 73-74); pure.

Art. 98 ¶3 applies it to complaints. The citizen gets the preliminary decision at least three working days
before the decision, and may object or ask for an oral hearing within two.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from complaints.decision_errors import (
    HearingNeededError,
    HearingUntoldError,
    HearingWaitsError,
    OralHearingNeededError,
)
from complaints.facts import ComplaintOutcome
from complaints.terms import moment_of, term
from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, due

UNFAVOURABLE = frozenset({ComplaintOutcome.PARTLY, ComplaintOutcome.REJECTED})


class HearingForm(StrEnum):
    WRITTEN = "written"
    ORAL = "oral"
    EXCEPTED = "excepted"  # left out, on a ground of Art. 73 ¶2


class HearingGround(StrEnum):
    """The exceptions of Art. 73 ¶2, in the order of its subparagraphs."""

    FAVOURABLE = "favourable"
    ENFORCEMENT = "enforcement"
    SHORT_TERM = "short_term"
    URGENT = "urgent"  # the decision must say why
    REQUEST = "request"
    SIMPLIFIED = "simplified"
    AUTOMATED = "automated"
    COURT_BAN = "court_ban"
    RECEPTION = "reception"
    TERMINATED = "terminated"

    @property
    def subparagraph(self) -> int:
        return list(HearingGround).index(self) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A complaint's hearing; all days are inclusive. See HearingRow."""

    id: int
    form: HearingForm
    ground: HearingGround | None
    outcome: ComplaintOutcome | None
    told_on: date | None
    object_by: date | None
    act_from: date | None
    oral_asked: bool
    held_on: date | None
    protocol_by: date | None
    has_protocol: bool
    remarks_by: date | None

    @property
    def is_untold(self) -> bool:
        """Whether the preliminary decision has reached nobody: no day of the hearing runs."""
        return self.form is HearingForm.WRITTEN and self.told_on is None

    @property
    def is_held(self) -> bool:
        """Whether an oral hearing took place."""
        return self.form is HearingForm.ORAL

    @property
    def lacks_protocol(self) -> bool:
        return self.is_held and self.protocol_by is not None and not self.has_protocol


def objections_by(told_on: date, calendar: WorkCalendar) -> date:
    """The last day to object or to ask for an oral hearing (Art. 73 ¶3)."""
    return _due("complaint.objections", told_on, calendar)


def decision_from(told_on: date, calendar: WorkCalendar) -> date:
    """The first day for the decision: the preliminary one was told three working days before (Art. 73 ¶1)."""
    return calendar.shift(told_on, term("complaint.preliminary").amount or 0)


def last_day_to_tell(due_on: date, calendar: WorkCalendar) -> date:
    """The latest day on which the preliminary decision can go out so that the answer is in time."""
    return _due("complaint.preliminary", calendar.working_on_or_before(due_on), calendar)


def protocol_by(held_on: date, calendar: WorkCalendar) -> date:
    """The last day to prepare and sign the protocol of an oral hearing (Art. 74 ¶4)."""
    return _due("complaint.protocol", held_on, calendar)


def remarks_by(shown_on: date, calendar: WorkCalendar) -> date:
    """The last day for remarks on the protocol (Art. 74 ¶6)."""
    return _due("complaint.protocol_remarks", shown_on, calendar)


def check_heard(outcome: ComplaintOutcome, hearing: Hearing | None, decided_on: date, last_day: date) -> None:
    """Whether this decision may be taken on that day.

    Raises HearingNeededError, HearingUntoldError, HearingWaitsError, OralHearingNeededError.
    """
    if outcome not in UNFAVOURABLE:
        return
    if hearing is None:
        raise HearingNeededError(last=last_day)
    if hearing.form is HearingForm.EXCEPTED:
        return
    if hearing.is_untold:
        raise HearingUntoldError
    if hearing.oral_asked and not hearing.is_held:
        raise OralHearingNeededError
    if hearing.act_from is not None and decided_on < hearing.act_from:
        raise HearingWaitsError(first=hearing.act_from)


def _due(rule: str, day: date, calendar: WorkCalendar) -> date:
    return due(term(rule), TermEvent(at=moment_of(day)), calendar).due_on
