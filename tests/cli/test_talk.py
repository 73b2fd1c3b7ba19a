"""Talks as data: reading them, and recognising what the bot shows."""

import re
from datetime import datetime, timedelta

import pytest

from cli.talks.chat import Shown, ShownFile
from cli.talks.checking import StepCheck
from cli.talks.patterns import pattern_of
from cli.talks.recognition import ServiceTitles, chosen_language, keys_of, patterns
from cli.talks.script import Expectation, TalkFileError, TalkIntent, TalkPart, read_talks
from kernel.clock import ALMATY
from kernel.language import Language
from localisation.translations import Translations
from tests.each import each_case

HEAD = "- name: права\n  language: ru\n"
TITLES = ServiceTitles(
    names={"a": "Выдача паспорта", "b": "Выдача паспорта моряка", "c": "Апостиль"},
    labels={"a": "Паспорт", "b": "Паспорт моряка", "c": "Апостиль на документы"},
)


@pytest.fixture
def talks(tmp_path):
    def read(text):
        path = tmp_path / "talks.yaml"
        path.write_text(text, encoding="utf-8")
        return read_talks(path)

    return read


def unmet(shown, **expected):
    check = StepCheck(shown=shown, language=Language.RU, titles=TITLES)
    return check.unmet(Expectation.model_validate(expected))


def test_a_talk_is_read_as_it_was_typed(talks):
    (script,) = talks(
        HEAD + "  start: 2026-11-20T10:00\n  steps:\n  - say: да\n  - say: 27.11\n  - advance: P1DT2H\n"
        "  - {as: citizen, press: Плата, expect: {service: apostille, contains: [а, [б, в]]}}\n"
    )
    assert script.start == datetime(2026, 11, 20, 10, tzinfo=ALMATY)
    assert [step.say for step in script.steps[:2]] == ["да", "27.11"]
    assert script.steps[2].advance == timedelta(days=1, hours=2)
    assert script.steps[3].expect.service == ("apostille",)
    assert script.steps[3].expect.contains == (("а",), ("б", "в"))


def test_a_key_may_stand_without_a_value(talks):
    (script,) = talks(HEAD + "  people: {a: }\n  steps: [{say: x, expect: }]")
    assert script.people["a"].role is None
    assert not script.steps[0].expect.model_fields_set


def test_a_fault_names_file_talk_and_step(talks):
    faults = {
        "a: [": "no YAML",
        "[]": "not a list of talks",
        "- x": "talk 1: not a mapping",
        "- {name: a}": "talk 1 «a»: language: missing",
        HEAD + "  steps: []": "talk 1 «права»: steps",
        HEAD + "  steps: [{say: x, expct: {}}]": "talk 1 «права», step 1: expct: no such key",
        HEAD + "  steps: [{say: x}, {say: x, expect: {part: cost}}]": "step 2: expect.part: ",
        HEAD + "  steps: [{say: x, press: y}]": "step 1: one action a step, not say and press",
        HEAD + "  steps: [{as: citizen}]": "step 1: neither an action",
        HEAD + "  steps: [{advance: soon}]": "step 1: advance: ",
        HEAD + "  steps: [{as: mayor, say: x}]": "step 1: as: mayor is none of citizen",
        HEAD + "  people: {o: {role: officer}}\n  steps: [{say: x}]": "people.o: the role officer needs",
    }
    with each_case() as cases:
        for text, fault in faults.items():
            with cases.case(fault), pytest.raises(TalkFileError, match=rf"talks\.yaml.*{re.escape(fault)}"):
                talks(text)


def test_who_acts_where_a_step_names_nobody(talks):
    official = "  people: {o: {role: officer, organisation: x}}\n  steps: "
    assert talks(HEAD + "  steps: [{say: x}]")[0].citizen == "citizen"
    assert talks(HEAD + official + "[{say: x}]")[0].citizen == "o"
    assert talks(HEAD + official + "[{say: x}, {as: o, say: y}]")[0].citizen == "citizen"
    assert talks(HEAD + "  people: {мама: {}}\n  steps: [{say: x}]")[0].citizen == "мама"


def test_a_text_of_the_bot_is_recognised_whatever_values_it_takes():
    told = {
        "<b>Срок:</b> {{ value }}": "⏱ Срок: 5 дней",
        "бесплатно": "Бесплатно.",
        "{{ n }} {{ n | plural('день', 'дня', 'дней') }}": "5 дней",
        "Да{% if x %} и нет{% endif %}, {{ name }}!": "Да и нет, Айгүл!",
    }
    with each_case() as cases:
        for template, text in told.items():
            with cases.case(template):
                found = pattern_of(template)
                assert found is not None
                assert found.search(text)
                assert not found.search("Совсем другое: 5")
    assert pattern_of("{{ a }} – {{ b }}") is None


def test_each_text_of_the_recognisers_exists():
    known = Translations.load().keys()
    with each_case() as cases:
        for name in (*TalkPart, *TalkIntent):
            with cases.case(name):
                kind = "parts" if isinstance(name, TalkPart) else "intents"
                assert keys_of(kind, name, known) or all(patterns(kind, name, one) for one in Language)


def test_a_service_is_recognised_by_its_name_or_its_entry():
    seen = {
        "Выдача паспорта\nСрок": {"a"},
        "Услуга: Выдача паспорта моряка.": {"b"},
        "Выдача паспорта моряка и Выдача паспорта": {"a", "b"},
        "1. Паспорт\n2. Апостиль на документы": {"a", "c"},
        "📄 Паспорт · Плата": {"a"},
        "Услуга: Апостиль на документы": {"c"},
        "• Паспорт": set(),
        "Паспорт нужен": set(),
    }
    with each_case() as cases:
        for text, slugs in seen.items():
            with cases.case(text):
                assert TITLES.shown(Shown(texts=(text,))) == slugs
    assert TITLES.shown(Shown(labels=(("📄 Паспорт", "2. Выдача паспорта мо…"),))) == {"a", "b"}


def test_what_is_not_there_is_told():
    shown = Shown(
        texts=("Апостиль\nСлучай: утеря\nПлата: 500 тенге", "Ещё"),
        labels=(("Да", "Нет"), ("≡ Меню",)),
        files=(ShownFile(name="list.txt", content="Паспорт".encode()),),
    )
    met = {
        "service": "c", "not_service": ["a"], "part": "fee", "case": "утеря", "lacks": ["МРП"],
        "buttons": ["меню"],
        "contains": ["плата: 500 тенге", ["нет такого", "ещё"]], "at_most_buttons": 2,
        "file": {"name": ".txt", "contains": "паспорт"},
    }  # fmt: skip
    assert unmet(shown, **met) == {}
    faults = {
        "service": ["a", "b"], "not_service": ["c"], "part": "documents", "case": "обмен", "intent": "menu",
        "contains": ["МРП"], "lacks": ["тенге"], "buttons": ["Назад"], "at_most_buttons": 1,
        "file": {"name": "form"},
    }  # fmt: skip
    assert set(unmet(shown, **faults)) == set(faults)


def test_the_bot_says_which_language_it_speaks_now():
    for language in Language:
        said = Translations.load().plain(language, "menu.language_chosen")
        assert chosen_language(Shown(texts=(said,))) is language
    assert chosen_language(Shown(texts=("Сәлем",))) is None
