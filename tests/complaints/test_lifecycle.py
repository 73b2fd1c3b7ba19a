"""The lifecycle against a second, handwritten table and random walks."""

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaints.errors import IllegalTransitionError, ReopenWindowClosedError
from complaints.lifecycle import (
    CLOSED,
    OPEN,
    TRANSITIONS,
    ComplaintState,
    LifecycleStep,
    check_offer,
    may,
    offer_ends_on,
    transition,
)

# r: registered, w: in work, i: information requested, a: answered, c: closed, s: solved, n: not solved, x:
# withdrawn, p: passed on, v: voided, b: sent back, j: joined; a dot: refused.
# Columns: from r w i a c s n x p v b j
EXPECTED = {
    LifecycleStep.TAKE: "w w i . . . . . . . . .",
    LifecycleStep.ASSIGN: "w w i . . . . . . . . .",
    LifecycleStep.ASK: ". i i . . . . . . . . .",
    LifecycleStep.ASK_TO_COMPLETE: ". i i . . . . . . . . .",
    LifecycleStep.COMPLETE: ". w w . . . . . . . . .",
    LifecycleStep.RETURN: ". b b . . . . . . . . .",
    LifecycleStep.ASK_MATERIALS: "r w i a c s n x . . b j",
    LifecycleStep.SHOW_MATERIALS: "r w i a c s n x p v b j",
    LifecycleStep.GIVE: ". . w . . . . . . . . .",
    LifecycleStep.ADD: "r w . . . . . . . . . .",
    LifecycleStep.TELL_PRELIMINARY: ". w i . . . . . . . . .",
    LifecycleStep.NOT_TOLD: "r w i a c s n x p v b j",
    LifecycleStep.TELL_ELSEWHERE: ". w i . . . . . . . . .",
    LifecycleStep.ASK_ORAL: ". w i . . . . . . . . .",
    LifecycleStep.HEAR: ". w i . . . . . . . . .",
    LifecycleStep.KEEP_PROTOCOL: ". w i a c . . . . . . .",
    LifecycleStep.EXCEPT_HEARING: ". w i . . . . . . . . .",
    LifecycleStep.REMOVE_HEARING: ". w i . . . . . . . . .",
    LifecycleStep.ASK_APPROVAL: ". w i . . . . . . . . .",
    LifecycleStep.APPROVE: ". w i . . . . . . . . .",
    LifecycleStep.RETURN_ANSWER: ". w i . . . . . . . . .",
    LifecycleStep.ASK_EXTENSION: ". w i . . . . . . . . .",
    LifecycleStep.EXTEND: ". w i . . . . . . . . .",
    LifecycleStep.REFUSE_EXTENSION: ". w i . . . . . . . . .",
    LifecycleStep.TELL_EXTENSION: "r w i a c s n x p v b j",
    LifecycleStep.PASS_ON: "p p p . . . . . . . . .",
    LifecycleStep.ANSWER: ". a a . . . . . . . . .",
    LifecycleStep.CLOSE: ". . . c . . . . . . . .",
    LifecycleStep.SOLVE: ". . . s s . . . . . . .",
    LifecycleStep.NOT_SOLVE: ". . . n n . . . . . . .",
    LifecycleStep.GO_TO_AGENCY: "r w i n n . n . . . b .",
    LifecycleStep.WITHDRAW: "x x x . . . . . . . . .",
    LifecycleStep.RATE: ". . . a c s n . . . . .",
    LifecycleStep.RATE_SERVICE: ". . . a c s n . . . . .",
    LifecycleStep.REDATE: "r w i . . . . . . . . .",
    LifecycleStep.CORRECT: "r w i a c s n x . . b j",
    LifecycleStep.VOID: "v v v v v . . . . . . .",
    LifecycleStep.FORGET: ". . . a c s n x p v b j",
    LifecycleStep.NOTE: "r w i a c s n x p v b j",
    LifecycleStep.JOIN: "j j j . . . . . . . . .",
    LifecycleStep.TAKE_IN: "r w i . . . . . . . . .",
}
STATES = {
    "r": ComplaintState.REGISTERED,
    "w": ComplaintState.IN_WORK,
    "i": ComplaintState.INFORMATION_ASKED,
    "a": ComplaintState.ANSWERED,
    "c": ComplaintState.CLOSED,
    "s": ComplaintState.SOLVED,
    "n": ComplaintState.NOT_SOLVED,
    "x": ComplaintState.WITHDRAWN,
    "p": ComplaintState.PASSED_ON,
    "v": ComplaintState.VOIDED,
    "b": ComplaintState.RETURNED,
    "j": ComplaintState.JOINED,
}
ENDS = {
    LifecycleStep.ANSWER,
    LifecycleStep.WITHDRAW,
    LifecycleStep.PASS_ON,
    LifecycleStep.RETURN,
    LifecycleStep.JOIN,
}
CELLS = [
    (step, source, sign)
    for step, row in EXPECTED.items()
    for source, sign in zip(STATES.values(), row.split(), strict=True)
]


