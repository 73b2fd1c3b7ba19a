"""Detects the entities that Telegram marks by itself: URLs, e-mails, commands, mentions and hashtags."""

import re
from collections.abc import Iterator, Sequence

import telegram

from localgram.entities import units

END = r"[^\s<>\".,;:!?)\]]"  # an address does not end in punctuation
ADDRESS = re.compile(
    rf"""\bhttps?://[^\s<>"]*{END}
    | (?<![\w@./-]) (?:[\w-]+\.)+ (?:kz|com|org|ru|net|gov|edu|info|io)\b (?:/[^\s<>"]*{END})?""",
    re.IGNORECASE | re.VERBOSE,
)
PATTERNS = (
    ("url", ADDRESS),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}\b")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}")),
)
OPAQUE = frozenset({"code", "pre", "text_link"})  # nothing is marked inside these


def detect(text: str, marked: Sequence[telegram.MessageEntity] = ()) -> list[telegram.MessageEntity]:
    """`marked` and the detected entities, in text order, longer ones first."""
    taken = [(entity.offset, entity.offset + entity.length) for entity in marked if entity.type in OPAQUE]
    found = list(marked)
    for kind, offset, size in _matches(text):
        if all(offset + size <= start or end <= offset for start, end in taken):
            taken.append((offset, offset + size))
            found.append(telegram.MessageEntity(kind, offset, size))
    return sorted(found, key=lambda entity: (entity.offset, -entity.length))


def _matches(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield kind, units.length(text[: match.start()]), units.length(match.group())
