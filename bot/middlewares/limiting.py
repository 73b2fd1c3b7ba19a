"""Rate limiting: people who write too fast are asked to wait."""

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
    """Outer middleware of `dispatcher.update`, after RequestContextMiddleware."""

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
        decision = self.limits.ask(context.person.telegram_id)
        if decision.limit is None:
            return await handler(event, data)
        LIMITED.labels(decision.limit.value).inc()
        if isinstance(event, Update):
            text = context.plain(f"limit.{decision.limit.value}") if decision.say else None
            await _warn(event, text)
        return None


async def _warn(update: Update, text: str | None) -> None:
    """The warning, or nothing if given recently; callback and inline queries always get an answer."""
    if update.callback_query is not None:
        await update.callback_query.answer(text, show_alert=text is not None)
    elif update.inline_query is not None:
        await update.inline_query.answer([], cache_time=1, is_personal=True)
    elif update.message is not None and text is not None:
        await update.message.answer(text)