@pytest.mark.parametrize(("step", "source", "sign"), CELLS)
def test_transition_matches_the_table(step: LifecycleStep, source: ComplaintState, sign: str):
    assert may(source, step) is (sign != ".")
    if sign == ".":
        with pytest.raises(IllegalTransitionError):
            transition(source, step)
    else:
        assert transition(source, step) is STATES[sign]


def test_expected_table_covers_every_step_and_state():
    assert set(EXPECTED) == set(LifecycleStep) - {LifecycleStep.REGISTER}
    assert set(STATES.values()) == set(ComplaintState)
    assert len(TRANSITIONS) == sum(sign != "." for *_, sign in CELLS)


def test_closed_states_never_reopen():
    assert set(ComplaintState) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert all(target in CLOSED for (source, _), target in TRANSITIONS.items() if source in CLOSED)


def test_not_solved_is_accepted_through_the_thirtieth_day():
    assert offer_ends_on(date(2026, 3, 2)) == date(2026, 4, 1)
    check_offer(date(2026, 3, 2), date(2026, 4, 1))
    with pytest.raises(ReopenWindowClosedError):
        check_offer(date(2026, 3, 2), date(2026, 4, 2))


class ComplaintStateMachine(RuleBasedStateMachine):
    """Random steps: a refused step changes nothing."""

    @initialize()
    def begin(self) -> None:
        self.state = ComplaintState.REGISTERED
        self.walked: list[LifecycleStep] = []

    @rule(step=st.sampled_from(sorted(LifecycleStep)))
    def go(self, step: LifecycleStep) -> None:
        before = self.state
        try:
            self.state = transition(self.state, step)
        except IllegalTransitionError as error:
            assert (before, step) not in TRANSITIONS
            assert error.data == {"state": before.value, "step": step.value}  # noqa: PT017
        else:
            self.walked.append(step)

    @invariant()
    def an_answer_comes_before_what_answers_it(self) -> None:
        if {LifecycleStep.CLOSE, LifecycleStep.SOLVE, LifecycleStep.NOT_SOLVE, LifecycleStep.RATE} & set(
            self.walked
        ):
            assert LifecycleStep.ANSWER in self.walked

    @invariant()
    def nobody_answers_who_did_not_take_it(self) -> None:
        if {
            LifecycleStep.ANSWER,
            LifecycleStep.ASK,
            LifecycleStep.EXTEND,
            LifecycleStep.RETURN,
            LifecycleStep.HEAR,
        } & set(self.walked):
            assert {LifecycleStep.TAKE, LifecycleStep.ASSIGN} & set(self.walked)

    @invariant()
    def a_complaint_ends_once(self) -> None:
        ends = [step for step in self.walked if step in ENDS]
        assert len(ends) <= 1
        assert (self.state in CLOSED) is (bool(ends) or LifecycleStep.VOID in self.walked)

    @invariant()
    def information_is_given_only_where_it_was_asked_for(self) -> None:
        assert self.walked.count(LifecycleStep.GIVE) <= sum(
            step in {LifecycleStep.ASK, LifecycleStep.ASK_TO_COMPLETE} for step in self.walked
        )

    @invariant()
    def after_the_end_no_date_moves(self) -> None:
        end = next(
            (n for n, step in enumerate(self.walked) if step in {*ENDS, LifecycleStep.VOID}),
            None,
        )
        if end is not None:
            assert not {
                LifecycleStep.EXTEND,
                LifecycleStep.REDATE,
                LifecycleStep.ASK,
                LifecycleStep.ADD,
            } & set(self.walked[end:])


TestLife = ComplaintStateMachine.TestCase
TestLife.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
