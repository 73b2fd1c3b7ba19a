"""What a complaint's text proposes, and that the file of kinds agrees with the forms."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.kinds.kind import OF_CITIZENS, Kind
from complaints.kinds.proposer import kind_proposer
from registry_data.complaint_kinds import load_kinds

REAL = Path(__file__).parents[1] / "data" / "complaints-dev.jsonl"
FORM_ROW_OF = {
    "term_violated": Kind.TERM,
    "extra_documents": Kind.EXTRA_DOCUMENTS,
    "refusal": Kind.REFUSAL,
    "schedule": Kind.SCHEDULE,
    "fee": Kind.FEE,
    "queue": Kind.OTHER,
    "rude": Kind.OTHER,
    "other": Kind.OTHER,
}
FLOOR = 18  # of 22; the cues were written with these texts in view, so strangers' texts will do worse


def propose(text: str) -> Kind:
    return kind_proposer().propose(text).kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Куәлік 15 күнде дайын болуы керек еді, мерзімі өтіп кетті", Kind.TERM),
        ("Подал документы в мае, до сих пор ничего не готово", Kind.TERM),
        ("I applied five weeks ago and there is still no answer", Kind.TERM),
        ("Через месяц отказали, хотя должны были сразу", Kind.REFUSAL_LATE),
        ("Бір айдан кейін ғана бас тартты", Kind.REFUSAL_LATE),
        ("Требуют лишние справки, которых нет в перечне", Kind.EXTRA_DOCUMENTS),
        ("Тізімде жоқ артық қағаз сұрайды", Kind.EXTRA_DOCUMENTS),
        ("Просят бумажную справку, хотя всё есть в базе", Kind.KNOWN_DOCUMENTS),
        ("Цифрлық құжатты қабылдамайды", Kind.KNOWN_DOCUMENTS),
        ("Заявление приняли, но не выдали расписку", Kind.ORDER),
        ("Құжатымды жоғалтты", Kind.ORDER),
        ("Не приняли документы и не объяснили почему", Kind.REFUSAL),
        ("Өтінішімді қабылдамай қойды", Kind.REFUSAL),
        ("They refused without any reason", Kind.REFUSAL),
        ("В рабочее время закрыто, обеденный перерыв два часа", Kind.SCHEDULE),
        ("Жұмыс уақытында жабық тұр", Kind.SCHEDULE),
        ("Тегін анықтама үшін ақша сұрады", Kind.FEE),
        ("Взяли деньги за бесплатную справку", Kind.FEE),
        ("Оператор нагрубила и накричала на маму", Kind.OTHER),
        ("Екі сағат кезекте тұрдым", Kind.OTHER),
        ("The woman at the desk was rude", Kind.OTHER),
    ],
)
def test_plain_words_propose_their_kind(text: str, kind: Kind):
    assert propose(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Екі сагат кезекте турдым", Kind.OTHER),  # without Kazakh letters
        ("kezekte turdym eki sagat", Kind.OTHER),  # in Latin
        ("aqsha surady kassada", Kind.FEE),
        ("vzyali dengi za spravku", Kind.FEE),
        ("куалик беруден бас тартты", Kind.REFUSAL),
        ("мне оказали в справке: отазали", Kind.REFUSAL),  # one letter is missing
        ("нагурбили и выгнали", Kind.OTHER),  # two letters changed places
    ],
)
def test_careless_typing_is_read(text: str, kind: Kind):
    found = kind_proposer().propose(text)
    assert found.kind is kind
    assert not found.is_guess


@pytest.mark.parametrize("text", ["", "   ", "Куәлік", "👍👍", "12345", "Я подала документы на пособие"])
def test_what_says_nothing_of_a_kind_is_other_without_a_reason(text: str):
    found = kind_proposer().propose(text)
    assert found.kind is Kind.OTHER
    assert found.is_guess


@given(st.text(max_size=300))
def test_any_text_gets_a_kind_that_a_citizen_may_complain_of(text: str):
    assert propose(text) in OF_CITIZENS


def test_the_file_holds_every_kind_a_citizen_may_complain_of_and_no_other():
    assert tuple(Kind(record.code) for record in load_kinds()) == OF_CITIZENS
    assert Kind.INCOMPLETE_PAPERS not in OF_CITIZENS


def test_a_button_of_a_kind_reads_well_on_a_telephone():
    for record in load_kinds():
        for label in (record.plain.kk, record.plain.ru, record.plain.en):
            assert label is not None
            assert len(label) <= 36


def test_real_complaints_get_the_kind_that_a_person_gave_them():
    lines = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    right = [propose(line["text"]) is FORM_ROW_OF[line["kind_of_violation"]] for line in lines]
    assert sum(right) >= FLOOR
