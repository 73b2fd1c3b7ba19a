"""A flood from one chat does not delay the others, in numbers."""

from aiogram import Router
from aiogram.types import Message

from messaging.inbox.runner import InboxRunner
from tests.messaging.conftest import running, take_in, until
from tests.messaging.telegram import message

FLOOD, OTHERS = 200, 10
FLOODING = 1


async def test_others_are_answered_during_a_flood(runner: InboxRunner, router: Router):
    """With one worker, each of ten others waits for at most one round of everybody: ten of 210 updates."""
    served: list[int] = []

    @router.message()
    async def note(message: Message) -> None:
        served.append(message.chat.id)

    runner.settings = type(runner.settings)(workers=1, poll_wait_s=0, polling_interval_s=3_600)
    await take_in(runner, *[message(number, "flood", chat_id=FLOODING) for number in range(1, FLOOD + 1)])
    late = [message(FLOOD + chat, "hello", chat_id=chat) for chat in range(2, OTHERS + 2)]
    await take_in(runner, *late)
    async with running(runner):
        await until(lambda: len(set(served)) == OTHERS + 1, timeout_s=60)
        places = [served.index(chat) for chat in range(2, OTHERS + 2)]
    assert max(places) <= 2 * OTHERS
