"""A new dialog takes what its windows have inputs for, without being listed anywhere."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.enums import ContentType
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Chat, ChatJoinRequest, Document, Message, Update, User, Voice
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.input import CombinedInput, MessageInput, TextInput
from aiogram_dialog.widgets.text import Const

from accounts.cipher import Cipher, make_key
from bot.app import dispatcher as app
from bot.app.runner import BotSettings, make_bot
from database.engine import Database
from kernel.clock import FixedClock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.inbox.unit import DatabaseStorage, UpdateUnit, update_unit

PERSON, NOW = 1001, datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
QUESTION = "замена водительских прав"
WORDS_FOR_THE_BOT = ["спасибо", "сәлеметсіз бе", "позовите оператора", "26-00000012-3"]


class Parcel(StatesGroup):
    """A dialog unknown to the bot."""

    text = State()
    document = State()
    both = State()
    typed = State()
    buttons = State()


@dataclass(slots=True)
class Taken:
    """What the dialog's inputs received."""

    messages: list[str] = field(default_factory=list)

    async def take(self, message: Message, _: MessageInput, __: DialogManager) -> None:
        self.messages.append(message.text or (message.document and message.document.file_name) or "")

    async def take_value(self, _: Message, __: Any, ___: DialogManager, value: str) -> None:
        self.messages.append(value)

    def dialog(self) -> Dialog:
        text = MessageInput(self.take, content_types=[ContentType.TEXT])
        document = MessageInput(self.take, content_types=ContentType.DOCUMENT)
        return Dialog(
            Window(Const("…"), text, state=Parcel.text),
            Window(Const("…"), document, state=Parcel.document),
            Window(Const("…"), CombinedInput(text, document), state=Parcel.both),
            Window(Const("…"), TextInput("typed", on_success=self.take_value), state=Parcel.typed),
            Window(Const("…"), state=Parcel.buttons),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A person in a window of the new dialog."""

    dispatcher: Dispatcher
    bot: Bot
    taken: Taken
    unit: UpdateUnit
    states: list[State]

    async def open(self, state: State) -> None:
        self.states.append(state)
        request = ChatJoinRequest(
            chat=Chat(id=PERSON, type="private"), from_user=user(), user_chat_id=PERSON, date=NOW
        )
        await self.dispatcher.feed_update(self.bot, Update(update_id=1, chat_join_request=request))

    async def send(self, **content: Any) -> list[str]:
        """Send a message; return the texts of the bot's answers."""
        before = len(self.unit.messages)
        chat = Chat(id=PERSON, type="private")
        message = Message(message_id=2, date=NOW, chat=chat, from_user=user(), **content)
        await self.dispatcher.feed_update(self.bot, Update(update_id=2, message=message.as_(self.bot)))
        return [str(one.payload.get("text")) for one in self.unit.messages[before:]]


def user() -> User:
    return User(id=PERSON, is_bot=False, first_name="Айгүл", language_code="ru")


def document() -> Document:
    return Document(file_id="1", file_unique_id="1", file_name="list.pdf")


@pytest.fixture
async def conversation(
    registry_database: Database, catalogue: LiveCatalogue, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Conversation]:
    taken, clock, states = Taken(), FixedClock(NOW), []
    ours = app.make_dialogs
    monkeypatch.setattr(app, "make_dialogs", lambda: [*ours(), taken.dialog()])
    dispatcher = app.make_dispatcher(
        app.DispatcherParts(
            clock=clock,
            texts=Translations.load(),
            storage=DatabaseStorage(registry_database, clock),
            catalogue=catalogue,
            cipher=Cipher.of(make_key()),
        )
    )
    opening = Router()

    @opening.chat_join_request()
    async def start(_: ChatJoinRequest, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(states[-1], mode=StartMode.RESET_STACK)

    dispatcher.include_router(opening)
    async with (
        make_bot(BotSettings(token="42:nobody-calls", api_url="http://127.0.0.1:9")) as bot,
        update_unit(registry_database, clock, chat_id=PERSON, update_id=1) as unit,
    ):
        yield Conversation(dispatcher=dispatcher, bot=bot, taken=taken, unit=unit, states=states)


@pytest.mark.parametrize("state", [Parcel.text, Parcel.both, Parcel.typed])
async def test_window_with_a_text_input_takes_text(conversation: Conversation, state: State):
    await conversation.open(state)
    await conversation.send(text=QUESTION)
    assert conversation.taken.messages == [QUESTION]


async def test_window_that_takes_text_takes_words_for_the_bot_too(conversation: Conversation):
    await conversation.open(Parcel.text)
    words_of_the_window = [*WORDS_FOR_THE_BOT[:-1], "24123456788"]  # eleven digits that are no complaint's
    for words in words_of_the_window:
        answers = await conversation.send(text=words)
        assert set(answers) <= {"None", "…"}, words  # the window is only drawn again
    assert conversation.taken.messages == words_of_the_window


@pytest.mark.parametrize("state", [Parcel.text, Parcel.both, Parcel.typed])
@pytest.mark.parametrize("number", ["26-00000012-3", "№ 26-00000001-5", "26000000015"])
async def test_number_of_a_complaint_typed_alone_is_no_text_of_the_window(
    conversation: Conversation, state: State, number: str
):
    await conversation.open(state)
    answers = await conversation.send(text=number)
    assert "с таким номером" in answers[0]
    assert answers[-1] == "…"  # the window, below
    assert conversation.taken.messages == []


@pytest.mark.slow
async def test_words_for_the_bot_work_in_a_window_without_inputs(conversation: Conversation):
    await conversation.open(Parcel.buttons)
    for words in WORDS_FOR_THE_BOT:
        answers = await conversation.send(text=words)
        assert answers, words
        assert not any("водительск" in answer for answer in answers), words
    assert conversation.taken.messages == []


@pytest.mark.slow
@pytest.mark.parametrize("state", [Parcel.document, Parcel.both])
async def test_window_with_a_document_input_takes_a_document(conversation: Conversation, state: State):
    await conversation.open(state)
    await conversation.send(document=document())
    assert conversation.taken.messages == ["list.pdf"]


@pytest.mark.parametrize("state", [Parcel.document, Parcel.buttons])
async def test_text_the_window_does_not_accept_is_a_question(conversation: Conversation, state: State):
    await conversation.open(state)
    (answer,) = await conversation.send(text=QUESTION)
    assert "водительск" in answer
    assert conversation.taken.messages == []


async def test_caption_is_a_question_to_a_window_without_inputs(conversation: Conversation):
    await conversation.open(Parcel.buttons)
    (answer,) = await conversation.send(document=document(), caption=QUESTION)
    assert "водительск" in answer


@pytest.mark.parametrize("state", [Parcel.text, Parcel.typed])
@pytest.mark.parametrize(
    "sent",
    [
        {"document": document(), "caption": QUESTION},
        {"voice": Voice(file_id="1", file_unique_id="1", duration=1)},
    ],
)
async def test_window_that_waits_for_text_asks_again(
    conversation: Conversation, state: State, sent: dict[str, Any]
):
    await conversation.open(state)
    answers = await conversation.send(**sent)
    assert not any("водительск" in answer for answer in answers)
    assert conversation.taken.messages == []
