"""Counts updates by kind and result, and measures their duration."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError
from aiogram_dialog.api.exceptions import DialogsError

from bot.dialogs.outdated import WindowOutdatedError
from kernel.errors import DomainError
from messaging.metrics import HANDLING, UPDATES


class MetricsMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.update`, after aiogram's own: it sees what handlers raise."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        kind, result, began = _kind(event), "stopped", perf_counter()
        try:
            answer = await handler(event, data)
            result = "ignored" if answer is UNHANDLED else "handled"
        except DomainError:
            result = "refused"
            raise
        except (WindowOutdatedError, DialogsError):
            result = "outdated"
            raise
        except Exception:
            result = "failed"
            raise
        finally:
            UPDATES.labels(kind, result).inc()
            HANDLING.labels(kind).observe(perf_counter() - began)
        return answer


def _kind(event: TelegramObject) -> str:
    try:
        return event.event_type if isinstance(event, Update) else "other"
    except UpdateTypeLookupError:
        return "other"
