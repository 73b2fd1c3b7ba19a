"""A complaint's lifecycle: its states, and the one table of transitions; pure.

A complaint belongs to one organisation. Passed on, or taken to the Agency, it continues as another complaint
with its own number and term, linked to this one, so the first body's dates never change.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from complaints.errors import IllegalTransitionError, ReopenWindowClosedError
from kernel import retention

OFFER = retention.ASKED  # window for "not solved": the bot's limit, not the law's


class ComplaintState(StrEnum):
    REGISTERED = "registered"
    IN_WORK = "in_work"
    INFORMATION_ASKED = "information_asked"  # of the citizen; the term keeps running
    ANSWERED = "answered"
    CLOSED = "closed"  # answered, and off the official's work list
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    VOIDED = "voided"  # entered by mistake: counted nowhere
    RETURNED = "returned"  # incomplete, and not completed in the term set for that
    JOINED = "joined"  # goes on in another complaint of the same person


class LifecycleStep(StrEnum):
    REGISTER = "register"
    TAKE = "take"
    ASSIGN = "assign"
    ASK = "ask"
    ASK_TO_COMPLETE = "ask_to_complete"
    COMPLETE = "complete"  # the official has what was missing
    RETURN = "return"
    ASK_MATERIALS = "ask_materials"  # the citizen asks to see the file of the case
    SHOW_MATERIALS = "show_materials"
    GIVE = "give"  # the citizen answers the official's question
    ADD = "add"  # the citizen adds something unasked
    TELL_PRELIMINARY = "tell_preliminary"  # decision, for the citizen's position
    NOT_TOLD = "not_told"  # the notice of it reached nobody
    TELL_ELSEWHERE = "tell_elsewhere"  # outside the bot
    ASK_ORAL = "ask_oral"  # the citizen wants to be heard orally
    HEAR = "hear"  # orally
    KEEP_PROTOCOL = "keep_protocol"
    EXCEPT_HEARING = "except_hearing"
    REMOVE_HEARING = "remove_hearing"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    TELL_EXTENSION = "tell_extension"
    PASS_ON = "pass_on"  # noqa: S105  no password
    ASK_APPROVAL = "ask_approval"  # of an answer, from the head
    APPROVE = "approve"
    RETURN_ANSWER = "return_answer"
    ANSWER = "answer"
    CLOSE = "close"
    SOLVE = "solve"
    NOT_SOLVE = "not_solve"
    GO_TO_AGENCY = "go_to_agency"
    WITHDRAW = "withdraw"
    RATE = "rate"  # how the complaint was handled
    RATE_SERVICE = "rate_service"
    REDATE = "redate"
    CORRECT = "correct"  # an official corrects the kind, service or delivery that the forms count
    VOID = "void"
    NOTE = "note"  # for colleagues; the log holds nothing of it
    JOIN = "join"  # closed: another complaint of the same person goes on
    TAKE_IN = "take_in"  # another complaint was joined to this one
    FORGET = "forget"


OPEN = frozenset({ComplaintState.REGISTERED, ComplaintState.IN_WORK, ComplaintState.INFORMATION_ASKED})
CLOSED = frozenset(ComplaintState) - OPEN
_WORKED = {
    ComplaintState.IN_WORK: ComplaintState.IN_WORK,
    ComplaintState.INFORMATION_ASKED: ComplaintState.INFORMATION_ASKED,
}
_OPEN = {state: state for state in OPEN}
_ANSWERED = {ComplaintState.ANSWERED, ComplaintState.CLOSED}
_RATED = {state: state for state in (*_ANSWERED, ComplaintState.SOLVED, ComplaintState.NOT_SOLVED)}

_TARGETS: Mapping[LifecycleStep, Mapping[ComplaintState, ComplaintState]] = {
    LifecycleStep.TAKE: {ComplaintState.REGISTERED: ComplaintState.IN_WORK, **_WORKED},
    LifecycleStep.ASSIGN: {ComplaintState.REGISTERED: ComplaintState.IN_WORK, **_WORKED},
    LifecycleStep.ASK: dict.fromkeys(_WORKED, ComplaintState.INFORMATION_ASKED),
    LifecycleStep.ASK_TO_COMPLETE: dict.fromkeys(_WORKED, ComplaintState.INFORMATION_ASKED),
    LifecycleStep.COMPLETE: dict.fromkeys(_WORKED, ComplaintState.IN_WORK),
    LifecycleStep.RETURN: dict.fromkeys(_WORKED, ComplaintState.RETURNED),
    LifecycleStep.ASK_MATERIALS: {
        state: state
        for state in ComplaintState
        if state not in {ComplaintState.PASSED_ON, ComplaintState.VOIDED}
    },
    LifecycleStep.SHOW_MATERIALS: {state: state for state in ComplaintState},
    LifecycleStep.GIVE: {ComplaintState.INFORMATION_ASKED: ComplaintState.IN_WORK},
    LifecycleStep.ADD: {
        ComplaintState.REGISTERED: ComplaintState.REGISTERED,
        ComplaintState.IN_WORK: ComplaintState.IN_WORK,
    },
    LifecycleStep.TELL_PRELIMINARY: _WORKED,
    LifecycleStep.NOT_TOLD: {state: state for state in ComplaintState},
    LifecycleStep.TELL_ELSEWHERE: _WORKED,
    LifecycleStep.ASK_ORAL: _WORKED,
    LifecycleStep.HEAR: _WORKED,
    LifecycleStep.KEEP_PROTOCOL: {state: state for state in (*_WORKED, *_ANSWERED)},
    LifecycleStep.EXCEPT_HEARING: _WORKED,
    LifecycleStep.REMOVE_HEARING: _WORKED,
    LifecycleStep.ASK_APPROVAL: _WORKED,
    LifecycleStep.APPROVE: _WORKED,
    LifecycleStep.RETURN_ANSWER: _WORKED,
    LifecycleStep.ASK_EXTENSION: _WORKED,
    LifecycleStep.EXTEND: _WORKED,
    LifecycleStep.REFUSE_EXTENSION: _WORKED,
    LifecycleStep.TELL_EXTENSION: {state: state for state in ComplaintState},
    LifecycleStep.PASS_ON: dict.fromkeys(OPEN, ComplaintState.PASSED_ON),
    LifecycleStep.ANSWER: dict.fromkeys(_WORKED, ComplaintState.ANSWERED),
    LifecycleStep.CLOSE: {ComplaintState.ANSWERED: ComplaintState.CLOSED},
    LifecycleStep.SOLVE: dict.fromkeys(_ANSWERED, ComplaintState.SOLVED),
    LifecycleStep.NOT_SOLVE: dict.fromkeys(_ANSWERED, ComplaintState.NOT_SOLVED),
    LifecycleStep.GO_TO_AGENCY: {
        **_OPEN,
        **dict.fromkeys(_ANSWERED, ComplaintState.NOT_SOLVED),
        ComplaintState.NOT_SOLVED: ComplaintState.NOT_SOLVED,
        ComplaintState.RETURNED: ComplaintState.RETURNED,
    },
    LifecycleStep.WITHDRAW: dict.fromkeys(OPEN, ComplaintState.WITHDRAWN),
    LifecycleStep.RATE: _RATED,
    LifecycleStep.RATE_SERVICE: _RATED,
    LifecycleStep.REDATE: _OPEN,
    LifecycleStep.CORRECT: {
        state: state
        for state in ComplaintState
        if state not in {ComplaintState.PASSED_ON, ComplaintState.VOIDED}
    },
    LifecycleStep.VOID: dict.fromkeys((*OPEN, *_ANSWERED), ComplaintState.VOIDED),
    LifecycleStep.NOTE: {state: state for state in ComplaintState},
    LifecycleStep.JOIN: dict.fromkeys(OPEN, ComplaintState.JOINED),
    LifecycleStep.TAKE_IN: _OPEN,
    LifecycleStep.FORGET: {state: state for state in CLOSED},
}
TRANSITIONS: Mapping[tuple[ComplaintState, LifecycleStep], ComplaintState] = {
    (source, step): target for step, targets in _TARGETS.items() for source, target in targets.items()
}


def transition(state: ComplaintState, step: LifecycleStep) -> ComplaintState:
    """The state after `step`. Raises IllegalTransitionError."""
    if (state, step) not in TRANSITIONS:
        raise IllegalTransitionError(state=state.value, step=step.value)
    return TRANSITIONS[state, step]


def may(state: ComplaintState, step: LifecycleStep) -> bool:
    return (state, step) in TRANSITIONS


def offer_ends_on(answered_on: date) -> date:
    """The last day, inclusive, on which "not solved" is accepted."""
    return answered_on + OFFER


def check_offer(answered_on: date, today: date) -> None:
    """Raises ReopenWindowClosedError."""
    if today > offer_ends_on(answered_on):
        raise ReopenWindowClosedError
