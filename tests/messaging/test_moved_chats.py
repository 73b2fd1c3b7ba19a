"""A group that became a supergroup: what waits for it reaches the new chat, once and in order."""

from datetime import timedelta

from sqlalchemy import insert, select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.api import _answer
from messaging.dialog_tables import DialogState
from messaging.moved_chats import follow
from messaging.outbox.channel import Refused
from messaging.outbox.delivery import Delivery
from tests.messaging.outgoing import answer, notice, put, rows
from tests.messaging.recording import Recorder

OLD, NEW = -5, -1001
BODY = (
    b'{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat",'
    b'"parameters":{"migrate_to_chat_id":-1001}}'
)


async def test_refusal_moves_what_waits_for_the_chat(
    database: Database, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    refused = _answer(400, BODY)
    assert isinstance(refused, Refused)
    channel.outcomes = [refused]
    await put(database, clock, answer("a", chat_id=OLD), notice("b", chat_id=OLD), answer("c", chat_id=1))
    await delivery.deliver(OLD)
    assert {row.chat_id for row in await rows(database)} == {NEW, 1}
    clock.advance(timedelta(seconds=1))
    await delivery.deliver(NEW)
    assert channel.texts() == ["a", "a", "b"]
    assert all(f'"chat_id":{NEW}' in call.payload for call in channel.calls[1:])


async def test_dialog_state_moves_unless_the_new_chat_has_its_own(database: Database, clock: FixedClock):
    key = {"bot_id": 42, "thread_id": 0, "business_id": "", "changed_at": clock.now()}
    states = [(OLD, "a", {"told": True}), (OLD, "b", {}), (NEW, "b", {"told": True})]
    made = [
        {**key, "chat_id": chat, "user_id": chat, "destiny": destiny, "data": data}
        for chat, destiny, data in states
    ]
    async with database.unit_of_work() as work:
        await work.session.execute(insert(DialogState), made)
        await follow(work.session, OLD, NEW)
        await follow(work.session, OLD, NEW)  # both chats tell so
        await work.commit()
    async with database.session() as session:
        found = (await session.scalars(select(DialogState).order_by(DialogState.destiny))).all()
    assert [(one.user_id, one.destiny, one.data) for one in found] == [
        (NEW, "a", {"told": True}),
        (NEW, "b", {"told": True}),
    ]
