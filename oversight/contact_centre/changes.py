"""Which change of a card may follow from an act, and what of it the contact centre is told. Pure."""

from datetime import date

from kernel.errors import DomainError
from registry_data.load import body_of
from registry_data.reading.accepting import differences
from registry_data.schema import ServiceCard

OF_THE_ACT = frozenset({"act", "legal_basis", "version"})


class ApprovalDayError(DomainError):
    """An act is approved or changed no earlier than its own date and no later than today."""

    code = "approval_day"


def may_follow_from_act(present: ServiceCard | None, accepted: ServiceCard) -> bool:
    """Whether the editor is asked for the day of an act.

    Facts read in the wording that the card has already are a correction of our own.
    """
    if accepted.act is None or not changed_facts(present, accepted):
        return False
    if present is None or present.act != accepted.act or accepted.version is None:
        return True
    return present.version != accepted.version


def changed_facts(present: ServiceCard | None, accepted: ServiceCard) -> tuple[str, ...]:
    """Names of the facts that differ, in the order of a card; neither the act nor its wording is one."""
    changed = differences(body_of(present) or {}, body_of(accepted) or {})
    return tuple(one.name for one in changed if one.name not in OF_THE_ACT)


def check_approval(day: date, act_date: date, today: date) -> None:
    """Raises ApprovalDayError."""
    if not act_date <= day <= today:
        raise ApprovalDayError(first=act_date, today=today)
