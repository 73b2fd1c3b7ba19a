"""One function returns today's date in Kazakhstan."""

from datetime import UTC, date, datetime
from pathlib import Path

from kernel.clock import almaty_date

ROOT = Path(__file__).parents[2]
SPELLED = ".astimezone(ALMATY)" + ".date()"


def test_day_changes_at_midnight_in_almaty():
    assert almaty_date(datetime(2026, 3, 19, 18, 59, tzinfo=UTC)) == date(2026, 3, 19)
    assert almaty_date(datetime(2026, 3, 19, 19, 0, tzinfo=UTC)) == date(2026, 3, 20)


def test_only_the_clock_computes_the_almaty_date():
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("[a-z]*/**/*.py")
        if SPELLED in path.read_text(encoding="utf-8")
    ]
    assert found == ["kernel/clock.py"]
