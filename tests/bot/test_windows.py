"""Every window of every dialog renders in every language, and none is longer than Telegram allows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.fsm.state import State
from aiogram.types import Chat, ChatJoinRequest, Update, User
from aiogram_dialog import DialogManager, ShowMode, StartMode

from accounts.cipher import Cipher, make_key
from accounts.store import PersonStore
from bot.app import Parts, make_dialogs, make_dispatcher
from bot.catalogue import LiveCatalogue
from bot.dialogs.deadline.states import Deadline
from bot.dialogs.editor.states import Editor
from bot.dialogs.joining.states import Joining
from bot.dialogs.menu.states import Menu
from bot.dialogs.officials.states import Office
from bot.dialogs.wrong_facts.states import WrongFacts
from bot.inbox.unit import update_unit
from bot.service import BotSettings, make_bot
from bot.storage import DatabaseStorage
from bot.translations import Translations
from database.engine import Database
from deadlines.clock import FixedClock
from registry_data.schema import Language
from simulator.entities.html import parse
from tests.accounts.seats import COLLEAGUE, ORGANISATION, SEATS, TAKEN, furnish
from tests.bot import complaint_windows, report_windows

STATES = [state for dialog in make_dialogs() for state in dialog.states()]
DIALOG_DATA: dict[State, dict[str, Any]] = {
    Menu.services: {"situation": "licences"},
    Deadline.rule: {"group": "control"},
    Deadline.length: {"rule": "service.paper_via_corporation"},
    Deadline.moment: {"rule": "complaint.provider"},
    Deadline.result: {"rule": "complaint.authority", "at": "2026-12-18T19:00:00+05:00", "extended": True},
}
START_DATA: dict[State, dict[str, Any]] = {WrongFacts.telling: {"slug": "apostille"}}
for group, start in ((Office, {"organisation": ORGANISATION}), (Joining, {"invitation": TAKEN})):
    START_DATA.update(dict.fromkeys(group.__all_states__, start))
for state in (Office.member, Office.heir, Office.revoke):
    DIALOG_DATA[state] = {"member": SEATS["colleague"], "heir": COLLEAGUE}
for state, chosen in ((Editor.question, "1"), (Editor.fact, "1"), (Editor.wording, "apostille")):
    DIALOG_DATA[state] = {"chosen": chosen}
DIALOG_DATA.update(complaint_windows.DATA)
DIALOG_DATA.update(report_windows.DATA)
PERSON = 1001


@dataclass(slots=True)
class Opener:
    """Opens a window on an update that the bot itself has no use for."""

    state: State
    opened: bool = False

    async def open(self, _: ChatJoinRequest, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(
            self.state,
            data=START_DATA.get(self.state),
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


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with make_bot(BotSettings(token="42:nobody-calls", api_url="http://127.0.0.1:9")) as bot:
        yield bot


def dispatcher_of(
    database: Database, clock: FixedClock, catalogue: LiveCatalogue, cipher: Cipher
) -> Dispatcher:
    return make_dispatcher(
        Parts(
            clock=clock,
            texts=Translations.load(),
            storage=DatabaseStorage(database, clock),
            catalogue=catalogue,
            cipher=cipher,
        )
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.state)
async def test_a_window_renders(
    state: State, language: Language, bot: Bot, registry_database: Database, catalogue: LiveCatalogue
):
    clock = FixedClock(datetime(2026, 11, 21, 5, 0, tzinfo=UTC))
    cipher = Cipher.of(make_key())
    dispatcher = dispatcher_of(registry_database, clock, catalogue, cipher)
    opening, opener = Router(), Opener(state)
    opening.chat_join_request.register(opener.open)
    dispatcher.include_router(opening)
    async with update_unit(registry_database, clock, chat_id=PERSON, update_id=1) as unit:
        await PersonStore(unit.session).keep_language(PERSON, language, clock.now())
        await furnish(unit.session, cipher, PERSON, clock.now())
        await complaint_windows.furnish(unit.part, cipher, clock, PERSON)
        await report_windows.furnish(unit.part, clock, PERSON)
        await dispatcher.feed_update(bot, join_request(clock.now()))
        payload = unit.letters[-1].payload
    assert opener.opened  # else what was sent is the menu, for a window that is gone
    text, _ = parse(payload["text"])
    assert 0 < len(text) <= 4096
