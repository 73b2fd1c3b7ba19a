"""A long text arrives whole, in messages that Telegram takes."""

import re
from html import escape, unescape

from hypothesis import given
from hypothesis import strategies as st
from localgram.entities.html import parse
from localgram.entities.units import length

from messaging.text_parts import MESSAGE_UNITS, split_html, split_plain, units

PIECES = (
    *("Сөйлем аяқталды. ", "Жаңа жол\n", "Абзац!\n\n", "ст. 25 ", "сөз ", "&", "<", ">", '"'),
    *("👩🏽‍💻", "é́", "🇰🇿", "﷽", "\u200d", "«жақша.» ", "a" * 50),
)
TAGS = ("b", "i", "blockquote", "code", 'a href="https://example.kz/?a=1&amp;b=2"')
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(
    st.lists(st.tuples(st.sampled_from(("", *TAGS)), texts), min_size=1, max_size=12), st.integers(20, 300)
)
def test_parts_are_valid_short_and_lose_nothing(pieces: list[tuple[str, str]], limit: int):
    source = "".join(
        f"<{tag}>{escape(text)}</{tag.split()[0]}>" if tag else escape(text) for tag, text in pieces
    )
    parts = [parse(part) for part in split_html(source, limit)]
    assert all(length(text) <= limit for text, _ in parts)
    assert squeezed("".join(text for text, _ in parts)) == squeezed(parse(source)[0])
    before = {(one.type, one.url) for one in parse(source)[1]}
    assert {(one.type, one.url) for _, found in parts for one in found} <= before


@given(texts, st.integers(20, 300))
def test_plain_text_is_split_alike(text: str, limit: int):
    parts = split_plain(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert squeezed("".join(parts)) == squeezed(text)


def test_parts_end_with_sentences():
    sentence = "Өтінішіңіз 2026 ж. 12 қарашада тіркелді, ст. 25 бойынша қаралды. "
    parts = split_html(f"<b>Жауап</b>\n{sentence * 200}")
    assert len(parts) == 4
    assert all(part.endswith("қаралды.") for part in parts)
    assert "".join(parts).count("қаралды.") == 200


def test_link_stays_in_one_part():
    parts = split_html(f'{"сөз " * 20}<a href="https://example.kz">екі сөз</a>{" сөз" * 40}', 100)
    assert sum("<a" in part for part in parts) == 1


def test_joined_characters_stay_whole():
    parts = split_html("👩🏽‍💻" * 2000)
    assert all(len(part) % len("👩🏽‍💻") == 0 for part in parts)
    assert "".join(parts) == "👩🏽‍💻" * 2000


def test_one_endless_character_is_split_too():
    assert all(units(part) <= MESSAGE_UNITS for part in split_html("е" + "\u0301" * 9000))


def test_many_tags_and_references_stay_under_telegrams_other_limits():
    parts = split_html(("<b>&quot;</b> " * 450) + ("&quot;" * 4000))
    assert all(part.count("<b>") <= 100 and len(part.encode()) < 32_768 for part in parts)
    assert "".join(map(unescape, parts)).count('"') == 4450


def test_short_text_is_as_it_was():
    assert split_html("  <b>&amp;</b> ") == ["  <b>&amp;</b> "]
