"""Every window of every dialog renders in every language within Telegram's length limit."""

from typing import Any

import pytest
from aiogram.fsm.state import State
from aiogram_dialog.utils import CB_SEP
from localgram.entities.html import parse

from accounts.person import PersonStore
from bot.app.dispatcher import make_dialogs
from bot.dialogs.menu.states import Menu
from bot.views.callbacks import MenuCallback
from kernel.language import Language
from messaging.inbox.unit import update_unit
from tests.bot.window_scenario import PERSON, STATES, WindowScenario, callback, join_request, scenario
from tests.each import each_case

__all__ = ["scenario"]

DIALOGS = {state: dialog for dialog in make_dialogs() for state in dialog.states()}


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
async def test_every_window_renders(language: Language, scenario: WindowScenario):
    with each_case() as cases:
        for state in STATES:
            with cases.case(state.state):
                await check_window(state, language, scenario)


async def check_window(state: State, language: Language, scenario: WindowScenario) -> None:
    scenario.opener.begin(state)
    async with update_unit(scenario.database, scenario.clock, chat_id=PERSON, update_id=1) as unit:
        await PersonStore(unit.session).keep_language(PERSON, language, scenario.clock.now())
        await scenario.dispatcher.feed_update(scenario.bot, join_request(scenario.clock.now()))
        payload = unit.messages[-1].payload  # not committed: nothing is left for the next window
    assert scenario.opener.opened  # otherwise the menu was sent, for an outdated window
    text, _ = parse(payload["text"])
    assert 0 < len(text) <= 4096
    widget = DIALOGS[state].find
    unanswered = [data for data in buttons_of(payload) if widget(data.split(":")[0]) is None]
    assert not unanswered  # aiogram-dialog gives them to the window, which redraws itself in silence


def buttons_of(payload: dict[str, Any]) -> list[str]:
    """The callback data of the window's buttons, without the dialog's prefix."""
    rows = payload.get("reply_markup", {}).get("inline_keyboard", [])
    found = [button.get("callback_data") for row in rows for button in row]
    return [data.split(CB_SEP)[-1] for data in found if data]


async def test_window_callback_is_answered_once_by_its_dialog(scenario: WindowScenario):
    scenario.opener.begin(Menu.main)
    scenario.offered.clear()
    async with update_unit(scenario.database, scenario.clock, chat_id=PERSON, update_id=1) as unit:
        await scenario.dispatcher.feed_update(scenario.bot, join_request(scenario.clock.now()))
        rows = unit.messages[-1].payload["reply_markup"]["inline_keyboard"]
        data = next(
            button["callback_data"] for (button, *_) in rows if "situations" in button["callback_data"]
        )
        before = len(unit.messages)
        await scenario.dispatcher.feed_update(scenario.bot, callback(data, scenario.clock.now()))
        methods = [queued.method for queued in unit.messages[before:]]
    assert methods == ["editMessageText", "answerCallbackQuery"]


async def test_other_callback_goes_to_the_routers(scenario: WindowScenario):
    data = MenuCallback().pack()
    scenario.offered.clear()
    async with update_unit(scenario.database, scenario.clock, chat_id=PERSON, update_id=1):
        await scenario.dispatcher.feed_update(scenario.bot, callback(data, scenario.clock.now()))
    assert scenario.offered == [data]
