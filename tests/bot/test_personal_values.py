"""Personal values are shown for five minutes, and every look is in the access log."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.types import Chat, Message

from accounts.access_log.store import AccessLog, AccessLogEntry
from bot.views.accounts.personal_values import PersonalValues
from bot.views.screen import Screen, button, keyboard
from database.engine import Database
from kernel.clock import FixedClock
from messaging.capture import install_capture
from messaging.inbox.unit import update_unit
from messaging.outbox.channel import Refused
from messaging.outbox.delivery import Delivery
from tests.messaging.recording import Recorder, delivery_of
from tests.quick_session import QuickSession

VALUES = Screen(text="<b>+7 700 000-00-00</b>", keyboard=keyboard([[button("Жасыру", "hide")]]))
HIDDEN = Screen(text="Шағым № 17", keyboard=keyboard([[button("Көрсету", "show")]]))
LOOK = AccessLogEntry(viewer=7, subject="complaint/17", what="name,telephone")
GONE = Refused(code=400, description="Bad Request: message to edit not found")


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: no SQL is under test here."""
    return sqlite_database


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot("42:TEST", session=QuickSession(), default=DefaultBotProperties(parse_mode="HTML"))
    install_capture(bot)
    yield bot
    await bot.session.close()


@pytest.fixture
def channel() -> Recorder:
    return Recorder()


@pytest.fixture
def delivery(database: Database, channel: Recorder, clock: FixedClock) -> Delivery:
    return delivery_of(database, channel, clock)


@pytest.fixture
def press(database: Database, clock: FixedClock, bot: Bot) -> "CallbackUpdate":
    return CallbackUpdate(database, clock, bot)


class CallbackUpdate:
    """Calls what a handler does with the pressed button's message, in an update of its own."""

    def __init__(self, database: Database, clock: FixedClock, bot: Bot) -> None:
        self._database, self._clock, self._bot = database, clock, bot
        self._update = 0

    async def show(self) -> None:
        await self._handle(lambda reveal, card: reveal.show(card, LOOK, values=VALUES, hidden=HIDDEN))

    async def leave(self) -> None:
        await self._handle(lambda reveal, card: reveal.leave(card, Screen(text="Мәзір")))

    async def _handle(self, handler: Callable) -> None:
        self._update += 1
        chat = Chat(id=7, type="private")
        card = Message(message_id=50, date=datetime(2026, 3, 19, tzinfo=UTC), chat=chat, text="a")
        async with update_unit(self._database, self._clock, 7, self._update) as unit:
            await handler(PersonalValues(unit.session, self._clock), card.as_(self._bot))
            await unit.commit()


def edits(channel: Recorder) -> list[tuple[str, int | None, str]]:
    fields = [(call.method, json.loads(call.payload)) for call in channel.calls]
    return [(method, one.get("message_id"), one["text"]) for method, one in fields]


async def test_values_are_hidden_after_five_minutes(
    press: CallbackUpdate, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    clock.advance(timedelta(minutes=4, seconds=59))
    await delivery.deliver(7)
    assert edits(channel) == [("editMessageText", 50, VALUES.text)]
    clock.advance(timedelta(seconds=1))
    await delivery.deliver(7)
    hiding = json.loads(channel.calls[1].payload)
    assert (hiding["text"], hiding["parse_mode"]) == (HIDDEN.text, "HTML")
    assert hiding["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "show"


async def test_late_values_are_shown_before_being_hidden(
    press: CallbackUpdate, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    clock.advance(timedelta(hours=1))  # Telegram was unreachable
    await delivery.deliver(7)
    assert [text for _, _, text in edits(channel)] == [VALUES.text, HIDDEN.text]


async def test_values_in_a_new_message_are_hidden_there(
    press: CallbackUpdate, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    channel.outcomes = [GONE]
    await press.show()
    await delivery.deliver(7)
    clock.advance(timedelta(minutes=5))
    await delivery.deliver(7)
    assert edits(channel) == [
        ("editMessageText", 50, VALUES.text),
        ("sendMessage", None, VALUES.text),
        ("editMessageText", 1001, HIDDEN.text),
    ]


async def test_missing_message_is_not_resent_to_hide_values(
    press: CallbackUpdate, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    await delivery.deliver(7)
    channel.outcomes = [GONE]
    clock.advance(timedelta(minutes=5))
    await delivery.deliver(7)
    assert [method for method, _, _ in edits(channel)] == ["editMessageText", "editMessageText"]


async def test_second_reveal_restarts_the_five_minutes(
    press: CallbackUpdate, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    clock.advance(timedelta(minutes=4))
    await press.show()
    clock.advance(timedelta(minutes=4))
    await delivery.deliver(7)
    assert {text for _, _, text in edits(channel)} == {VALUES.text}
    clock.advance(timedelta(minutes=1))
    await delivery.deliver(7)
    assert [text for _, _, text in edits(channel)] == [VALUES.text, VALUES.text, HIDDEN.text]


async def test_hiding_does_not_overwrite_another_screen(
    press: CallbackUpdate, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    await press.leave()
    clock.advance(timedelta(minutes=5))
    await delivery.deliver(7)
    assert [text for _, _, text in edits(channel)] == [VALUES.text, "Мәзір"]


async def test_each_reveal_is_in_the_access_log(press: CallbackUpdate, database: Database, clock: FixedClock):
    first = clock.now()
    await press.show()
    clock.advance(timedelta(minutes=1))
    await press.show()
    async with database.session() as session:
        assert await AccessLog(session).of("complaint/17") == [(LOOK, first), (LOOK, clock.now())]


async def test_reveal_requires_an_update(database: Database, clock: FixedClock, bot: Bot):
    chat = Chat(id=7, type="private")
    card = Message(message_id=50, date=datetime(2026, 3, 19, tzinfo=UTC), chat=chat, text="a").as_(bot)
    async with database.unit_of_work() as work:
        with pytest.raises(RuntimeError, match="outside an update"):
            await PersonalValues(work.session, clock).show(card, LOOK, values=VALUES, hidden=HIDDEN)


@pytest.mark.parametrize(
    ("subject", "what"), [("complaint/17", "+7 701 123-45-67"), ("Aliya", "name"), ("complaint/17", "")]
)
def test_access_log_entry_holds_only_ids_and_field_names(subject: str, what: str):
    with pytest.raises(ValueError, match="by id"):
        AccessLogEntry(viewer=7, subject=subject, what=what)
