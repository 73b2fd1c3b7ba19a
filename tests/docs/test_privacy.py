"""docs/privacy.md names every table, and the periods after which the jobs erase."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import runner  # noqa: F401  imports every table
from database.base import Base
from kernel import retention
from kernel.language import Language
from localisation.translations import Translations

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
PERIODS = {
    "`inbox`": retention.INBOX,
    "`failed_updates`": retention.FAILED_UPDATES,
    "`outbox`": retention.OUTBOX,
    "`unreachable_chats`": retention.OUTBOX,
    "`questions`": retention.QUESTIONS,
    "`talk_state`": retention.UNPLACED,
    "`complaint_drafts`": retention.DRAFTS,
    "`complaint_desk_drafts`": retention.STAFF_DRAFTS,
    "`complaint_fetches`": retention.DOWNLOADS,
    "`complaint_daily_use`": retention.DAILY_USE,
    "`invitations`": retention.INVITATIONS,
    "`wrong_guesses`": retention.WRONG_GUESSES,
    "`complaints`": retention.COMPLAINTS,
    "`log_actors`": retention.OFFICIALS,
}


def written(period: timedelta) -> str:
    if period >= timedelta(days=365):
        return f"{period.days // 365} years"
    return f"{period.days} day{'s' if period.days > 1 else ''}"


def test_every_table_is_on_the_page_once():
    rows = [line.split("|")[2] for line in PAGE.splitlines() if line.startswith("| ")]
    others = PAGE[PAGE.index("Not about people:") : PAGE.index("**Backups**")]
    named = re.findall(r"`([a-z_]+)`", "".join([*rows, others]))
    assert sorted(named) == sorted(Base.metadata.tables)


def test_every_period_on_the_page_is_the_one_the_jobs_use():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    wrong = [
        table
        for table, period in PERIODS.items()
        if not any(table in row.split("|")[2] and written(period) in row.split("|")[4] for row in rows)
    ]
    assert wrong == []
    assert f"{retention.ASKED.days} days after it is closed" in PAGE


TEXTS = {
    "drafts": "complaint.leave",
    "staff_drafts": "register.leave",
    "asked": "me.forget_sure",
    "years": "complaint.consent",
    "questions": "editor.questions",
    "invitations": "officials.invite",
}


def test_texts_take_their_periods_from_the_same_place(monkeypatch: pytest.MonkeyPatch):
    for name in TEXTS:
        monkeypatch.setitem(retention.DAYS, name, 777)
    texts = Translations.load()
    places = [(language, key) for language in Language for key in TEXTS.values()]
    told = {place: texts.plain(*place, version="1") for place in places}
    assert [place for place, text in told.items() if "777" not in text] == []
