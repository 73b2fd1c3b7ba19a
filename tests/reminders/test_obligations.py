"""The obligations file holds what the law digest names; a faulty file is rejected with the fault's place."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from registry_data.deadline_files import check_deadline_files
from registry_data.faults import FaultsError
from registry_data.load import DATA, load_acts, load_organisations
from registry_data.obligations import OBLIGATIONS, KnownKeys, ObligationRecord, load_obligations
from tests.reminders.naive import REPEALED, TABLE

GOOD: dict[str, Any] = {
    "code": "form.9-mq",
    "names": {"kk": "нысан", "ru": "форма", "en": "form"},
    "every": "quarter",
    "due": [{"day": 10}],
    "binds": [{"kinds": ["ministry"], "to": {"kk": "органға", "ru": "органу"}}],
    "wordings": [
        {"word": "before", "citation": {"act": "order-78", "point": "¶35"}, "words": "10-ыншы күніне дейін"}
    ],
    "in_force": {"since": "2021-07-01"},
}


def test_obligations_reference_known_acts_and_organisations():
    known = KnownKeys(
        acts={act.key for act in load_acts()}, organisations={one.code for one in load_organisations()}
    )
    assert {one.code for one in load_obligations(known=known)} >= TABLE.keys()


def test_repealed_obligations_are_marked(obligations: dict[str, ObligationRecord]):
    assert {code for code, one in obligations.items() if one.repealed and code in TABLE} == REPEALED


def test_wording_kind_matches_the_quoted_text(obligations: dict[str, ObligationRecord]):
    for one in obligations.values():
        for wording in one.wordings:
            until = re.search(r"дейін|срок до", wording.words) is not None
            by = re.search(r"кешіктірмей", wording.words) is not None
            assert (wording.word == "before", wording.word == "not_later") == (until, by), wording.words


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"due": [{"day": 31}]}, "due"),  # some months after a quarter have no 31st
        ({"due": [{"day": 30, "month": 2}]}, "due"),
        ({"due": [{"day": 1}, {"day": 2}]}, "form.9-mq"),  # two dates for four quarters
        ({"due": "period_end"}, ""),  # yet the act gives a wording
        ({"due": [{"day": 1, "year": "after"}]}, "due"),
        ({"binds": [{"to": {"kk": "к", "ru": "р"}}]}, "binds"),  # binds nobody
        ({"binds": []}, "binds"),
        ({"every": "month"}, "every"),
        ({"repealed": True}, ""),  # still in force
        ({"in_force": {"since": "2021-07-01", "until": "2020-01-01"}}, "in_force"),
        ({"code": "form 9"}, "code"),
        ({"surplus": 1}, "surplus"),
    ],
)
def test_contradictory_record_is_rejected(tmp_path: Path, change: dict[str, Any], key: str):
    path = tmp_path / "obligations.yaml"
    path.write_text(yaml.safe_dump([GOOD | change], allow_unicode=True), encoding="utf-8")
    with pytest.raises(FaultsError) as refused:
        load_obligations(path)
    assert all(fault.file == "obligations.yaml" for fault in refused.value.faults)
    assert any(key in fault.key for fault in refused.value.faults)


def test_new_obligation_needs_only_a_row(tmp_path: Path):
    path = tmp_path / "obligations.yaml"
    path.write_text(yaml.safe_dump([GOOD], allow_unicode=True), encoding="utf-8")
    assert [one.code for one in load_obligations(path)] == ["form.9-mq"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"binds": [{"organisations": ["nobody"], "to": {"kk": "к", "ru": "р"}}]},
            "no organisation 'nobody'",
        ),
        (
            {
                "wordings": [
                    {"word": "before", "citation": {"act": "order-1", "point": "¶1"}, "words": "дейін"}
                ]
            },
            "no act 'order-1'",
        ),
    ],
)
def test_unknown_references_are_rejected(tmp_path: Path, change: dict[str, Any], reason: str):
    path = tmp_path / "obligations.yaml"
    path.write_text(yaml.safe_dump([GOOD | change], allow_unicode=True), encoding="utf-8")
    with pytest.raises(FaultsError, match=reason):
        load_obligations(path, KnownKeys(acts={"order-78"}, organisations=()))


def test_registry_check_covers_obligations(tmp_path: Path):
    for name in ("acts.yaml", "organisations.yaml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    text = OBLIGATIONS.read_text(encoding="utf-8")
    (tmp_path / "obligations.yaml").write_text(text.replace("order-193", "order-194"), encoding="utf-8")
    with pytest.raises(FaultsError, match="order-194"):
        check_deadline_files(tmp_path, load_acts()[0].date)
