"""What happens around every update: it is counted, limited and given its request context."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import timedelta
from time import perf_counter
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ParseMode
from aiogram.fsm.storage.base import BaseStorage
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User
from aiogram.types.update import UpdateTypeLookupError
from aiogram_dialog.api.entities import OldMessage
from aiogram_dialog.api.exceptions import DialogsError
from aiogram_dialog.manager.message_manager import MessageManager
from aiogram_dialog.utils import remove_intent_id
from markupsafe import Markup

from accounts.person import Person, PersonStore, proposed_language
from accounts.switches.store import LiveSwitches
from bot.app.filters import asks_nothing
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext, stored_context
from kernel.errors import DomainError
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.capture import capture
from messaging.inbox.unit import UpdateUnit, current_time, current_unit, current_unit_of_work
from messaging.metrics import HANDLING, LIMITED, UPDATES
from messaging.outbox.writing import drop
from messaging.rate_limits import Limits

WORDS_MAY_COME = timedelta(seconds=1)  # between the pictures of an album
_ALBUM = "album"
_STANDING: ContextVar[int | None] = ContextVar("standing_message", default=None)


@dataclass(frozen=True, slots=True)
class RequestContextMiddleware(BaseMiddleware):
    texts: Translations
    catalogue: LiveCatalogue
    switches: LiveSwitches

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        unit, now = current_unit_of_work(), current_time()
        user: User | None = data.get("event_from_user")
        person = await PersonStore(unit.session).find(user.id) if user else Person(telegram_id=0)
        data["context"] = RequestContext(
            person=person,
            language=person.reads(proposed_language(user.language_code if user else None)),
            texts=self.texts,
            catalogue=await self.catalogue.current(unit.session),
            now=now,
            off=await self.switches.off(unit.session, now),
        )
        return await handler(event, data)


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
        if not context.person.telegram_id or (isinstance(event, Update) and asks_nothing(event)):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Pictures sent together: messages of their own, answered once. `is_answered` if one before was."""

    unit: UpdateUnit
    chat_id: int
    number: str
    is_answered: bool

    @property
    def subject(self) -> str:
        return f"album {self.chat_id} {self.number}"

    def answer_later(self, text: Markup) -> None:
        """Unless words come with the next pictures: these are answered then."""
        if self.is_answered:
            return
        payload = {"chat_id": self.chat_id, "text": str(text), "parse_mode": ParseMode.HTML.value}
        capture(self.unit, self.chat_id, "sendMessage", payload)
        said, at = self.unit.messages.pop(), self.unit.now + WORDS_MAY_COME
        self.unit.messages.append(replace(said, send_at=at, subject=self.subject))


class AlbumMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.message`: gives the handlers of a picture its `album`."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        unit = current_unit()
        if unit is None or not isinstance(event, Message) or event.media_group_id is None:
            return await handler(event, data)
        storage: BaseStorage = data["fsm_storage"]
        key = replace(data["state"].key, destiny=_ALBUM)  # questions forget the rest of the state
        number, said = event.media_group_id, len(unit.messages)
        answered = (await storage.get_data(key)).get("number") == number
        data["album"] = Album(unit=unit, chat_id=event.chat.id, number=number, is_answered=answered)
        if event.caption:
            await drop(unit.session, data["album"].subject, unit.now)
        result = await handler(event, data)
        if len(unit.messages) > said:
            await storage.set_data(key, {"number": number})
        return result


class ReplyMiddleware(BaseMiddleware):
    """Outer middleware of `dispatcher.message`, before aiogram-dialog's.

    aiogram-dialog takes a reply to one of our messages as input for its window and fails if that window is
    closed. A person who replies with a question still wants an answer; a reply to a notice belongs to what
    the notice is about (`bot/handlers/placing`).
    """

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, Message) and event.reply_to_message is not None:
            data["swiped_to"] = event.reply_to_message
            event = event.model_copy(update={"reply_to_message": None})
        return await handler(event, data)


class StandingButtonsMiddleware(BaseMiddleware):
    """Notes the message whose button was pressed, unless it is a window's."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        token = _STANDING.set(_standing(event))
        try:
            return await handler(event, data)
        finally:
            _STANDING.reset(token)


def _standing(event: TelegramObject) -> int | None:
    if not isinstance(event, CallbackQuery) or event.message is None or event.data is None:
        return None
    return event.message.message_id if remove_intent_id(event.data)[0] is None else None


class WindowMessages(MessageManager):
    async def remove_inline_kbd(self, bot: Bot, old_message: OldMessage | None) -> Message | None:
        if old_message is not None and old_message.message_id == _STANDING.get():
            return None
        return await super().remove_inline_kbd(bot, old_message)
