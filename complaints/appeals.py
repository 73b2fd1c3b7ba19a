"""Where an answer, or silence, may be taken further, and until when; pure.

Each day is inclusive, and counts from the day on which the person learnt of it; a last day off does not move
it: the Code is silent there, and the earlier day is safe.
"""

from datetime import date
from enum import StrEnum

from complaints.terms import Rule, term
from deadlines.calendar import months_from

LODGING, LODGING_UNNAMED, COURT = "complaint.lodging", "complaint.lodging_unnamed", "complaint.court"


class AppealTo(StrEnum):
    AGENCY = "agency"  # the body that assesses and controls quality
    COURT = "court"


def appeal_to(rule: Rule) -> AppealTo:
    """After the Agency's body comes the court (Administrative Procedure Code Art. 91 ¶5)."""
    return AppealTo.COURT if rule is Rule.AUTHORITY else AppealTo.AGENCY


def appeal_until(rule: Rule, known_on: date) -> date:
    """The last day to appeal an answer received, or silence ended, on `known_on` (Art. 92 ¶1, 136 ¶1, 6)."""
    return _until(COURT if appeal_to(rule) is AppealTo.COURT else LODGING, known_on)


def lodge_until(known_on: date) -> date:
    """The last day to complain of what became known on `known_on`: three months (Art. 92 ¶1)."""
    return _until(LODGING, known_on)


def lodge_unnamed_until(known_on: date) -> date:
    """The same where the act names no way of appeal: six months (Art. 92 ¶1-1)."""
    return _until(LODGING_UNNAMED, known_on)


def _until(rule: str, known_on: date) -> date:
    return months_from(known_on, term(rule).amount or 0)
