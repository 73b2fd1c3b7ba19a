"""Telegram's HTML: what becomes an entity, and what is rejected."""

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from localgram.arguments import Arguments
from localgram.entities.detect import detect
from localgram.entities.html import BROKEN, parse
from localgram.entities.text import read_text
from localgram.errors import ApiError


def shape(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = parse(source)
    return text, [(str(entity.type), entity.offset, entity.length) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>қала</b>", "қала", [("bold", 0, 4)]),
        ("<STRONG>a</STRONG>", "a", [("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ("<code>x</code>", "x", [("code", 0, 1)]),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<a href="https://egov.kz">eGov</a>', "eGov", [("text_link", 0, 4)]),
        ("<a href='https://egov.kz'>eGov</a>", "eGov", [("text_link", 0, 4)]),
        # an emoji outside the basic plane is two code units
        ("👍<b>a</b>", "👍a", [("bold", 2, 1)]),
        # the inner one is closed first
        ("<b>a<i>b</i></b>", "ab", [("italic", 1, 1), ("bold", 0, 2)]),
        ("<b></b>x", "x", []),
        ('<a href="">x</a>', "x", []),
        ("<a href=egov.kz>x</a>", "x", [("text_link", 0, 1)]),
        ('<tg-emoji emoji-id="5"></tg-emoji>x', "x", []),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<pre><code>x</code></pre>", "x", [("pre", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#33;&#x21;", '1 < 2 && 3 > 2 "!!', []),
        # an unknown character reference stays as typed
        ("&nbsp;&copy; & co", "&nbsp;&copy; & co", []),
        # the semicolon is optional, but the name must end there
        ("&lt 1 &ltx &#33 &#x21", "< 1 &ltx ! !", []),
        ("&#0;&#12345678;&#X21;", "&#0;&#12345678;&#X21;", []),
        ('<a href="egov.kz/&lt;&amp;">x</a>', "x", [("text_link", 0, 1)]),
        ("a > b", "a > b", []),
    ],
)
def test_html_becomes_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    assert shape(source) == (text, entities)


def test_link_and_code_block_have_attributes() -> None:
    _, (link,) = parse('<a href="https://a.kz/?x=1&amp;y=2">x</a>')
    _, (block,) = parse('<pre><code class="language-python">x</code></pre>')
    assert link.url == "https://a.kz/?x=1&y=2"
    assert block.language == "python"
    assert parse('<pre class="x">x</pre>')[1][0].language is None


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("a <p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        # bytes, not letters: Kazakh letters have two
        ("қала<br>", 'Unsupported start tag "br" at byte offset 8'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x"', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href =  ", 'Unclosed start tag "a" at byte offset 0'),
        ("&#xDFDF;", BROKEN),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("👍<a href=x-.!>x</a>", "Unexpected end of name token at byte offset 12"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_markup_error_has_byte_offset(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse(source)
    assert (caught.value.code, caught.value.description) == (
        400,
        f"Bad Request: can't parse entities: {reason}",
    )


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start svc_x", [("bot_command", 0, 6)]),
        ("жаз /help@qyzmet_bot", [("bot_command", 4, 16)]),
        ("a/start and km/h", []),
        ("https://egov.kz/cms, иә", [("url", 0, 19)]),
        ("см. egov.kz.", [("url", 4, 7)]),
        ("a@b.kz", [("email", 0, 6)]),
        ("👍 @qyzmet_bot", [("mention", 3, 11)]),
        ("#қызмет #1", [("hashtag", 0, 7)]),
    ],
)
def test_urls_and_commands_are_detected(text: str, entities: list[tuple[str, int, int]]) -> None:
    assert [(str(found.type), found.offset, found.length) for found in detect(text)] == entities


def test_lone_surrogate_is_rejected() -> None:
    with pytest.raises(ApiError, match="text must be encoded in UTF-8"):
        read_text(Arguments(values={"text": "a\ud83d"}))


def test_nothing_is_detected_inside_code() -> None:
    text = read_text(Arguments(values={"text": "<code>/start</code> /help", "parse_mode": "HTML"}))
    assert [(str(found.type), found.offset) for found in text.entities] == [("code", 0), ("bot_command", 7)]


def test_stripping_shifts_entities() -> None:
    text = read_text(Arguments(values={"text": "\n <b> a </b> \n", "parse_mode": "html"}))
    assert text.plain == "a"
    assert [(found.offset, found.length) for found in text.entities] == [(0, 1)]


def test_control_characters_are_replaced() -> None:
    text = read_text(Arguments(values={"text": "a\x00b\r\nc\u202ed"}))
    assert text.plain == "a b\ncd"


def test_explicit_entities_are_used() -> None:
    given = [{"type": "bold", "offset": 0, "length": 2}]
    text = read_text(Arguments(values={"text": "абв", "entities": given}))
    assert [(str(found.type), found.length) for found in text.entities] == [("bold", 2)]


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (5, "can't parse MessageEntity: expected an Object"),
        (
            {"type": "sparkle", "offset": 0, "length": 1},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        ({"type": "bold", "offset": 0}, 'can\'t parse MessageEntity: Field "length" must be of type Number'),
        (
            {"type": "bold", "offset": 1, "length": 9},
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10",
        ),
        (
            {"type": "bold", "offset": 9, "length": 1},
            "entity begins after the end of the text at UTF-16 offset 9",
        ),
    ],
)
def test_invalid_explicit_entities_are_rejected(entity: object, reason: str) -> None:
    with pytest.raises(ApiError, match="Bad Request") as caught:
        read_text(Arguments(values={"text": "абв", "entities": [entity]}))
    assert caught.value.description == f"Bad Request: {reason}"


MARKUP = st.text(alphabet="<>/=\"' &;abiap\n-👍қ")


@given(MARKUP)
@example("<a href=\"'>")
@example("<b a=")
@example("<a =>")
def test_any_markup_is_parsed_or_rejected(source: str) -> None:
    try:
        text, entities = parse(source)
    except ApiError as refusal:
        text, entities = refusal.description, []
    units = len(text.encode("utf-16-le")) // 2
    assert all(0 <= found.offset < found.offset + found.length <= units for found in entities)


@given(st.text())
def test_escaped_text_round_trips(text: str) -> None:
    assert parse(html.escape(text, quote=True).replace("&#x27;", "'")) == (text, [])
