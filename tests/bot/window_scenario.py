"""One bot for all windows of all dialogs, and a person who has data for each of them."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Chat, ChatJoinRequest, Message, Update, User
from aiogram_dialog import DialogManager, ShowMode, StartMode

from accounts.cipher import Cipher, make_key
from bot.app.dispatcher import DispatcherParts, make_dialogs, make_dispatcher
from bot.app.filters import WindowInputs
from bot.app.runner import BotSettings, make_bot
from bot.dialogs.accounts.joining.states import Joining
from bot.dialogs.accounts.organisation.states import Office
from bot.dialogs.answers.wrong_facts.states import WrongFacts
from bot.dialogs.deadlines.states import Deadline
from bot.dialogs.editor.states import Editor
from bot.dialogs.menu.states import Menu
from bot.views.complaints.notices import ComplaintNoticeRenderer
from cli.local_database import ready_database
from database.engine import Database, JoinedUnitOfWork
from kernel.clock import FixedClock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.inbox.unit import DatabaseStorage
from registry_data.proposals import Proposal, ProposalStore
from tests.accounts.memberships import COLLEAGUE, MEMBERSHIPS, ORGANISATION, TAKEN, seed
from tests.bot import (
    complaint_windows,
    entry_windows,
    filing_windows,
    inbox_windows,
    oversight_windows,
    report_windows,
    switch_windows,
)

STATES = [state for dialog in make_dialogs() for state in dialog.states()]
DIALOG_DATA: dict[State, dict[str, Any]] = {
    Menu.event: {"event": "birth"},
    Menu.services: {"topic": "licences"},
    Deadline.rule: {"group": "control"},
    Deadline.length: {"rule": "service.paper_via_corporation"},
    Deadline.moment: {"rule": "complaint.provider"},
    Deadline.result: {"rule": "complaint.authority", "at": "2026-12-18T19:00:00+05:00", "extended": True},
}
START_DATA: dict[State, dict[str, Any]] = {WrongFacts.telling: {"slug": "apostille"}}
for group, start in ((Office, {"organisation": ORGANISATION}), (Joining, {"invitation": TAKEN})):
    START_DATA.update(dict.fromkeys(group.__all_states__, start))
for state in (Office.member, Office.heir, Office.revoke):
    DIALOG_DATA[state] = {"member": MEMBERSHIPS["colleague"], "heir": COLLEAGUE}
for state, chosen in (
    (Editor.question, "1"),
    (Editor.fact, "1"),
    (Editor.stale_card, "conscript-initial-registration"),
    (Editor.wording, "apostille"),
    (Editor.draft, "1"),
):
    DIALOG_DATA[state] = {"chosen": chosen}
DIALOG_DATA.update(complaint_windows.DATA)
DIALOG_DATA.update(report_windows.DATA)
DIALOG_DATA.update(inbox_windows.DATA)
DIALOG_DATA.update(entry_windows.DATA)
DIALOG_DATA.update(filing_windows.DATA)
DIALOG_DATA.update(oversight_windows.DATA)
DIALOG_DATA.update(switch_windows.DATA)
START_DATA.update(entry_windows.START)
START_DATA.update(oversight_windows.START)
PERSON = 1001


@dataclass(slots=True)
class Opener:
    """Opens a window on a kind of update the bot does not use."""

    state: State | None = None
    opened: bool = False

    def begin(self, state: State) -> None:
        self.state, self.opened = state, False

    async def open(self, _: ChatJoinRequest, dialog_manager: DialogManager) -> None:
        assert self.state is not None
        await dialog_manager.start(
            self.state,
            data=START_DATA.get(self.state) or filing_windows.START.get(self.state),
            mode=StartMode.RESET_STACK,
            show_mode=ShowMode.NO_UPDATE,
        )
        dialog_manager.dialog_data.update(DIALOG_DATA.get(self.state, {}))
        dialog_manager.show_mode = ShowMode.SEND
        await dialog_manager.show()
        self.opened = True


def join_request(at: datetime) -> Update:
    request = ChatJoinRequest(
        chat=Chat(id=PERSON, type="private"),
        from_user=User(id=PERSON, is_bot=False, first_name="Айгүл"),
        user_chat_id=PERSON,
        date=at,
    )
    return Update(update_id=1, chat_join_request=request)


def callback(data: str, at: datetime) -> Update:
    chat = Chat(id=PERSON, type="private")
    user = User(id=PERSON, is_bot=False, first_name="Айгүл")
    message = Message(message_id=1, date=at, chat=chat, text="…")
    query = CallbackQuery(id="1", from_user=user, chat_instance="1", message=message, data=data)
    return Update(update_id=2, callback_query=query)


def typed(text: str, at: datetime, number: int = 2) -> Update:
    user = User(id=PERSON, is_bot=False, first_name="Айгүл")
    chat = Chat(id=PERSON, type="private")
    message = Message(message_id=100 + number, date=at, chat=chat, from_user=user, text=text)
    return Update(update_id=number, message=message)


async def _never_called(_: CallbackQuery) -> None:
    """Never called: the filter before it rejects everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowScenario:
    """One bot for all windows, and a database where the person has data for each of them."""

    database: Database
    dispatcher: Dispatcher
    bot: Bot
    opener: Opener
    offered: list[str]  # callbacks offered to the routers
    clock: FixedClock
    renderer: ComplaintNoticeRenderer
    inputs: WindowInputs


