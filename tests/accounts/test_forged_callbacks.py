"""Every action tried by every role through buttons never shown: the permissions table decides."""

import pytest

from accounts.permissions import RIGHTS, Action, RightScope
from accounts.roles import Role
from messaging.outbox import writing as outbox
from messaging.outbox.message import OutboxMessage
from tests.accounts.forged_callbacks import (
    ATTEMPTS,
    CONFIRM,
    SEE_NAME,
    add_membership,
    carry_out,
    seed_scenario,
)
from tests.bot.live_bot import RunningBot

OWN, ELSEWHERE = "police-shymkent", "police-almaty"
ROLES = [*Role, None]
# covered by tests/complaints/test_rights*.py and tests/bot/complaints_official
OF_COMPLAINTS = {action for action in Action if action.value.endswith("_complaints")}
OF_FILINGS = {
    Action.SEE_FILINGS,
    Action.FILE,
    Action.LEAD_FILINGS,
    Action.SWITCH_OBLIGATIONS,
}  # tests/reminders
OF_REPORTS = {Action.CORRECT_REPORTS}  # tests/reports
OF_OVERSIGHT = {Action.OVERSEE}  # tests/oversight/test_region.py


def expected(action: Action, role: Role | None, organisation: str) -> bool:
    scope = RIGHTS.get((action, role)) if role is not None else None
    return scope is RightScope.ANYWHERE or (scope is not None and organisation == OWN)


def test_every_action_has_an_attempt():
    assert set(ATTEMPTS) == set(Action) - OF_COMPLAINTS - OF_FILINGS - OF_REPORTS - OF_OVERSIGHT


@pytest.mark.parametrize("organisation", [OWN, ELSEWHERE])
@pytest.mark.parametrize("role", ROLES)
async def test_role_performs_only_permitted_actions(
    live_bot: RunningBot, role: Role | None, organisation: str
):
    happened = {}
    for action, attempt in ATTEMPTS.items():
        person = await live_bot.person("ru")
        if role is not None:
            await add_membership(live_bot, person.number, OWN, role)
        scenario = await seed_scenario(live_bot, organisation)
        happened[action] = await carry_out(attempt, scenario, person)
    assert happened == {action: expected(action, role, organisation) for action in ATTEMPTS}


@pytest.mark.parametrize("role", ROLES)
async def test_only_inviter_and_administrators_confirm_a_join(live_bot: RunningBot, role: Role | None):
    person = await live_bot.person("ru")
    if role is not None:
        await add_membership(live_bot, person.number, OWN, role)
    scenario = await seed_scenario(live_bot, OWN)
    assert await carry_out(SEE_NAME, scenario, person) is (role is Role.ADMINISTRATOR)
    assert await carry_out(CONFIRM, scenario, person) is (role is Role.ADMINISTRATOR)


async def test_attempt_continues_past_an_interleaved_notice(live_bot: RunningBot):
    head = await live_bot.person("ru")
    await add_membership(live_bot, head.number, OWN, Role.HEAD)
    scenario = await seed_scenario(live_bot, OWN)
    await head.ask("/menu")
    notice = OutboxMessage(
        chat_id=head.number, method="sendMessage", payload={"chat_id": head.number, "text": "Notice"}
    )
    async with live_bot.database.unit_of_work() as work:
        await outbox.write(work.session, [notice], live_bot.clock.now())
        await work.commit()
    assert await carry_out(ATTEMPTS[Action.CONNECT], scenario, head)
    texts = [message["text"] for message in await head.messages()]
    assert texts.index("Notice") == texts.index(f"/organisation {OWN}") + 1
