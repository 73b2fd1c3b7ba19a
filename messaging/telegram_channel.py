"""The outbox channel to Telegram."""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot

from messaging.api import call
from messaging.outbox.channel import Call, Refused, Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramChannel:
    """A call slower than `timeout_s` counts as failed and is retried."""

    bot: Bot
    timeout_s: float = 30.0

    async def send(self, message: Call) -> Sent | Refused:
        outcome = await call(
            self.bot, message.method, message.payload, timeout_s=self.timeout_s, files=message.files
        )
        return outcome if isinstance(outcome, Refused) else Sent(message_id=_message_id(outcome))


def _message_id(result: Any) -> int | None:
    first = result[0] if isinstance(result, list) and result else result
    number = first.get("message_id") if isinstance(first, dict) else None
    return number if isinstance(number, int) else None
