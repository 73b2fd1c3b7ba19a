"""Telegram as the channel of the outbox: raw Bot API calls, plain JSON in and out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import ClientError, ClientTimeout, FormData

from messaging.outbox.channel import AttachedFile, Call, Refused, Sent

_JSON = {"Content-Type": "application/json"}


async def call(
    bot: Bot, method: str, payload: str, *, timeout_s: float, files: Sequence[AttachedFile] = ()
) -> Any | Refused:
    """Return the call's result. Telegram's rejection or a network failure is returned as
    Refused, not raised.
    """
    session = bot.session
    assert isinstance(session, AiohttpSession)
    client = await session.create_session()
    url = session.api.api_url(token=bot.token, method=method)
    body = _form(payload, files) if files else payload.encode()
    try:
        async with client.post(
            url, data=body, headers=None if files else _JSON, timeout=ClientTimeout(total=timeout_s)
        ) as response:
            return _answer(response.status, await response.read())
    except (TimeoutError, ClientError, OSError) as error:
        return Refused(code=0, description=type(error).__name__)  # the message contains the token


def _answer(status: int, body: bytes) -> Any | Refused:
    try:
        answer = json.loads(body)
        if answer["ok"]:
            return answer["result"]
    except (ValueError, KeyError, TypeError):
        return Refused(code=status if status >= 400 else 502, description="not an answer of the Bot API")
    more = answer.get("parameters") or {}
    return Refused(
        code=answer.get("error_code", status),
        description=answer.get("description", ""),
        retry_after_s=more.get("retry_after"),
        moved_to=more.get("migrate_to_chat_id"),
    )


def _form(payload: str, files: Sequence[AttachedFile]) -> FormData:
    form = FormData(quote_fields=False)
    for name, value in json.loads(payload).items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for file in files:
        form.add_field(file.field, BytesIO(file.content), filename=file.name)
    return form


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
