"""Sends one row at Telegram's pace, with real message ids in its payload, and handles rejections."""

import json
import random
import re
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from cachetools import TTLCache

from kernel.clock import Clock
from messaging import metrics
from messaging.outbox.channel import AttachedFile, Call, Channel, Refused, Sent
from messaging.outbox.claims import PendingMessage, RowResult
from messaging.outbox.retries import (
    REFUSED,
    STALE,
    UNREACHABLE,
    GiveUp,
    NothingToDo,
    RetryLater,
    SendAsNew,
    decide,
)
from messaging.outbox.short_form import short_forms
from messaging.outbox.writing import dumped

WINDOW_S = 1.0
_ALL_UNDER_WAY_S = 0.02  # retry interval when it is unknown when the next answer comes
_REMEMBERED_CHATS = 10_000
SEVERAL_CHATS = 3
LONGEST_PAUSE_OF_ALL_S = 2.0


@dataclass(slots=True, kw_only=True)
class Pace:
    """Tells how long to wait before a message; `monotonic` returns monotonic seconds.

    `per_second` is the limit over all chats (None for none), counted as Telegram sees it: a message takes a
    slot from its start until one second after its answer, so that no second ever sees more than `per_second`
    messages arrive, however long each is in flight. Notices to one chat are spaced by a second likewise;
    answers to a person's own message are not.
    """

    monotonic: Callable[[], float]
    per_second: float | None = 30.0
    _under_way: int = 0
    _answered: deque[float] = field(default_factory=deque)
    _next_notice: TTLCache[int, float] = field(init=False)
    _refused: TTLCache[int, float] = field(init=False)  # the chats told to wait within a second
    _all_paused_until: float = 0.0

    def __post_init__(self) -> None:
        self._next_notice = TTLCache(_REMEMBERED_CHATS, ttl=WINDOW_S, timer=self.monotonic)
        self._refused = TTLCache(_REMEMBERED_CHATS, ttl=WINDOW_S, timer=self.monotonic)

    def reserve(self, chat_id: int, *, notice: bool) -> float:
        """Reserve a slot for a message to `chat_id`: 0, or the seconds until asking again.

        After a 0 the caller calls `done` when the message is answered or has failed.
        """
        now = self.monotonic()
        wait = max(self._overall(now), self._all_paused_until - now, 0.0)
        if notice:
            wait = max(wait, self._next_notice.get(chat_id, 0.0) - now)
        if wait == 0.0:
            self._under_way += 1
        return wait

    def done(self, chat_id: int, *, notice: bool) -> None:
        now = self.monotonic()
        self._under_way -= 1
        if self.per_second is not None:
            self._answered.append(now)
        if notice:
            self._next_notice[chat_id] = now + WINDOW_S

    def pause(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to wait: this chat waits by its row.

        All chats wait, briefly, if several are told so within a second while much is sent: that is the limit
        over all chats. Two people who flood silence nobody else.
        """
        now = self.monotonic()
        self._refused[chat_id] = now
        if len(self._refused) >= SEVERAL_CHATS and self._is_busy(now):
            self._all_paused_until = max(self._all_paused_until, now + min(seconds, LONGEST_PAUSE_OF_ALL_S))

    def _is_busy(self, now: float) -> bool:
        """Whether this process sends half the limit or more; other processes may send the rest."""
        return self.per_second is not None and self._taken(now) >= self.per_second / 2

    def _overall(self, now: float) -> float:
        if self.per_second is None or self._taken(now) < self.per_second:
            return 0.0
        return self._answered[0] + WINDOW_S - now if self._answered else _ALL_UNDER_WAY_S

    def _taken(self, now: float) -> int:
        """How many slots of the last second are taken."""
        while self._answered and self._answered[0] + WINDOW_S - now <= 0:
            self._answered.popleft()
        return self._under_way + len(self._answered)


_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryResult:
    """The result of sending a row; `chat_lost` is the reason if the whole chat is unreachable, `moved_to` the
    chat's new id.
    """

    mark: RowResult
    chat_lost: str | None = None
    moved_to: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether the row is finished, so that the next one may go."""
        return self.mark.next_try_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSender:
    """`sleep` waits for the given seconds; `chance` returns 0..1 for jitter."""

    channel: Channel
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
        return self._given_up(row, UNREACHABLE, whole_chat=False)

    def stale(self, row: PendingMessage) -> DeliveryResult:
        """What the notice says no longer holds: nothing is sent, and nobody need be told of it."""
        return DeliveryResult(mark=RowResult(id=row.id, given_up_at=self.clock.now(), reason=STALE))

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
            case RetryLater(pause_s=pause_s, asked=asked, moved_to=moved_to):
                return replace(self._later(chat_id, row, pause_s, asked=asked), moved_to=moved_to)
            case GiveUp(reason=reason, whole_chat=whole_chat):
                shortened = (
                    await self._shortened(chat_id, row, call, outcome) if reason.startswith(REFUSED) else None
                )
                return shortened or self._given_up(row, reason, whole_chat=whole_chat)

    async def _shortened(
        self, chat_id: int, row: PendingMessage, call: Call, refused: Refused
    ) -> DeliveryResult | None:
        """Send a short form of what Telegram will never take; None if it takes none of them."""
        _log_refused(row, refused)
        for form in short_forms(call, refused.description):
            outcome = await self._call(chat_id, row, form)
            if isinstance(outcome, Sent):
                metrics.SHORTENED.inc()
                return DeliveryResult(mark=self._sent(row, outcome.message_id))
            match decide(form.method, outcome, row.attempts, self.chance()):
                case RetryLater(pause_s=pause_s, asked=asked):
                    return self._later(chat_id, row, pause_s, asked=asked)
                case GiveUp(reason=reason, whole_chat=True):
                    return self._given_up(row, reason, whole_chat=True)
        return None

    async def _call(self, chat_id: int, row: PendingMessage, call: Call) -> Sent | Refused:
        """Make the call; one that creates a message waits for its slot."""
        if not call.method.startswith("send"):
            return await self.channel.send(call)
        while (wait := self.pace.reserve(chat_id, notice=row.is_notice)) > 0:
            await self.sleep(wait)
        try:
            return await self.channel.send(call)
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

    def _given_up(self, row: PendingMessage, reason: str, *, whole_chat: bool) -> DeliveryResult:
        metrics.count_given_up(reason)
        mark = RowResult(id=row.id, given_up_at=self.clock.now(), reason=reason)
        return DeliveryResult(mark=mark, chat_lost=reason if whole_chat else None)


def _log_refused(row: PendingMessage, refused: Refused) -> None:
    _log.error(
        "a message was refused",
        incident=secrets.token_hex(4),
        method=row.method,
        row=row.id,
        code=refused.code,
        description=without_quotes(refused.description),
    )


def without_quotes(description: str) -> str:
    """Telegram's description without quoted message text."""
    return re.sub(r'".*"', '"…"', description)


def _as_new_message(payload: str) -> Call:
    return Call(method="sendMessage", payload=as_new_message(payload))


_MARK = '"message_id":-'
_ONLY_OF_EDITS = ("message_id", "inline_message_id")


def placeholders(payload: str) -> set[int]:
    """The negative message ids in the payload."""
    if _MARK not in payload:
        return set()
    fields = json.loads(payload)
    replied = fields.get("reply_parameters") or {}
    return {number for part in (fields, replied) if (number := part.get("message_id", 0)) < 0}


def with_message_ids(payload: str, known: Mapping[int, int]) -> str | None:
    """The payload with Telegram's message ids; a reply to a missing message is sent as a plain message, an
    edit of one is None.
    """
    fields = json.loads(payload)
    replied = fields.get("reply_parameters")
    if replied and replied["message_id"] < 0:
        fields["reply_parameters"] = {**replied, "message_id": known.get(replied["message_id"])}
        if replied["message_id"] not in known:
            del fields["reply_parameters"]
    if fields.get("message_id", 0) < 0:
        if fields["message_id"] not in known:
            return None
        fields["message_id"] = known[fields["message_id"]]
    return dumped(fields)


def as_new_message(payload: str) -> str:
    """The fields of editMessageText as fields of sendMessage."""
    fields = {key: value for key, value in json.loads(payload).items() if key not in _ONLY_OF_EDITS}
    return dumped(fields)


def edited_message_id(payload: str) -> int | None:
    number = json.loads(payload).get("message_id")
    return number if isinstance(number, int) and number > 0 else None
