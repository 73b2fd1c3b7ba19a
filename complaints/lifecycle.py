"""A complaint's life: its states, and the one table of what leads from one to another; pure.

A complaint belongs to one organisation. Passed on, or taken to the Agency, it goes on as another complaint
with its own number and term, linked to this one: the first body's dates stay as they were.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from complaints.errors import IllegalMoveError, OfferOverError

OFFER = timedelta(days=30)  # in which "not solved" is taken: ours, no limit of the law


class State(StrEnum):
    REGISTERED = "registered"
    IN_WORK = "in_work"
    INFORMATION_ASKED = "information_asked"  # of the citizen; the clock runs on
    ANSWERED = "answered"
    CLOSED = "closed"  # answered, and off the official's desk
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"


class Step(StrEnum):
    REGISTER = "register"
    TAKE = "take"
    ASSIGN = "assign"
    ASK = "ask"
    GIVE = "give"  # the citizen gives what was asked for
    ADD = "add"  # the citizen adds unasked
    HEAR = "hear"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    TELL_EXTENSION = "tell_extension"
    PASS_ON = "pass_on"  # noqa: S105  no password
    ANSWER = "answer"
    CLOSE = "close"
    SOLVE = "solve"
    NOT_SOLVE = "not_solve"
    GO_TO_AGENCY = "go_to_agency"
    WITHDRAW = "withdraw"
    RATE = "rate"
    REDATE = "redate"
    CORRECT = "correct"  # an official corrects kind, service or delivery, by which the forms count
    FORGET = "forget"


OPEN = frozenset({State.REGISTERED, State.IN_WORK, State.INFORMATION_ASKED})
CLOSED = frozenset(State) - OPEN
_WORKED = {State.IN_WORK: State.IN_WORK, State.INFORMATION_ASKED: State.INFORMATION_ASKED}
_OPEN = {state: state for state in OPEN}
_SAID = {State.ANSWERED, State.CLOSED}

_TARGETS: Mapping[Step, Mapping[State, State]] = {
    Step.TAKE: {State.REGISTERED: State.IN_WORK, **_WORKED},
    Step.ASSIGN: {State.REGISTERED: State.IN_WORK, **_WORKED},
    Step.ASK: dict.fromkeys(_WORKED, State.INFORMATION_ASKED),
    Step.GIVE: {State.INFORMATION_ASKED: State.IN_WORK},
    Step.ADD: {State.REGISTERED: State.REGISTERED, State.IN_WORK: State.IN_WORK},
    Step.HEAR: _WORKED,
    Step.ASK_EXTENSION: _WORKED,
    Step.EXTEND: _WORKED,
    Step.REFUSE_EXTENSION: _WORKED,
    Step.TELL_EXTENSION: {state: state for state in State},
    Step.PASS_ON: dict.fromkeys(OPEN, State.PASSED_ON),
    Step.ANSWER: dict.fromkeys(_WORKED, State.ANSWERED),
    Step.CLOSE: {State.ANSWERED: State.CLOSED},
    Step.SOLVE: dict.fromkeys(_SAID, State.SOLVED),
    Step.NOT_SOLVE: dict.fromkeys(_SAID, State.NOT_SOLVED),
    Step.GO_TO_AGENCY: {
        **_OPEN,
        **dict.fromkeys(_SAID, State.NOT_SOLVED),
        State.NOT_SOLVED: State.NOT_SOLVED,
    },
    Step.WITHDRAW: dict.fromkeys(OPEN, State.WITHDRAWN),
    Step.RATE: {state: state for state in (*_SAID, State.SOLVED, State.NOT_SOLVED)},
    Step.REDATE: _OPEN,
    Step.CORRECT: {state: state for state in State if state is not State.PASSED_ON},
    Step.FORGET: {state: state for state in CLOSED},
}
MOVES: Mapping[tuple[State, Step], State] = {
    (source, step): target for step, targets in _TARGETS.items() for source, target in targets.items()
}


def move(state: State, step: Step) -> State:
    """The state that `step` leads to. Raises IllegalMoveError."""
    if (state, step) not in MOVES:
        raise IllegalMoveError(state=state.value, step=step.value)
    return MOVES[state, step]


def may(state: State, step: Step) -> bool:
    return (state, step) in MOVES


def offer_ends_on(answered_on: date) -> date:
    """The last day on which "not solved" is taken, inclusive."""
    return answered_on + OFFER


def check_offer(answered_on: date, today: date) -> None:
    """Raises OfferOverError."""
    if today > offer_ends_on(answered_on):
        raise OfferOverError
