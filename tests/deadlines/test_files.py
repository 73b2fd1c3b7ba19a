"""The files of terms and days off: ours are valid, and each fault is named."""

from datetime import date
from pathlib import Path

import pytest

from kernel.language import Language
from knowledge.term_catalogue import TermCatalogue, TermGroup
from localisation.translations import Translations
from registry_data.days_off import load_days_off
from registry_data.deadline_files import check_deadline_files
from registry_data.faults import FaultsError
from registry_data.load import DATA, load_acts
from registry_data.terms import Party, load_terms

TODAY = date(2026, 10, 1)

# Every row of the digest "TermCatalogue that start with an event", with the length that its act sets
DIGEST = {
    "complaint.provider": (5, "working_days"),
    "complaint.authority": (15, "working_days"),
    "complaint.authority_duties": (None, "working_days"),
    "complaint.private_provider": (None, "working_days"),
    "complaint.extension": (10, "working_days"),
    "complaint.extension_notice": (3, "working_days"),
    "complaint.return": (3, "working_days"),
    "complaint.materials": (3, "working_days"),
    "complaint.lodging": (3, "months"),
    "complaint.lodging_unnamed": (6, "months"),
    "complaint.court": (1, "months"),
    "complaint.forwarding": (3, "working_days"),
    "complaint.preliminary": (3, "working_days"),
    "complaint.objections": (2, "working_days"),
    "complaint.protocol": (2, "working_days"),
    "complaint.protocol_remarks": (3, "working_days"),
    "result.to_corporation": (24, "hours"),
    "service.paper_via_corporation": (None, "working_days"),
    "discussion.act": (10, "working_days"),
    "info.contact_centre": (3, "working_days"),
    "control.notice": (3, "working_days"),
    "control.event": (10, "working_days"),
    "control.act": (3, "working_days"),
    "control.materials": (7, "working_days"),
    "control.plan_of_measures": (5, "working_days"),
    "inspection.start_notice": (3, "working_days"),
    "inspection.unplanned_notice": (24, "hours"),
    "inspection.planned": (20, "working_days"),
    "inspection.unplanned": (10, "working_days"),
    "inspection.pause_notice": (1, "working_days"),
    "inspection.draft": (3, "working_days"),
    "inspection.draft_objections": (2, "working_days"),
    "inspection.representation": (30, "calendar_days"),
    "inspection.representation_report": (2, "working_days"),
    "inspection.objections": (3, "working_days"),
    "inspection.more_time": (3, "working_days"),
    "inspection.more_time_decision": (3, "working_days"),
    "inspection.no_answer": (2, "working_days"),
    "inspection.no_answer_reply": (3, "working_days"),
    "assessment.objections": (5, "working_days"),
    "assessment.disagreements": (5, "working_days"),
    "assessment.conclusion": (15, "calendar_days"),
    "standard.informed": (5, "working_days"),
    "standard.discussion": (30, "calendar_days"),
    "standard.approval": (3, "months"),
    "standard.regulation": (30, "calendar_days"),
}
SET_BY_A_DOCUMENT = {
    "control.act_shown",
    "control.measures_report",
    "monitoring.recommendations",
    "inspection.report",
}


def test_file_terms_match_the_digest():
    found = {term.rule: (term.amount, term.unit) for term in load_terms() if term.kind != "set_date"}
    assert found == DIGEST


def test_dates_set_by_a_document_are_a_separate_kind():
    assert {term.rule for term in load_terms() if term.kind == "set_date"} == SET_BY_A_DOCUMENT


def test_every_term_cites_an_act_of_the_registry():
    assert load_terms(acts={act.key for act in load_acts()})


def test_only_bodies_named_by_law_extend_a_complaint():
    extension = next(term for term in load_terms() if term.rule == "complaint.provider").extension
    assert extension is not None
    assert set(extension.binds) == {Party.CENTRAL_BODY, Party.LOCAL_BODY, Party.AKIM}


def test_every_term_can_be_chosen_in_the_calculator():
    terms = TermCatalogue.load()
    chosen = [record.rule for group in TermGroup for record in terms.of_group(group)]
    assert sorted(chosen) == sorted(terms.records)


def test_every_party_has_its_name():
    assert {f"deadline.party_{party.value}" for party in Party} <= Translations.load().keys()


@pytest.mark.parametrize("language", Language)
def test_term_and_event_have_names_in_every_language(language: Language):
    assert all(term.names.in_language(language) and term.event.in_language(language) for term in load_terms())
    assert all(term.names.en and term.event.en for term in load_terms())


TERM = """
some.rule:
  names: {kk: мерзім, ru: срок, en: term}
  event: {kk: оқиға, ru: событие, en: event}
  binds: [agency]
  citation: {act: law-88-V, point: "Art. 25"}
  words: күні
"""

WRONG_TERMS = [
    ("  amount: 0\n", "some.rule.amount"),
    ("  unit: weeks\n  amount: 1\n", "some.rule.unit"),
    ("  kind: set_date\n  amount: 1\n", "own length"),
    ("", "own length"),
    ("  amount: 1\n  readings: [last_day]\n", "end on a day off"),
    ("  amount: 1\n  readings: [after_hours]\n  direction: backwards\n", "a registration starts"),
    ("  amount: 1\n  readings: [one_extension]\n", "require each other"),
    ("  amount: 1\n  surprise: 1\n", "some.rule.surprise"),
]


@pytest.mark.parametrize(("lines", "reason"), WRONG_TERMS)
def test_invalid_term_is_rejected_by_name(tmp_path: Path, lines: str, reason: str):
    path = tmp_path / "terms.yaml"
    path.write_text(TERM + lines, encoding="utf-8")
    with pytest.raises(FaultsError, match=reason):
        load_terms(path)


def test_term_of_an_unknown_act_is_rejected(tmp_path: Path):
    path = tmp_path / "terms.yaml"
    path.write_text(TERM + "  amount: 1\n", encoding="utf-8")
    with pytest.raises(FaultsError, match=r"some\.rule\.citation: no act 'law-88-V'"):
        load_terms(path, acts={"law-1"})


DAYS = """
checked: 2026-11-21
published_until: 2026-12-31
holidays: {Жаңа жыл: {ru: Новый год, en: New Year}}
moved:
- {worked: 2022-03-05, day_off: 2022-03-07, act: {kk: а, ru: б, en: c}, source: "https://example.org/1"}
"""

WRONG_DAYS = [
    (DAYS + DAYS[DAYS.index("- {") :], "2022-03-05 is moved twice"),
    (DAYS.replace("2022-03-05", "2022-02-30"), "line"),
    (DAYS.replace("https", "ftp"), "source"),
    (DAYS.replace("published_until: 2026-12-31\n", ""), "published_until"),
    (DAYS.replace("act: {kk: а, ru: б, en: c}, ", ""), "act"),
]


@pytest.mark.parametrize(("text", "reason"), WRONG_DAYS)
def test_invalid_days_off_are_rejected_with_their_place(tmp_path: Path, text: str, reason: str):
    path = tmp_path / "days_off.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError, match=reason):
        load_days_off(path)


def test_own_files_have_no_faults():
    assert check_deadline_files(DATA, TODAY) == ()


def test_check_warns_of_missing_next_year_from_november():
    (warning,) = check_deadline_files(DATA, date(2026, 11, 1))
    assert (warning.file, warning.key) == ("days_off.yaml", "published_until")


def test_folder_without_deadline_files_is_no_fault(tmp_path: Path):
    assert check_deadline_files(tmp_path, TODAY) == ()
