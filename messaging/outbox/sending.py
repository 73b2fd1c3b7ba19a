"""Sends one row at Telegram's pace and handles rejections."""

import random
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from kernel.clock import Clock
from messaging.outbox.channel import AttachedFile, Call, Channel, Refused, Sent
from messaging.outbox.claims import PendingMessage, RowResult
from messaging.outbox.pace import Pace
from messaging.outbox.payloads import as_new_message, edited_message_id, with_message_ids
from messaging.outbox.retries import GiveUp, NothingToDo, RetryLater, SendAsNew, decide

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryResult:
    """The result of sending a row; `chat_lost` is the reason if the whole chat is unreachable."""

    mark: RowResult
    chat_lost: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether the row is finished, so that the next one may go."""
        return self.mark.next_try_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSender:
    """`channel_of` returns the channel for a chat; `sleep` waits for the given seconds; `chance` returns 0..1
    for jitter.
    """

    channel_of: Callable[[int], Channel]
    clock: Clock
    pace: Pace
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float] = random.random

    async def send(
        self, chat_id: int, row: PendingMessage, known: Mapping[int, int], files: tuple[AttachedFile, ...]
    ) -> DeliveryResult:
        """Send `row`, replacing its placeholders with the ids in `known`; a rejection never raises.

        If the message to edit is gone, a new one is sent, unless the row has a subject: such an edit only
        removes buttons.
        """
        payload = (
            with_message_ids(row.payload, known) if known or '"message_id":-' in row.payload else row.payload
        )
        if payload is None and (row.method != "editMessageText" or row.subject is not None):
            return DeliveryResult(mark=self._sent(row, None))
        if payload is None:
            call = _as_new_message(row.payload)
        else:
            call = Call(method=row.method, payload=payload, files=files)
        return await self._make(chat_id, row, call)

    def unreachable(self, row: PendingMessage) -> DeliveryResult:
        """A notice to an unreachable chat is given up."""
        return DeliveryResult(mark=RowResult(id=row.id, given_up_at=self.clock.now(), reason="unreachable"))

    def postponed(self, row: PendingMessage, opens_at: datetime) -> DeliveryResult:
        """The audience is outside its hours until `opens_at`; other rows of the chat may go."""
        return DeliveryResult(mark=RowResult(id=row.id, postponed_to=opens_at))

    async def _make(self, chat_id: int, row: PendingMessage, call: Call) -> DeliveryResult:
        outcome = await self._call(chat_id, row, call)
        if isinstance(outcome, Sent):
            return DeliveryResult(mark=self._sent(row, outcome.message_id))
        match decide(call.method, outcome, row.attempts, self.chance()):
            case NothingToDo():
                return DeliveryResult(mark=self._sent(row, edited_message_id(call.payload)))
            case SendAsNew() if row.subject is not None:
                return DeliveryResult(mark=self._sent(row, None))
            case SendAsNew():
                return await self._make(chat_id, row, _as_new_message(call.payload))
            case RetryLater(pause_s=pause_s, asked=asked):
                return self._later(chat_id, row, pause_s, asked=asked)
            case GiveUp(reason=reason, whole_chat=whole_chat):
                return self._given_up(row, outcome, reason, whole_chat=whole_chat)

    async def _call(self, chat_id: int, row: PendingMessage, call: Call) -> Sent | Refused:
        """Make the call; one that creates a message waits for its slot."""
        channel = self.channel_of(chat_id)
        if not call.method.startswith("send"):
            return await channel.send(call)
        while (wait := self.pace.reserve(chat_id, notice=row.is_notice)) > 0:
            await self.sleep(wait)
        try:
            return await channel.send(call)
        finally:
            self.pace.done(chat_id, notice=row.is_notice)

    def _sent(self, row: PendingMessage, message_id: int | None) -> RowResult:
        return RowResult(id=row.id, sent_at=self.clock.now(), message_id=message_id)

    def _later(self, chat_id: int, row: PendingMessage, pause_s: float, *, asked: bool) -> DeliveryResult:
        if asked:
            self.pace.pause(chat_id, pause_s)
        return DeliveryResult(
            mark=RowResult(id=row.id, next_try_at=self.clock.now() + timedelta(seconds=pause_s))
        )

    def _given_up(
        self, row: PendingMessage, refused: Refused, reason: str, *, whole_chat: bool
    ) -> DeliveryResult:
        if reason.startswith("refused"):
            _log.error(
                "a message was refused",
                incident=secrets.token_hex(4),
                method=row.method,
                row=row.id,
                code=refused.code,
                description=without_quotes(refused.description),
            )
        mark = RowResult(id=row.id, given_up_at=self.clock.now(), reason=reason)
        return DeliveryResult(mark=mark, chat_lost=reason if whole_chat else None)


def without_quotes(description: str) -> str:
    """Telegram's description without quoted message text."""
    return re.sub(r'".*"', '"…"', description)


def _as_new_message(payload: str) -> Call:
    return Call(method="sendMessage", payload=as_new_message(payload))
