"""Taking an update, and in the same statement what its handling reads first: the talk, and whose it is."""

from bot import records
from bot.inbox import queue
from bot.inbox.queue import Claimed
from bot.inbox.unit import UpdateUnit

_WITH_TALK = queue.claiming(*records.TALK_COLUMNS, joined=records.with_talk)


async def claim(unit: UpdateUnit, bot_id: int) -> Claimed | None:
    """Take the lowest unhandled update of the unit's chat until its transaction ends; None if none is free.

    In a private chat the unit is given the talk's records and the person; they are as of the same moment.
    """
    if not records.is_loaded_whole(unit.chat_id):
        return await queue.claim(unit.session, unit.chat_id)
    asked = {"chat_id": unit.chat_id, "bot": bot_id}
    rows = (await unit.session.execute(_WITH_TALK, asked)).all()
    if not rows:
        return None
    unit.talk, unit.person = records.talk_of(rows, unit.chat_id)
    return queue.claimed_of(rows[0])
