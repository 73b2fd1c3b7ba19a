"""Ask the engine and the naive count the same questions; exit with 1 where they differ.

python -m bench.deadlines [--cases 1000000] [--seed 1]
"""

import argparse
import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter

from bench.deadlines.cases import CalendarPair, DeadlineQuestion, calendar_pairs, questions
from deadlines.due import Certainty, DueDate, due, explain
from tests.deadlines.naive import NaiveDueDate, answer, count

BATCH = 20_000
EXPLAIN_ONE_IN = 20


@dataclass(slots=True, kw_only=True)
class DeadlineTally:
    """Seconds for both sides: for whole answers, and for counting working days alone."""

    cases: int = 0
    explained: int = 0
    differences: int = 0
    engine_s: float = 0.0
    naive_s: float = 0.0
    shift_s: float = 0.0
    walk_s: float = 0.0

    def ask(self, asked: list[DeadlineQuestion], pair: CalendarPair) -> None:
        began = perf_counter()
        found = [due(one.term, one.event, pair.calendar) for one in asked]
        between = perf_counter()
        expected = [answer(one.case, pair.off) for one in asked]
        self.naive_s += perf_counter() - between
        self.engine_s += between - began
        self.cases += len(asked)
        self.differences += sum(map(_differs, found, expected))
        checked = list(zip(asked, found, strict=True))[::EXPLAIN_ONE_IN]
        self.explained += len(checked)
        self.differences += _wrong_explanations(checked, pair)

    def count(self, asked: list[DeadlineQuestion], pair: CalendarPair) -> None:
        """The same working days, counted one by one in the calendar's list."""
        cases = [one.case for one in asked if one.case.unit == "working_days" and not one.case.backwards]
        days = [case.local.date() for case in cases]
        began = perf_counter()
        found = [pair.calendar.shift(day, case.amount) for case, day in zip(cases, days, strict=True)]
        between = perf_counter()
        walked = [count(case, day, pair.off, next_day=True) for case, day in zip(cases, days, strict=True)]
        self.walk_s += perf_counter() - between
        self.shift_s += between - began
        self.differences += sum(one != other for one, other in zip(found, walked, strict=True))


def main() -> None:
    options = _options()
    dice = random.Random(options.seed)
    calendars = calendar_pairs(dice)
    tally = DeadlineTally()
    for start in range(0, options.cases, BATCH):
        pair = calendars[start // BATCH % len(calendars)]
        asked = list(questions(dice, min(BATCH, options.cases - start)))
        tally.ask(asked, pair)
        tally.count(asked, pair)
    print(f"cases: {tally.cases} on {len(calendars)} calendars (seed {options.seed})")
    print(f"explanations walked: {tally.explained}")
    print(f"differences: {tally.differences}")
    print(
        f"a due date: {tally.engine_s / tally.cases * 1e6:.1f} µs with its instant, certainty and readings; "
        f"the naive dates alone {tally.naive_s / tally.cases * 1e6:.1f} µs"
    )
    print(f"counting working days: {tally.walk_s / tally.shift_s:.1f} times as fast as the naive walk")
    sys.exit(1 if tally.differences else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _differs(found: DueDate, expected: NaiveDueDate) -> bool:
    return (found.registered_on, found.due_on, found.late_after) != (
        expected.registered_on,
        expected.due_on,
        expected.late_after,
    )


def _wrong_explanations(checked: Iterable[tuple[DeadlineQuestion, DueDate]], pair: CalendarPair) -> int:
    """How many explanations do not count the term, miss the due date, or contradict the certainty."""
    wrong = 0
    for question, found in checked:
        days = explain(found, pair.calendar)
        counts = sum(day.counts for day in days)
        certain = max(day.day for day in days) <= pair.calendar.published_until
        wrong += (
            (counts != question.case.amount and question.case.unit != "months")
            or days[-1].day != found.due_on
            or certain != (found.certainty is Certainty.DECIDED)
        )
    return wrong


if __name__ == "__main__":
    main()
