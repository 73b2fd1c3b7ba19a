"""The lines printed for an operator."""

from datetime import date

from cli.complaints import _document, _line
from complaints.numbers import ComplaintNumber
from complaints.redating import CalendarDates, Redating

BEFORE = CalendarDates(
    registered_on=date(2026, 3, 19),
    due_on=date(2026, 3, 31),
    late_after=date(2026, 3, 31),
    certainty="decided",
)
AFTER = CalendarDates(
    registered_on=date(2026, 3, 19), due_on=date(2026, 4, 1), late_after=date(2026, 4, 1), certainty="decided"
)


def test_complaint_line_has_number_and_both_dates():
    one = Redating(
        id=1,
        number=ComplaintNumber(year=2026, serial=17),
        organisation="police-abai",
        before=BEFORE,
        after=AFTER,
    )
    assert _line(one).split() == ["26-00000017-9", "police-abai", "2026-03-31", "->", "2026-04-01"]
    assert _document(one) == {
        "number": "26-00000017-9",
        "organisation": "police-abai",
        "due_before": "2026-03-31",
        "due_on": "2026-04-01",
        "certainty": "decided",
    }


def test_self_filed_line_has_no_number():
    one = Redating(id=1, number=None, organisation=None, before=BEFORE, after=AFTER)
    assert _line(one).startswith("tracked by a citizen –")
    assert _document(one)["number"] is None
