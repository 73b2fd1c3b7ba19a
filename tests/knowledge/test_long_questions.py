"""A long message is searched at its two ends, so a flood of them costs no more than short ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer import Knowledge
from knowledge.typed_text import LONGEST_WORD, MOST_WORDS, SHORT, shortened

QUESTION, CARD = "замена водительских прав", "driving-licence"
STORY = " ".join(f"ыщцл{'жзкм'[number % 4] * (number % 7)}" for number in range(400))


@given(text=st.text(max_size=SHORT))
def test_short_question_is_unchanged(text: str):
    assert shortened(text) == text


@given(text=st.text(min_size=SHORT + 1, max_size=4096))
def test_long_question_is_truncated(text: str):
    words = shortened(text).split()
    assert len(words) <= MOST_WORDS
    assert all(len(word) <= LONGEST_WORD for word in words)


@pytest.mark.parametrize("message", [f"{QUESTION}. {STORY}", f"{STORY} {QUESTION}?"], ids=["first", "last"])
def test_story_is_understood_by_its_beginning_or_end(knowledge: Knowledge, message: str):
    assert knowledge.ask(message).found[0].slug == CARD


def test_message_without_spaces_is_one_truncated_word(knowledge: Knowledge):
    assert knowledge.ask("жщ" * 2048) == knowledge.ask("жщ" * (LONGEST_WORD // 2))
