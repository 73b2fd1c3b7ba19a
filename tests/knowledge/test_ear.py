"""Words written by ear are read as the words they sound like."""

import pytest

from knowledge.lexicon import Ear

SPELLED = (
    "что", "хочу", "надо", "скажите", "здравствуйте", "удостоверение", "потерял", "паспорт", "выдача",
    "грузия", "сдали", "стоит", "what", "need", "id", "lost", "certificate", "documents",
)  # fmt: skip


@pytest.fixture(scope="module")
def ear():
    return Ear(SPELLED)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("хачу", "хочу"), ("нада", "надо"), ("здраствуйте", "здравствуйте"),
        ("удаставерение", "удостоверение"), ("патерял", "потерял"), ("патеряла", "потеряла"),
        ("паспарт", "паспорт"),
        ("wat", "what"), ("ned", "need"), ("idd", "id"), ("losst", "lost"), ("sertificate", "certificate"),
        ("docments", "documents"),
    ],
)  # fmt: skip
def test_word_written_by_ear_is_the_one_it_sounds_like(ear, typed, meant):
    assert ear.heard(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        "выдачи", "грузии",  # another ending, not another spelling
        "стали",  # a voiced letter is written, no voiceless one heard
        "сөмкемді",  # Kazakh is written as it sounds
        "61ге", "moon", "",
    ],
)  # fmt: skip
def test_other_words_stay(ear, word):
    assert ear.heard(word) == word
