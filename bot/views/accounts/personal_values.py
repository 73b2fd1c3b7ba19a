"""Personal values on the screen: shown at a press, taken away by themselves, and each look kept."""

from dataclasses import dataclass, replace
from datetime import timedelta

from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.store import AccessLog, AccessLogEntry
from bot.views.screen import Screen
from bot.views.sending import NO_PREVIEW, show
from kernel.clock import Clock
from messaging.inbox.unit import UpdateUnit, current_unit
from messaging.outbox import writing as outbox

SHOWN_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PersonalValues:
    """Works in the unit of work of the update: the look, the values and their disappearance are one."""

    session: AsyncSession
    clock: Clock

    async def show(self, message: Message, access: AccessLogEntry, *, values: Screen, hidden: Screen) -> None:
        """Put `values` in place of `message` for five minutes, then `hidden`; a second look begins anew."""
        unit = _unit()
        await AccessLog(self.session).keep(access, self.clock.now())
        shown = await self.leave(message, values)
        await _edit(shown, hidden)  # the values' own number, which Telegram may still change
        self._put_off(unit, _subject(message))

    async def leave(self, message: Message, screen: Screen) -> Message:
        """Put another screen in place of values before their time; nothing is taken away later."""
        await outbox.drop(self.session, _subject(message), self.clock.now())
        return await _edit(message, screen)

    async def replace(self, callback: CallbackQuery, screen: Screen) -> None:
        """The same for the message that was pressed, in a new one where that one is out of reach."""
        if isinstance(callback.message, Message):
            await self.leave(callback.message, screen)
        else:
            await show(callback, screen)

    def _put_off(self, unit: UpdateUnit, subject: str) -> None:
        """Let what was said last be said by the bot itself, later, unless the subject's letters are dropped.

        It stays behind the values in the outbox: when both are late, they still leave in this order.
        """
        later = self.clock.now() + SHOWN_FOR
        unit.messages[-1] = replace(unit.messages[-1], send_at=later, subject=subject, update_id=None)


async def _edit(message: Message, screen: Screen) -> Message:
    edited = await message.edit_text(
        screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW
    )
    assert isinstance(edited, Message)  # only an edit of an inline message is answered with True
    return edited


def _unit() -> UpdateUnit:
    unit = current_unit()
    if unit is None:
        raise RuntimeError("values are shown outside an update's unit of work")
    return unit


def _subject(message: Message) -> str:
    return f"message/{message.chat.id}/{message.message_id}"
