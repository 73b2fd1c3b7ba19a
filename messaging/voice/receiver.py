"""Queues a voice message, and puts what was heard into the inbox as a typed message."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from aiogram.types import Message
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.language import Language
from messaging.downloads.queue import DownloadQueue
from messaging.inbox.intake import Arrival, Intake
from messaging.outbox import writing as outbox
from messaging.outbox.message import OutboxMessage
from messaging.voice.recogniser import SpeechRecogniser
from messaging.voice.tables import VoiceDownloadRow

_FIRST_UPDATE = 2**40  # far above Telegram's own: what was heard is handled after what has arrived
_RECOGNISING_S = 60
_log = structlog.get_logger(__name__)


class NotHeardError(DomainError):
    """Nothing could be understood."""

    code = "voice_not_heard"


class HeardReplies(Protocol):
    """The bot's words about a voice message, as text."""

    def heard(self, text: str, language: Language) -> str: ...

    def refused(self, error: DomainError, language: Language) -> str: ...


@dataclass(frozen=True, slots=True)
class VoiceQueue:
    """Queues voice messages with the update that brought them. `is_on`: whether anybody will hear them."""

    session: AsyncSession
    clock: Clock
    is_on: bool

    async def add(self, message: Message, person: int, language: Language) -> bool:
        """False if the message is no voice message, or nobody hears."""
        if not self.is_on or message.voice is None:
            return False
        typed = message.model_dump(mode="json", exclude_none=True, by_alias=True, exclude={"voice"})
        row = VoiceDownloadRow(
            person=person, file_id=message.voice.file_id, language=language.value, message=json.dumps(typed)
        )
        await DownloadQueue(VoiceDownloadRow, self.session, self.clock).add(row)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReceiver:
    database: Database
    clock: Clock
    recognise: SpeechRecogniser
    replies: HeardReplies
    wake: Callable[[int], None]

    @property
    def table(self) -> type[VoiceDownloadRow]:
        return VoiceDownloadRow

    def not_fetched(self) -> DomainError:
        return NotHeardError()

    async def take(self, row: VoiceDownloadRow, content: bytes) -> None:
        """Raises NotHeardError."""
        text = await self._text(content, Language(row.language))
        if not await self._finish(row, self.replies.heard(text, Language(row.language))):
            return
        update_id = _FIRST_UPDATE + row.id
        update = {"update_id": update_id, "message": {**json.loads(row.message), "text": text}}
        intake = Intake(database=self.database, clock=self.clock, wake=self.wake)
        await intake.accept([Arrival(update_id=update_id, chat_id=row.person, payload=json.dumps(update))])

    async def give_up(self, row: VoiceDownloadRow, error: DomainError) -> None:
        await self._finish(row, self.replies.refused(error, Language(row.language)))

    async def _text(self, content: bytes, language: Language) -> str:
        try:
            async with asyncio.timeout(_RECOGNISING_S):
                text = (await self.recognise(content, language)).strip()
        except Exception as error:  # noqa: BLE001  the operator's own code may raise anything
            _log.warning("the speech recogniser failed", error=type(error).__name__)
            text = ""
        if not text:
            raise NotHeardError
        return text

    async def _finish(self, row: VoiceDownloadRow, reply: str) -> bool:
        """Take the row out of the queue and reply, once."""
        payload = {"chat_id": row.person, "text": reply}
        async with self.database.unit_of_work() as unit:
            if not await DownloadQueue(VoiceDownloadRow, unit.session, self.clock).finish(row.id):
                return False
            message = OutboxMessage(chat_id=row.person, method="sendMessage", payload=payload)
            await outbox.write(unit.session, [message], self.clock.now())
            await unit.commit()
        return True
