"""What was lost and what came twice, by comparing the database with what stands in the chats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from localgram.client import SimulatedPerson, is_from_bot
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bench.soak.letters import squeezed
from messaging.inbox.tables import FailedUpdate, InboxRow
from messaging.outbox.retries import STALE
from messaging.outbox.tables import IS_OPEN, OutboxRow

_NO_LOSS = {STALE, "dropped"}
_OK, _SLACK_S = 200, 5.0


@dataclass(slots=True, kw_only=True)
class LossCount:
    """`lost` names each loss, `unexplained` each repeat of a notice that neither a crash nor a lost answer
    caused; `doubled` counts messages that came again.
    """

    updates: int = 0
    notices: int = 0
    answers: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    repeated_notices: int = 0
    repeats_a_notice: int = 0  # at most, each by a crash or a broken connection of its own
    kept_failed: int = 0
    unexplained: list[str] = field(default_factory=list)


async def is_settled(session: AsyncSession, now: Any) -> bool:
    """Whether nothing is left to handle or to send."""
    unhandled = select(func.count()).select_from(InboxRow).where(InboxRow.handled_at.is_(None))
    waiting = select(func.count()).select_from(OutboxRow).where(IS_OPEN, OutboxRow.send_at <= now)
    return not (await session.scalar(unhandled) or await session.scalar(waiting))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sendMessage calls that the local Telegram saw, and when a process or the database ended."""

    calls: Sequence[dict[str, Any]]
    crashes_at: Sequence[float]

    def arrivals(self, person: int, text: str) -> list[dict[str, Any]]:
        """The calls that put this message into the chat, oldest first."""
        return [
            one
            for one in self.calls
            if (one["chat_id"], one["status"]) == (person, _OK)
            and one["arguments"].get("text") == text
            and one["fault"] != "garbage"
        ]

    def explains(self, first: dict[str, Any], again: dict[str, Any]) -> bool:
        """Whether the sender could not know that the first call had arrived."""
        since, until = first["seconds"] - _SLACK_S, again["seconds"]
        return first["fault"] == "lost" or any(since <= moment <= until for moment in self.crashes_at)


async def count_losses(
    session: AsyncSession,
    writing: Iterable[SimulatedPerson],
    notified: Iterable[SimulatedPerson],
    answered: Mapping[int, str],
    evidence: Evidence,
) -> LossCount:
    """`writing` ask questions, `notified` only get notices; `answered` are officials' answers, by citizen."""
    found = LossCount(answers=len(answered))
    found.kept_failed = await session.scalar(select(func.count()).select_from(FailedUpdate)) or 0
    told = {one.number: one for one in notified}
    for person in (*writing, *told.values()):
        came = [one for one in await person.messages() if is_from_bot(one)]
        await _of_person(session, found, person.number, came)
        if person.number in told:
            _count_repeats(found, person.number, evidence)
        if person.number in answered:
            _read_answer(found, person.number, answered[person.number], came)
    return found


def _count_repeats(found: LossCount, person: int, evidence: Evidence) -> None:
    """No two notices of a person say the same: what came again is one that was sent again."""
    texts = {str(call["arguments"].get("text")) for call in evidence.calls if call["chat_id"] == person}
    for text in sorted(texts):
        arrivals = evidence.arrivals(person, text)
        found.repeated_notices += len(arrivals) > 1
        found.repeats_a_notice = max(found.repeats_a_notice, len(arrivals) - 1)
        for first, again in pairwise(arrivals):
            if not evidence.explains(first, again):
                found.unexplained.append(f"{person}: {text[:40]!r}")


async def _of_person(
    session: AsyncSession, found: LossCount, person: int, came: Sequence[dict[str, Any]]
) -> None:
    """Each update was answered, each message of the outbox went out, and each came."""
    row = OutboxRow
    query = select(row.id, row.update_id, row.sent_at, row.reason, row.message_id, row.key)
    sends = (row.chat_id == person, row.method == "sendMessage")
    rows = (await session.execute(query.where(*sends))).all()
    updates = set(await session.scalars(select(InboxRow.update_id).where(InboxRow.chat_id == person)))
    found.updates += len(updates)
    found.notices += sum(one.key is not None for one in rows)
    found.lost += [f"update {one}" for one in updates - {one.update_id for one in rows}]
    unsent = [one for one in rows if one.sent_at is None and one.reason not in _NO_LOSS]
    found.lost += [f"message {one.id}: {one.reason}" for one in unsent]
    ids = {one["message_id"] for one in came}
    sent = [one for one in rows if one.sent_at is not None]
    found.lost += [f"message {one.id} is not there" for one in sent if one.message_id not in ids]
    found.doubled += len(came) - len(sent)


def _read_answer(found: LossCount, person: int, answer: str, came: Sequence[dict[str, Any]]) -> None:
    """The official's answer is there, whole: in parts, of which one may have come again, and later."""
    if squeezed(answer) not in squeezed("".join(dict.fromkeys(one.get("text", "") for one in came))):
        found.lost.append(f"the answer to {person} is not whole: {answer[:20]}")
