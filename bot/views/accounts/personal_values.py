"""Personal values on the screen: shown on request, removed automatically, every access logged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.access_log.store import AccessLog, AccessLogEntry
from bot.views.screen import NO_PREVIEW, Screen, show
from kernel.clock import Clock
from messaging.inbox.unit import UpdateUnit, current_unit
from messaging.outbox import writing as outbox

SHOWN_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealedValues:
    """What is opened: a text in parts that Telegram takes, buttons under the first, and files."""

    parts: Sequence[str]
    keyboard: InlineKeyboardMarkup | None = None
    files: Sequence[BufferedInputFile] = ()


def look_subject(complaint: int, person: int) -> str:
    """Of all that a person has open of one case."""
    return f"look/{complaint}/{person}"


@dataclass(frozen=True, slots=True)
class PersonalValues:
    """Works in the update's unit of work: the access, the values and their removal are written together."""

    session: AsyncSession
    clock: Clock

    async def show(self, message: Message, access: AccessLogEntry, *, values: Screen, hidden: Screen) -> None:
        """Replace `message` with `values` for five minutes, then with `hidden`; showing again restarts the
        time.
        """
        unit = _unit()
        await AccessLog(self.session).keep(access, self.clock.now())
        shown = await self.leave(message, values)
        await _edit(shown, hidden)  # the id of the values' message, which Telegram may still change
        self._put_off(unit, _subject(message))

    async def reveal(self, message: Message, subject: str, shown: RevealedValues, hidden: Screen) -> None:
        """Send what is shown, for five minutes after the last `prolong`: then the first message becomes
        `hidden`, others and files are deleted. The access is in the log already.
        """
        unit = _unit()
        for file in shown.files:
            sent = await message.answer_document(file)
            await sent.delete()
            self._put_off(unit, subject)
        first, *rest = shown.parts
        begun = await message.answer(first, reply_markup=shown.keyboard, link_preview_options=NO_PREVIEW)
        await _edit(begun, hidden)
        self._put_off(unit, subject)
        for part in rest:
            sent = await message.answer(part, link_preview_options=NO_PREVIEW)
            await sent.delete()
            self._put_off(unit, subject)

    async def prolong(self, subject: str) -> None:
        await outbox.postpone(self.session, subject, self.clock.now() + SHOWN_FOR)

    async def leave(self, message: Message, screen: Screen) -> Message:
        """Replace the values early and cancel their removal."""
        await outbox.drop(self.session, _subject(message), self.clock.now())
        return await _edit(message, screen)

    async def replace(self, callback: CallbackQuery, screen: Screen) -> None:
        """The same for the callback's message; sends a new one if that is out of reach."""
        if isinstance(callback.message, Message):
            await self.leave(callback.message, screen)
        else:
            await show(callback, screen)

    def _put_off(self, unit: UpdateUnit, subject: str) -> None:
        """Delay the last message, unless its subject's messages are dropped.

        It stays behind the values in the outbox: if both are late, they leave in this order.
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
