"""Who may do what, and where: one table and one function that reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounts.roles import KEEPERS, Role


class Action(StrEnum):
    INVITE = "invite"  # invite officers, heads, coordinators, inspectors, and confirm their joining
    INVITE_KEEPER = "invite_keeper"  # invite editors and administrators
    REVOKE = "revoke"
    REVOKE_KEEPER = "revoke_keeper"
    SEE_MEMBERS = "see_members"
    TAKE_LEAVE = "take_leave"  # own leave
    CONNECT = "connect"  # accept complaints through the bot
    DISCONNECT = "disconnect"
    EDIT = "edit"  # see what the registry lacks, and mark it done
    SEE_COMPLAINTS = "see_complaints"
    WORK_ON_COMPLAINTS = "work_on_complaints"  # take, ask, answer, pass on
    LEAD_COMPLAINTS = "lead_complaints"  # assign, approve an extension, act for an absent assignee
    REGISTER_COMPLAINTS = "register_complaints"  # enter complaints that arrived elsewhere
    SEE_FILINGS = "see_filings"
    FILE = "file"  # submit, snooze, request a waiver; control events
    LEAD_FILINGS = "lead_filings"  # waive, reopen, set the reminder schedule
    OVERSEE = "oversee"  # see the figures of the bodies that a body of the Agency assesses
    SWITCH_OBLIGATIONS = "switch_obligations"  # turn a repealed obligation on
    CORRECT_REPORTS = "correct_reports"  # accept or refuse the correction of a report (Order 78 ¶63)
    SWITCH_JOBS = "switch_jobs"  # turn answers, new complaints or reminders off and on for everyone


class RightScope(StrEnum):
    OWN = "own"  # the role's organisation
    BELOW = "below"  # that organisation and those under it
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role a person holds, and the code of the organisation it belongs to."""

    role: Role
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPath:
    """An organisation's code, and the codes of those above it."""

    code: str
    above: frozenset[str] = frozenset()


RIGHTS: Mapping[tuple[Action, Role], RightScope] = {
    (Action.INVITE, Role.HEAD): RightScope.OWN,
    (Action.INVITE, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.INVITE_KEEPER, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.REVOKE, Role.HEAD): RightScope.OWN,
    (Action.REVOKE, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.REVOKE_KEEPER, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.SEE_MEMBERS, Role.OFFICER): RightScope.OWN,
    (Action.SEE_MEMBERS, Role.HEAD): RightScope.OWN,
    (Action.SEE_MEMBERS, Role.COORDINATOR): RightScope.BELOW,
    (Action.SEE_MEMBERS, Role.INSPECTOR): RightScope.OWN,
    (Action.SEE_MEMBERS, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.TAKE_LEAVE, Role.OFFICER): RightScope.OWN,
    (Action.TAKE_LEAVE, Role.HEAD): RightScope.OWN,
    (Action.TAKE_LEAVE, Role.COORDINATOR): RightScope.OWN,
    (Action.TAKE_LEAVE, Role.INSPECTOR): RightScope.OWN,
    (Action.CONNECT, Role.HEAD): RightScope.OWN,
    (Action.DISCONNECT, Role.HEAD): RightScope.OWN,
    (Action.DISCONNECT, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.EDIT, Role.EDITOR): RightScope.ANYWHERE,
    (Action.SEE_COMPLAINTS, Role.OFFICER): RightScope.OWN,
    (Action.SEE_COMPLAINTS, Role.HEAD): RightScope.OWN,
    (Action.SEE_COMPLAINTS, Role.COORDINATOR): RightScope.BELOW,
    (Action.SEE_COMPLAINTS, Role.INSPECTOR): RightScope.OWN,
    (Action.WORK_ON_COMPLAINTS, Role.OFFICER): RightScope.OWN,
    (Action.WORK_ON_COMPLAINTS, Role.HEAD): RightScope.OWN,
    (Action.WORK_ON_COMPLAINTS, Role.INSPECTOR): RightScope.OWN,
    (Action.LEAD_COMPLAINTS, Role.HEAD): RightScope.OWN,
    (Action.REGISTER_COMPLAINTS, Role.OFFICER): RightScope.OWN,
    (Action.REGISTER_COMPLAINTS, Role.HEAD): RightScope.OWN,
    (Action.REGISTER_COMPLAINTS, Role.COORDINATOR): RightScope.OWN,
    (Action.REGISTER_COMPLAINTS, Role.INSPECTOR): RightScope.OWN,
    (Action.SEE_FILINGS, Role.OFFICER): RightScope.OWN,
    (Action.SEE_FILINGS, Role.HEAD): RightScope.BELOW,
    (Action.SEE_FILINGS, Role.COORDINATOR): RightScope.BELOW,
    (Action.SEE_FILINGS, Role.INSPECTOR): RightScope.OWN,
    (Action.FILE, Role.OFFICER): RightScope.OWN,
    (Action.FILE, Role.HEAD): RightScope.OWN,
    (Action.FILE, Role.COORDINATOR): RightScope.OWN,
    (Action.FILE, Role.INSPECTOR): RightScope.OWN,
    (Action.LEAD_FILINGS, Role.HEAD): RightScope.OWN,
    (Action.CORRECT_REPORTS, Role.INSPECTOR): RightScope.ANYWHERE,
    (Action.OVERSEE, Role.INSPECTOR): RightScope.OWN,
    (Action.OVERSEE, Role.HEAD): RightScope.OWN,
    (Action.SWITCH_OBLIGATIONS, Role.ADMINISTRATOR): RightScope.ANYWHERE,
    (Action.SWITCH_JOBS, Role.ADMINISTRATOR): RightScope.ANYWHERE,
}


def allowed(action: Action, held: Iterable[HeldRole], place: OrganisationPath | None = None) -> bool:
    """Whether one of the roles held permits `action` in `place`; `place` None for actions without a place."""
    return any(_covers(RIGHTS.get((action, one.role)), one.organisation, place) for one in held)


def to_invite(role: Role) -> Action:
    return Action.INVITE_KEEPER if role in KEEPERS else Action.INVITE


def to_revoke(role: Role) -> Action:
    return Action.REVOKE_KEEPER if role in KEEPERS else Action.REVOKE


def _covers(scope: RightScope | None, organisation: str, place: OrganisationPath | None) -> bool:
    if scope is RightScope.ANYWHERE:
        return True
    if scope is None or place is None:
        return False
    return organisation == place.code or (scope is RightScope.BELOW and organisation in place.above)
