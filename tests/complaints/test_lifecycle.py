"""A complaint's life against a table written a second time by hand, and by walks of any length."""

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaints.errors import IllegalMoveError, OfferOverError
from complaints.lifecycle import CLOSED, MOVES, OPEN, State, Step, check_offer, may, move, offer_ends_on

# r: registered, w: in work, i: information asked, a: answered, c: closed, s: solved, n: not solved,
# x: withdrawn, p: passed on; a dot: refused. Columns: from r w i a c s n x p
EXPECTED = {
    Step.TAKE: "w w i . . . . . .",
    Step.ASSIGN: "w w i . . . . . .",
    Step.ASK: ". i i . . . . . .",
    Step.GIVE: ". . w . . . . . .",
    Step.ADD: "r w . . . . . . .",
    Step.HEAR: ". w i . . . . . .",
    Step.ASK_EXTENSION: ". w i . . . . . .",
    Step.EXTEND: ". w i . . . . . .",
    Step.REFUSE_EXTENSION: ". w i . . . . . .",
    Step.TELL_EXTENSION: "r w i a c s n x p",
    Step.PASS_ON: "p p p . . . . . .",
    Step.ANSWER: ". a a . . . . . .",
    Step.CLOSE: ". . . c . . . . .",
    Step.SOLVE: ". . . s s . . . .",
    Step.NOT_SOLVE: ". . . n n . . . .",
    Step.GO_TO_AGENCY: "r w i n n . n . .",
    Step.WITHDRAW: "x x x . . . . . .",
    Step.RATE: ". . . a c s n . .",
    Step.REDATE: "r w i . . . . . .",
    Step.CORRECT: "r w i a c s n x .",
    Step.FORGET: ". . . a c s n x p",
}
STATES = {
    "r": State.REGISTERED,
    "w": State.IN_WORK,
    "i": State.INFORMATION_ASKED,
    "a": State.ANSWERED,
    "c": State.CLOSED,
    "s": State.SOLVED,
    "n": State.NOT_SOLVED,
    "x": State.WITHDRAWN,
    "p": State.PASSED_ON,
}
CELLS = [
    (step, source, sign)
    for step, row in EXPECTED.items()
    for source, sign in zip(STATES.values(), row.split(), strict=True)
]


@pytest.mark.parametrize(("step", "source", "sign"), CELLS)
def test_a_step_leads_where_the_table_says(step: Step, source: State, sign: str):
    assert may(source, step) is (sign != ".")
    if sign == ".":
        with pytest.raises(IllegalMoveError):
            move(source, step)
    else:
        assert move(source, step) is STATES[sign]


def test_the_table_of_this_test_is_whole():
    assert set(EXPECTED) == set(Step) - {Step.REGISTER}
    assert set(STATES.values()) == set(State)
    assert len(MOVES) == sum(sign != "." for *_, sign in CELLS)


def test_only_what_is_open_has_a_clock_and_nothing_opens_again():
    assert set(State) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert all(target in CLOSED for (source, _), target in MOVES.items() if source in CLOSED)


def test_not_solved_is_taken_for_thirty_days_the_last_included():
    assert offer_ends_on(date(2026, 3, 2)) == date(2026, 4, 1)
    check_offer(date(2026, 3, 2), date(2026, 4, 1))
    with pytest.raises(OfferOverError):
        check_offer(date(2026, 3, 2), date(2026, 4, 2))


class Life(RuleBasedStateMachine):
    """Any steps in any order: what the table refuses changes nothing."""

    @initialize()
    def begin(self) -> None:
        self.state = State.REGISTERED
        self.walked: list[Step] = []

    @rule(step=st.sampled_from(sorted(Step)))
    def go(self, step: Step) -> None:
        before = self.state
        try:
            self.state = move(self.state, step)
        except IllegalMoveError as error:
            assert (before, step) not in MOVES
            assert error.data == {"state": before.value, "step": step.value}  # noqa: PT017
        else:
            self.walked.append(step)

    @invariant()
    def an_answer_comes_before_what_answers_it(self) -> None:
        if {Step.CLOSE, Step.SOLVE, Step.NOT_SOLVE, Step.RATE} & set(self.walked):
            assert Step.ANSWER in self.walked

    @invariant()
    def nobody_answers_who_did_not_take_it(self) -> None:
        if {Step.ANSWER, Step.ASK, Step.EXTEND, Step.HEAR} & set(self.walked):
            assert {Step.TAKE, Step.ASSIGN} & set(self.walked)

    @invariant()
    def a_complaint_ends_once(self) -> None:
        ends = [step for step in self.walked if step in {Step.ANSWER, Step.WITHDRAW, Step.PASS_ON}]
        assert len(ends) <= 1
        assert (self.state in CLOSED) is bool(ends)

    @invariant()
    def information_is_given_only_where_it_was_asked_for(self) -> None:
        assert self.walked.count(Step.GIVE) <= self.walked.count(Step.ASK)

    @invariant()
    def after_the_end_no_date_moves(self) -> None:
        end = next(
            (n for n, step in enumerate(self.walked) if step in {Step.ANSWER, Step.WITHDRAW, Step.PASS_ON}),
            None,
        )
        if end is not None:
            assert not {Step.EXTEND, Step.REDATE, Step.ASK, Step.ADD} & set(self.walked[end:])


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
