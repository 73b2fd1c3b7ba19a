"""Decides what to do when Telegram rejects a call; pure."""

from dataclasses import dataclass

from messaging.outbox.channel import Refused

STALE = "stale"  # why a notice is not sent: what it says no longer holds
UNREACHABLE, TOO_LATE, REFUSED = "unreachable", "too_late", "refused"  # why a message is given up
FIRST_PAUSE_S = 1.0
MAX_PAUSE_S = 300.0

# Calls that mean something only while the person waits.
EPHEMERAL = frozenset({"answerCallbackQuery", "answerInlineQuery", "sendChatAction"})
_UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "bot was blocked",
    "bot was kicked",
    "peer_id_invalid",
)
_UNCHANGED = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "message identifier is not specified",
)
_HARMLESS = {
    "deleteMessage": ("message to delete not found", "message can't be deleted", "message_id_invalid"),
    "deleteMessages": ("message_id_invalid",),
    "editMessageReplyMarkup": _GONE,
}


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """Done: the chat already looks as intended."""


@dataclass(frozen=True, slots=True)
class SendAsNew:
    """The message to edit is gone: send a new one."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Retry in `pause_s` seconds; `asked` if Telegram set the pause, `moved_to` if the chat has a new id."""

    pause_s: float
    asked: bool = False
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It cannot be sent; `whole_chat` if nothing can be sent to the chat."""

    reason: str
    whole_chat: bool = False


Decision = NothingToDo | SendAsNew | RetryLater | GiveUp


def decide(method: str, refused: Refused, attempts: int, chance: float) -> Decision:
    """What to do after `refused` and `attempts` earlier failures; `chance` in 0..1 adds jitter."""
    if _is_for_later(refused):
        return GiveUp(TOO_LATE) if method in EPHEMERAL else _later(refused, attempts, chance)
    description = refused.description.lower()
    if refused.code == 403 or any(part in description for part in _UNREACHABLE):
        return GiveUp(UNREACHABLE, whole_chat=True)
    if method in EPHEMERAL:
        return GiveUp(TOO_LATE)
    if _UNCHANGED in description or any(part in description for part in _HARMLESS.get(method, ())):
        return NothingToDo()
    if method == "editMessageText" and any(part in description for part in _GONE):
        return SendAsNew()
    return GiveUp(f"{REFUSED}_{refused.code}")


def _is_for_later(refused: Refused) -> bool:
    """A network error, a limit, Telegram's own error, a chat that moved, or a wrong token, which an operator
    will fix.
    """
    if refused.moved_to is not None:
        return True
    return refused.code in {0, 401, 404, 409, 429} or refused.code >= 500


def _later(refused: Refused, attempts: int, chance: float) -> RetryLater:
    if refused.moved_to is not None:
        return RetryLater(0.0, moved_to=refused.moved_to)
    if refused.retry_after_s is not None:
        return RetryLater(refused.retry_after_s, asked=True)
    longest = min(MAX_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempts, 16))
    return RetryLater(longest * (0.5 + chance / 2))
