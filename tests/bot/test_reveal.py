"""Personal values are shown for five minutes, and every look is kept."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.types import Chat, Message

from accounts.looks.trail import Look, LookTrail
from bot.reveal import Reveal
from bot.views.screen import Screen, button, keyboard
from database.engine import Database
from deadlines.clock import FixedClock
from messaging.capture import install_capture
from messaging.inbox.unit import update_unit
from messaging.outbox.channel import Refused
from messaging.outbox.delivery import Delivery
from tests.notifications.telegram import Recorder, delivery_of

VALUES = Screen(text="<b>+7 700 000-00-00</b>", keyboard=keyboard([[button("Жасыру", "hide")]]))
HIDDEN = Screen(text="Шағым № 17", keyboard=keyboard([[button("Көрсету", "show")]]))
LOOK = Look(viewer=7, subject="complaint/17", what="name,telephone")
GONE = Refused(code=400, description="Bad Request: message to edit not found")


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot("42:TEST", default=DefaultBotProperties(parse_mode="HTML"))
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
def press(database: Database, clock: FixedClock, bot: Bot) -> "Press":
    return Press(database, clock, bot)


class Press:
    """What a handler does with the message under which a button was pressed, in an update of its own."""

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
            await handler(Reveal(unit.session, self._clock), card.as_(self._bot))
            await unit.commit()


def edits(channel: Recorder) -> list[tuple[str, int | None, str]]:
    fields = [(call.method, json.loads(call.payload)) for call in channel.calls]
    return [(method, one.get("message_id"), one["text"]) for method, one in fields]


async def test_values_are_edited_away_after_five_minutes(
    press: Press, delivery: Delivery, channel: Recorder, clock: FixedClock
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


async def test_values_that_are_late_are_still_shown_before_they_are_hidden(
    press: Press, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    clock.advance(timedelta(hours=1))  # Telegram was out of reach
    await delivery.deliver(7)
    assert [text for _, _, text in edits(channel)] == [VALUES.text, HIDDEN.text]


async def test_values_said_in_a_new_message_are_hidden_in_that_one(
    press: Press, delivery: Delivery, channel: Recorder, clock: FixedClock
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


async def test_where_the_message_is_gone_nothing_is_said_anew(
    press: Press, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    await delivery.deliver(7)
    channel.outcomes = [GONE]
    clock.advance(timedelta(minutes=5))
    await delivery.deliver(7)
    assert [method for method, _, _ in edits(channel)] == ["editMessageText", "editMessageText"]


async def test_a_second_look_has_five_minutes_of_its_own(
    press: Press, delivery: Delivery, channel: Recorder, clock: FixedClock
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


async def test_another_screen_is_not_overwritten_later(
    press: Press, delivery: Delivery, channel: Recorder, clock: FixedClock
):
    await press.show()
    await press.leave()
    clock.advance(timedelta(minutes=5))
    await delivery.deliver(7)
    assert [text for _, _, text in edits(channel)] == [VALUES.text, "Мәзір"]


async def test_each_look_is_in_the_trail(press: Press, database: Database, clock: FixedClock):
    first = clock.now()
    await press.show()
    clock.advance(timedelta(minutes=1))
    await press.show()
    async with database.session() as session:
        assert await LookTrail(session).of("complaint/17") == [(LOOK, first), (LOOK, clock.now())]


async def test_outside_an_update_nothing_is_shown(database: Database, clock: FixedClock, bot: Bot):
    chat = Chat(id=7, type="private")
    card = Message(message_id=50, date=datetime(2026, 3, 19, tzinfo=UTC), chat=chat, text="a").as_(bot)
    async with database.unit_of_work() as work:
        with pytest.raises(RuntimeError, match="outside an update"):
            await Reveal(work.session, clock).show(card, LOOK, values=VALUES, hidden=HIDDEN)


@pytest.mark.parametrize(
    ("subject", "what"), [("complaint/17", "+7 701 123-45-67"), ("Aliya", "name"), ("complaint/17", "")]
)
def test_a_look_holds_ids_and_names_of_fields_only(subject: str, what: str):
    with pytest.raises(ValueError, match="by id"):
        Look(viewer=7, subject=subject, what=what)
