"""Proposed kinds for complaint texts; the file of kinds matches the forms."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.kinds.kind import OF_CITIZENS, ComplaintKind
from complaints.kinds.proposer import kind_proposer
from registry_data.complaint_kinds import load_kinds

REAL = Path(__file__).parents[1] / "data" / "complaints-dev.jsonl"
FORM_ROW_OF = {
    "term_violated": ComplaintKind.TERM,
    "extra_documents": ComplaintKind.EXTRA_DOCUMENTS,
    "refusal": ComplaintKind.REFUSAL,
    "schedule": ComplaintKind.SCHEDULE,
    "fee": ComplaintKind.FEE,
    "queue": ComplaintKind.OTHER,
    "rude": ComplaintKind.OTHER,
    "other": ComplaintKind.OTHER,
}
FLOOR = 18  # of 22; the cues were written with these texts in view, so unseen texts will score lower


def propose(text: str) -> ComplaintKind:
    return kind_proposer().propose(text).kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Куәлік 15 күнде дайын болуы керек еді, мерзімі өтіп кетті", ComplaintKind.TERM),
        ("Подал документы в мае, до сих пор ничего не готово", ComplaintKind.TERM),
        ("I applied five weeks ago and there is still no answer", ComplaintKind.TERM),
        ("Через месяц отказали, хотя должны были сразу", ComplaintKind.REFUSAL_LATE),
        ("Бір айдан кейін ғана бас тартты", ComplaintKind.REFUSAL_LATE),
        ("Требуют лишние справки, которых нет в перечне", ComplaintKind.EXTRA_DOCUMENTS),
        ("Тізімде жоқ артық қағаз сұрайды", ComplaintKind.EXTRA_DOCUMENTS),
        ("Просят бумажную справку, хотя всё есть в базе", ComplaintKind.KNOWN_DOCUMENTS),
        ("Цифрлық құжатты қабылдамайды", ComplaintKind.KNOWN_DOCUMENTS),
        ("Заявление приняли, но не выдали расписку", ComplaintKind.ORDER),
        ("Құжатымды жоғалтты", ComplaintKind.ORDER),
        ("Не приняли документы и не объяснили почему", ComplaintKind.REFUSAL),
        ("Өтінішімді қабылдамай қойды", ComplaintKind.REFUSAL),
        ("They refused without any reason", ComplaintKind.REFUSAL),
        ("В рабочее время закрыто, обеденный перерыв два часа", ComplaintKind.SCHEDULE),
        ("Жұмыс уақытында жабық тұр", ComplaintKind.SCHEDULE),
        ("Тегін анықтама үшін ақша сұрады", ComplaintKind.FEE),
        ("Взяли деньги за бесплатную справку", ComplaintKind.FEE),
        ("Оператор нагрубила и накричала на маму", ComplaintKind.OTHER),
        ("Екі сағат кезекте тұрдым", ComplaintKind.OTHER),
        ("The woman at the desk was rude", ComplaintKind.OTHER),
    ],
)
def test_plain_text_proposes_its_kind(text: str, kind: ComplaintKind):
    assert propose(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Екі сагат кезекте турдым", ComplaintKind.OTHER),  # without Kazakh letters
        ("kezekte turdym eki sagat", ComplaintKind.OTHER),  # in Latin letters
        ("aqsha surady kassada", ComplaintKind.FEE),
        ("vzyali dengi za spravku", ComplaintKind.FEE),
        ("куалик беруден бас тартты", ComplaintKind.REFUSAL),
        ("мне оказали в справке: отазали", ComplaintKind.REFUSAL),  # a missing letter
        ("нагурбили и выгнали", ComplaintKind.OTHER),  # two letters swapped
    ],
)
def test_misspelled_text_proposes_its_kind(text: str, kind: ComplaintKind):
    found = kind_proposer().propose(text)
    assert found.kind is kind
    assert not found.is_guess


@pytest.mark.parametrize("text", ["", "   ", "Куәлік", "👍👍", "12345", "Я подала документы на пособие"])
def test_text_without_cues_is_guessed_as_other(text: str):
    found = kind_proposer().propose(text)
    assert found.kind is ComplaintKind.OTHER
    assert found.is_guess


@given(st.text(max_size=300))
def test_any_text_gets_a_citizen_kind(text: str):
    assert propose(text) in OF_CITIZENS


def test_file_lists_exactly_the_citizen_kinds():
    assert tuple(ComplaintKind(record.code) for record in load_kinds()) == OF_CITIZENS
    assert ComplaintKind.INCOMPLETE_PAPERS not in OF_CITIZENS


def test_kind_button_label_fits_a_phone():
    for record in load_kinds():
        for label in (record.plain.kk, record.plain.ru, record.plain.en):
            assert label is not None
            assert len(label) <= 36


def test_proposals_match_human_labels_on_real_complaints():
    lines = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    right = [propose(line["text"]) is FORM_ROW_OF[line["kind_of_violation"]] for line in lines]
    assert sum(right) >= FLOOR
