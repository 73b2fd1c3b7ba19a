"""Telegram as the channel of the outbox: raw Bot API calls, plain JSON in and out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from typing import Any, TypeGuard

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError, ClientTimeout, FormData

from messaging.inbox.reading import MAX_ID, is_number
from messaging.outbox.channel import AttachedFile, Call, Refused, Sent

_JSON = {"Content-Type": "application/json"}
NO_ANSWER = "not an answer of the Bot API"
TOO_LARGE = 413
LONGEST_PAUSE_S = 86_400.0


class TelegramSession(AiohttpSession):
    """aiogram's client; whatever is no answer of the Bot API is a ClientDecodeError, never another error."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except UnicodeError as error:
            raise ClientDecodeError(NO_ANSWER, error, "") from error

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        outcome = _answer(status_code, content.encode(errors="replace"))
        if outcome is None or (isinstance(outcome, Refused) and outcome.description == NO_ANSWER):
            raise ClientDecodeError(NO_ANSWER, ValueError(status_code), "")
        return super().check_response(bot, method, status_code, content)


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
    """The result, or why there is none; whatever is no answer of the Bot API is a failure that passes."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return _no_answer(status)
    if not isinstance(answer, dict):
        return _no_answer(status)
    if answer.get("ok") is True and "result" in answer:
        return answer["result"]
    code, description = answer.get("error_code"), answer.get("description")
    if answer.get("ok") is not False or not _is_error(code) or not isinstance(description, str):
        return _no_answer(status)
    more = answer.get("parameters")
    more = more if isinstance(more, dict) else {}
    return Refused(
        code=code,
        description=description,
        retry_after_s=_pause(more.get("retry_after")),
        moved_to=_group(more.get("migrate_to_chat_id")),
    )


def _no_answer(status: int) -> Refused:
    """Something between us and Telegram said it. Only that a file is too large will be said again."""
    return Refused(code=status if status == TOO_LARGE else 502, description=NO_ANSWER)


def _is_error(code: Any) -> TypeGuard[int]:
    return is_number(code) and 400 <= code < 600


def _pause(seconds: Any) -> float | None:
    """How long Telegram asks to wait, at most a day; None where it names no time that could be waited for."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
        return None
    return min(float(min(seconds, LONGEST_PAUSE_S)), LONGEST_PAUSE_S) if isfinite(seconds) else None


def _group(chat_id: Any) -> int | None:
    """The supergroup that a group became; nobody else's chat."""
    return chat_id if is_number(chat_id) and chat_id < 0 else None


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
    return number if type(number) is int and 0 < number < MAX_ID else None
