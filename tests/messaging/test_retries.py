"""What follows from each rejection by Telegram."""

import pytest

from messaging.outbox.channel import Refused
from messaging.outbox.retries import (
    MAX_PAUSE_S,
    Decision,
    GiveUp,
    NothingToDo,
    RetryLater,
    SendAsNew,
    decide,
)


@pytest.mark.parametrize(
    ("method", "code", "description", "decision"),
    [
        # the chat is lost
        (
            "sendMessage",
            403,
            "Forbidden: bot was blocked by the user",
            GiveUp("unreachable", whole_chat=True),
        ),
        ("sendMessage", 400, "Bad Request: chat not found", GiveUp("unreachable", whole_chat=True)),
        ("editMessageText", 403, "Forbidden: user is deactivated", GiveUp("unreachable", whole_chat=True)),
        # already in the wanted state
        (
            "editMessageText",
            400,
            "Bad Request: message is not modified: specified new message …",
            NothingToDo(),
        ),
        ("deleteMessage", 400, "Bad Request: message to delete not found", NothingToDo()),
        ("deleteMessage", 400, "Bad Request: message can't be deleted for everyone", NothingToDo()),
        ("editMessageReplyMarkup", 400, "Bad Request: message to edit not found", NothingToDo()),
        # the message to edit is gone
        ("editMessageText", 400, "Bad Request: message to edit not found", SendAsNew()),
        ("editMessageText", 400, "Bad Request: message can't be edited", SendAsNew()),
        ("editMessageText", 400, "Bad Request: there is no text in the message to edit", SendAsNew()),
        # too late to matter
        (
            "answerCallbackQuery",
            400,
            "Bad Request: query is too old and response timeout …",
            GiveUp("too_late"),
        ),
        ("answerInlineQuery", 400, "Bad Request: QUERY_ID_INVALID", GiveUp("too_late")),
        ("answerCallbackQuery", 429, "Too Many Requests: retry after 5", GiveUp("too_late")),
        ("sendChatAction", 0, "TimeoutError", GiveUp("too_late")),
        # our bugs
        ("sendMessage", 400, "Bad Request: can't parse entities", GiveUp("refused_400")),
        ("sendDocument", 413, "Request Entity Too Large", GiveUp("refused_413")),
        ("deleteMessage", 400, "Bad Request: something new", GiveUp("refused_400")),
    ],
)
def test_each_refusal_has_its_result(method: str, code: int, description: str, decision: Decision):
    assert decide(method, Refused(code=code, description=description), 0, 0.5) == decision


@pytest.mark.parametrize("code", [0, 401, 404, 409, 500, 502, 504])
def test_temporary_failure_is_retried(code: int):
    assert isinstance(decide("sendMessage", Refused(code=code), 50, 1.0), RetryLater)


@pytest.mark.parametrize(
    ("attempts", "chance", "pause_s"),
    [
        (0, 1.0, 1.0),
        (0, 0.0, 0.5),
        (3, 1.0, 8.0),
        (3, 0.0, 4.0),
        (9, 1.0, MAX_PAUSE_S),
        (900, 1.0, MAX_PAUSE_S),
    ],
)
def test_retry_pauses_grow_with_jitter_up_to_a_maximum(attempts: int, chance: float, pause_s: float):
    assert decide("sendMessage", Refused(code=502), attempts, chance) == RetryLater(pause_s)


def test_telegrams_retry_after_is_respected():
    refused = Refused(code=429, description="Too Many Requests: retry after 17", retry_after_s=17)
    assert decide("sendMessage", refused, 3, 0.1) == RetryLater(17, asked=True)
