"""All actions by all roles, through buttons that were never shown: the bot does what the table says."""

import pytest

from accounts.permissions import RIGHTS, Action, Scope
from accounts.roles import Role
from messaging.outbox import writing as outbox
from messaging.outbox.writing import Letter
from tests.accounts.forging import ATTEMPTS, CONFIRM, LOOK, carry_out, seat, set_scene
from tests.bot.town import Town

OWN, ELSEWHERE = "police-shymkent", "police-almaty"
ROLES = [*Role, None]
# tried in tests/complaints/test_rights*.py and, pressed, in tests/bot/complaints_official
OF_COMPLAINTS = {action for action in Action if action.value.endswith("_complaints")}
OF_FILINGS = {
    Action.SEE_FILINGS,
    Action.FILE,
    Action.LEAD_FILINGS,
    Action.SWITCH_OBLIGATIONS,
}  # tests/reminders
OF_REPORTS = {Action.CORRECT_REPORTS}  # tests/reports


def expected(action: Action, role: Role | None, organisation: str) -> bool:
    scope = RIGHTS.get((action, role)) if role is not None else None
    return scope is Scope.ANYWHERE or (scope is not None and organisation == OWN)


def test_every_action_is_tried():
    assert set(ATTEMPTS) == set(Action) - OF_COMPLAINTS - OF_FILINGS - OF_REPORTS


@pytest.mark.parametrize("organisation", [OWN, ELSEWHERE])
@pytest.mark.parametrize("role", ROLES)
async def test_a_role_does_what_it_may_and_nothing_else(town: Town, role: Role | None, organisation: str):
    happened = {}
    for action, attempt in ATTEMPTS.items():
        person = await town.person("ru")
        if role is not None:
            await seat(town, person.number, OWN, role)
        scene = await set_scene(town, organisation)
        happened[action] = await carry_out(attempt, scene, person)
    assert happened == {action: expected(action, role, organisation) for action in ATTEMPTS}


@pytest.mark.parametrize("role", ROLES)
async def test_a_join_is_confirmed_by_nobody_but_the_inviter_and_administrators(
    town: Town, role: Role | None
):
    person = await town.person("ru")
    if role is not None:
        await seat(town, person.number, OWN, role)
    scene = await set_scene(town, OWN)
    assert await carry_out(LOOK, scene, person) is (role is Role.ADMINISTRATOR)
    assert await carry_out(CONFIRM, scene, person) is (role is Role.ADMINISTRATOR)


async def test_an_attempt_goes_on_behind_a_notice_that_comes_before_its_window(town: Town):
    head = await town.person("ru")
    await seat(town, head.number, OWN, Role.HEAD)
    scene = await set_scene(town, OWN)
    await head.ask("/menu")
    notice = Letter(
        chat_id=head.number, method="sendMessage", payload={"chat_id": head.number, "text": "Notice"}
    )
    async with town.database.unit_of_work() as work:
        await outbox.write(work.session, [notice], town.clock.now())
        await work.commit()
    assert await carry_out(ATTEMPTS[Action.CONNECT], scene, head)
    texts = [message["text"] for message in await head.messages()]
    assert texts.index("Notice") == texts.index(f"/organisation {OWN}") + 1
