"""A long message is searched at its two ends, so that a flood of them costs what short ones do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer import Knowledge
from knowledge.measure import LONGEST_WORD, MOST_WORDS, SHORT, shortened

QUESTION, CARD = "замена водительских прав", "driving-licence"
STORY = " ".join(f"ыщцл{'жзкм'[number % 4] * (number % 7)}" for number in range(400))


@given(text=st.text(max_size=SHORT))
def test_a_short_message_is_searched_as_it_is(text: str):
    assert shortened(text) == text


@given(text=st.text(min_size=SHORT + 1, max_size=4096))
def test_of_a_long_one_so_many_words_are_searched_and_so_much_of_each(text: str):
    words = shortened(text).split()
    assert len(words) <= MOST_WORDS
    assert all(len(word) <= LONGEST_WORD for word in words)


@pytest.mark.parametrize("message", [f"{QUESTION}. {STORY}", f"{STORY} {QUESTION}?"], ids=["first", "last"])
def test_a_story_is_understood_by_how_it_begins_or_ends(knowledge: Knowledge, message: str):
    assert knowledge.ask(message).found[0].slug == CARD


def test_a_message_without_a_space_is_one_word_that_is_cut(knowledge: Knowledge):
    assert knowledge.ask("жщ" * 2048) == knowledge.ask("жщ" * (LONGEST_WORD // 2))
