"""Both of Telegram's Markdowns: entities, escapes and errors."""

import pytest
from localgram.entities import legacy_markdown, markdown
from localgram.errors import ApiError

Shape = tuple[str, list[tuple[str, int, int]]]
END = "Bad Request: can't parse entities: "


def shape(parsed: tuple[str, list[object]]) -> Shape:
    text, found = parsed
    return text, [(str(one.type), one.offset, one.length) for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*a* _b_ __c__ ~d~ ||e||", "a b c d e", ["bold", "italic", "underline", "strikethrough", "spoiler"]),
        ("*a _b_*", "a b", ["bold", "italic"]),
        ("`a*b`", "a*b", ["code"]),
        ("```python\nx = 1```", "x = 1", ["pre"]),
        ("[eGov](https://egov.kz/\\))", "eGov", ["text_link"]),
        ("![👍](tg://emoji?id=5368324170671202286)", "👍", ["custom_emoji"]),
        ("\\*a\\*", "*a*", []),
        (">a\n>b\nc", "a\nb\nc", ["blockquote"]),
        (">a\n>b||\nc", "a\nb\nc", ["expandable_blockquote"]),
        # the documentation's own: an empty bold entity parts two quotations
        (">a\n>b\n**>c\n>d||", "a\nb\nc\nd", ["blockquote", "expandable_blockquote"]),
        ("**>a||", "a", ["expandable_blockquote"]),
        ("![soon](tg://time?unix=1647531900&format=wDT)", "soon", ["date_time"]),
        ("![soon](tg://time?unix=1647531900)", "soon", ["date_time"]),
        ("Сәлем, әлем", "Сәлем, әлем", []),
    ],
)
def test_second_markdown_becomes_entities(source: str, text: str, entities: list[str]) -> None:
    plain, found = shape(markdown.parse(source))
    assert (plain, [kind for kind, _, _ in found]) == (text, entities)


def test_offsets_count_utf_16_units() -> None:
    assert shape(markdown.parse("😀 *ә*")) == ("😀 ә", [("bold", 3, 1)])
    assert shape(legacy_markdown.parse("😀 *ә*")) == ("😀 ә", [("bold", 3, 1)])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("ә *a", "Can't find end of Bold entity at byte offset 3"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 0"),
        ("*_a*_", "Can't find end of Italic entity at byte offset 1"),
    ],
)
def test_wrong_second_markdown_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        markdown.parse(source)
    assert refused.value.description.startswith(END + reason.partition(" at byte")[0])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*a* _b_ `c`", "a b c", ["bold", "italic", "code"]),
        ("```sh\nls```", "ls", ["pre"]),
        ("[eGov](https://egov.kz)", "eGov", ["text_link"]),
        ("\\*a 1.", "*a 1.", []),
    ],
)
def test_first_markdown_becomes_entities(source: str, text: str, entities: list[str]) -> None:
    plain, found = shape(legacy_markdown.parse(source))
    assert (plain, [kind for kind, _, _ in found]) == (text, entities)


@pytest.mark.parametrize("source", ["ә *a", "ә [a", "ә ```a"])
def test_wrong_first_markdown_is_refused(source: str) -> None:
    with pytest.raises(ApiError) as refused:
        legacy_markdown.parse(source)
    assert refused.value.description == f"{END}Can't find end of the entity starting at byte offset 3"
