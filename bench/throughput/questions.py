"""The questions: every dev question and nonsense text, mixed, from people who read their language.

The warm-up asks other questions, those of the blind sets: a running bot has met most words and shown most
cards, but gets new questions all the same.
"""

import json
import random
from functools import cache

from bench.answers.questions import DATA, DevQuestion, answerable, nonsense, read

CHATS = 400
# Each chat once before the measurement: a person is offered another language once, in a second message
FIRST = DevQuestion(text="how to register a child", language="ru", kind="", right=(), aspect="how")
_LANGUAGES = {"kk", "ru", "en"}


@cache
def _questions() -> tuple[DevQuestion, ...]:
    found = [*answerable(), *nonsense()]
    random.Random(1).shuffle(found)
    return tuple(found)


@cache
def _earlier() -> tuple[DevQuestion, ...]:
    measured = {one.text for one in _questions()}
    found = [one for path in sorted(DATA.glob("blind-*.jsonl")) for one in read(path)]
    random.Random(2).shuffle(found)
    return tuple(one for one in found if one.text not in measured)


def measured_from() -> int:
    """The number of the first measured question."""
    return CHATS + len(_earlier())


def question(number: int) -> DevQuestion:
    """The question of update `number`, from 0; each chat begins with the same one."""
    if number < CHATS:
        return FIRST
    if number < measured_from():
        return _earlier()[number - CHATS]
    found = _questions()
    return found[number % len(found)]


def update(number: int) -> bytes:
    """Update `number` as Telegram posts it."""
    asked = question(number)
    code = asked.language if asked.language in _LANGUAGES else "ru"
    person = {"id": 1_000 + number % CHATS, "first_name": "Person", "is_bot": False, "language_code": code}
    message = {
        "message_id": number + 1,
        "date": 1_700_000_000,
        "chat": {"id": person["id"], "type": "private", "first_name": "Person"},
        "from": person,
        "text": asked.text,
    }
    return json.dumps({"update_id": number + 1, "message": message}).encode()
