"""A message of nothing but courtesy is no question."""

import pytest

from registry_data.courtesy import Courtesy, courtesy_of, load_courtesy


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Сәлеметсіз бе!", Courtesy.GREETING),
        ("привет, бот", Courtesy.GREETING),
        ("Good morning", Courtesy.GREETING),
        ("көп рахмет сізге", Courtesy.THANKS),
        ("Здравствуйте, спасибо большое!!!", Courtesy.THANKS),  # thanks outweigh the greeting
        ("Здравствуйте, как получить паспорт", None),  # a polite question is a question
        ("спасибо, а сколько стоит", None),
        ("бот", None),
        ("приветливый", None),  # whole words only
        ("", None),
        ("🙂", None),
    ],
)
def test_courtesy_is_told_apart_from_questions(message: str, expected: Courtesy | None):
    assert courtesy_of(message, load_courtesy()) is expected
