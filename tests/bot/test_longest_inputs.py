"""Every window that takes words is driven with the longest: none is left without a way to go on."""

import pytest
from aiogram.fsm.state import State

from accounts.person import PersonStore
from kernel.language import Language
from messaging.inbox.unit import UpdateUnit, update_unit
from messaging.outbox.writing import in_parts
from tests.bot.telegram_limits import MESSAGE, check_calls
from tests.bot.window_scenario import PERSON, STATES, WindowScenario, join_request, scenario, typed
from tests.each import each_case

__all__ = ["scenario"]

LONGEST = ("Сөйлем & <сөз>. " * MESSAGE)[:MESSAGE]  # what Telegram lets a person send
ALMOST = LONGEST[:3_790]  # was accepted once, and left an official without a keyboard


@pytest.mark.slow
async def test_no_window_is_locked_by_the_longest_texts(scenario: WindowScenario):
    with each_case() as cases:
        for state in STATES:
            if scenario.inputs.take(state.state, typed("x", scenario.clock.now()).message):  # type: ignore[arg-type]
                with cases.case(state.state):
                    await drive(state, scenario)


async def drive(state: State, scenario: WindowScenario) -> None:
    scenario.opener.begin(state)
    async with update_unit(scenario.database, scenario.clock, chat_id=PERSON, update_id=1) as unit:
        await PersonStore(unit.session).keep_language(PERSON, Language.KK, scenario.clock.now())
        await scenario.dispatcher.feed_update(scenario.bot, join_request(scenario.clock.now()))
        for number, text in enumerate((ALMOST, LONGEST, ALMOST, "қысқа"), start=2):
            before = len(unit.messages)
            await scenario.dispatcher.feed_update(scenario.bot, typed(text, scenario.clock.now(), number))
            assert unit.messages[before:], f"nothing was said to the message {number}"
        assert_goes_on(unit)
        await scenario.dispatcher.feed_update(scenario.bot, typed("/menu", scenario.clock.now(), 9))
        assert unit.messages[-1].payload["reply_markup"]["inline_keyboard"]


def assert_goes_on(unit: UpdateUnit) -> None:
    """All that was said fits, and the newest window has buttons."""
    check_calls(unit.messages)
    windows = [one for one in unit.messages if "inline_keyboard" in (one.payload.get("reply_markup") or {})]
    assert windows, "no window"
    newest = windows[-1]
    assert newest.payload["reply_markup"]["inline_keyboard"], "a window without buttons"
    assert len(in_parts(newest)) == 1
