"""The port through which a message leaves: Telegram in the bot, a recorder in tests."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file of a call; `field` is the name the payload refers to as "attach://field"."""

    field: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Bot API; `payload` is its fields as a JSON document."""

    method: str
    payload: str
    files: tuple[AttachedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Telegram took it; `message_id` is of the (first) message it made or changed."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Telegram did not take it, or was not reached (`code` 0); `retry_after_s` is its own wish in seconds."""

    code: int
    description: str = ""
    retry_after_s: float | None = None


class Channel(Protocol):
    async def send(self, call: Call) -> Sent | Refused:
        """Make the call once; raises nothing for what Telegram or the network may do."""
        ...