@pytest.fixture(scope="module")
async def scenario(
    loaded_registry: Path, catalogue: LiveCatalogue, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[WindowScenario]:
    clock, cipher = FixedClock(datetime(2026, 11, 21, 5, 0, tzinfo=UTC)), Cipher.of(make_key())
    copy = shutil.copy(loaded_registry, tmp_path_factory.mktemp("windows") / "qyzmet.sqlite3")
    settings = BotSettings(token="42:nobody-calls", api_url="http://127.0.0.1:9")
    opening, opener = Router(), Opener()
    opening.chat_join_request.register(opener.open)
    async with ready_database(f"sqlite:///{copy}") as database, make_bot(settings) as bot:
        parts = DispatcherParts(
            clock=clock,
            texts=Translations.load(),
            storage=DatabaseStorage(database, clock),
            catalogue=catalogue,
            cipher=cipher,
        )
        dispatcher = make_dispatcher(parts)
        dispatcher.include_router(opening)
        offered: list[str] = []
        dispatcher.callback_query.register(_never_called, lambda callback: offered.append(str(callback.data)))
        async with database.unit_of_work() as unit:
            await _seed(JoinedUnitOfWork(unit), cipher, clock)
            await unit.commit()
        yield WindowScenario(
            database=database,
            dispatcher=dispatcher,
            bot=bot,
            opener=opener,
            offered=offered,
            clock=clock,
            renderer=ComplaintNoticeRenderer(
                texts=parts.texts, catalogue=catalogue, clock=clock, cipher=cipher
            ),
            inputs=WindowInputs(make_dialogs()),
        )


async def _seed(unit: JoinedUnitOfWork, cipher: Cipher, clock: FixedClock) -> None:
    await seed(unit.session, cipher, PERSON, clock.now())
    await complaint_windows.seed(unit, cipher, clock, PERSON)
    await report_windows.seed(unit, clock, PERSON)
    await inbox_windows.seed(unit, cipher, clock, PERSON)
    await entry_windows.seed(unit, cipher, clock, PERSON)
    await filing_windows.seed(unit, clock, PERSON)
    await oversight_windows.seed(unit, clock, PERSON)
    await switch_windows.seed(unit, clock, PERSON)
    await _propose_a_card(unit, clock)


async def _propose_a_card(unit: JoinedUnitOfWork, clock: FixedClock) -> None:
    store = ProposalStore(unit.session)
    card, digest = await store.standing("apostille")
    assert card is not None
    changed = card.model_copy(update={"max_queue_minutes": 99})
    await store.propose(Proposal(card=changed, left=("fee: no act",), based_on=digest), clock.now())
