"""A message of nothing but small talk is not a question."""

import pytest

from registry_data.small_talk import SmallTalk, load_small_talk, small_talk_of


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Сәлеметсіз бе!", SmallTalk.GREETING),
        ("привет, бот", SmallTalk.GREETING),
        ("Good morning", SmallTalk.GREETING),
        ("көп рахмет сізге", SmallTalk.THANKS),
        ("Здравствуйте, спасибо большое!!!", SmallTalk.THANKS),  # thanks outweigh the greeting
        ("Здравствуйте, как получить паспорт", None),  # a polite question is a question
        ("спасибо, а сколько стоит", None),
        ("бот", None),
        ("приветливый", None),  # whole words only
        ("", None),
        ("🙂", None),
    ],
)
def test_small_talk_differs_from_questions(message: str, expected: SmallTalk | None):
    assert small_talk_of(message, load_small_talk()) is expected
