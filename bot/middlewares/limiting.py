"""Whoever writes too fast is asked to wait; the others do not notice."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update

from bot.request_context import stored_context
from messaging.metrics import LIMITED
from messaging.rate_limits import Limits


@dataclass(frozen=True, slots=True)
class LimitMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.update`, behind RequestContextMiddleware."""

    limits: Limits

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        context = stored_context(data)
        if not context.person.telegram_id:
            return await handler(event, data)
        verdict = self.limits.ask(context.person.telegram_id)
        if verdict.limit is None:
            return await handler(event, data)
        LIMITED.labels(verdict.limit.value).inc()
        if isinstance(event, Update):
            text = context.plain(f"limit.{verdict.limit.value}") if verdict.say else None
            await _say(event, text)
        return None


async def _say(update: Update, text: str | None) -> None:
    """The sentence, or nothing where it was said just now; what waits for an answer always gets one."""
    if update.callback_query is not None:
        await update.callback_query.answer(text, show_alert=text is not None)
    elif update.inline_query is not None:
        await update.inline_query.answer([], cache_time=1, is_personal=True)
    elif update.message is not None and text is not None:
        await update.message.answer(text)
