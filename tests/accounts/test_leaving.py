"""Leaving, deputies and connecting, on both databases."""

from datetime import date, timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.leave import LeaveOverlapsError
from accounts.officials.membership import (
    LastAdministratorError,
    LastHeadError,
    NotAMemberError,
)
from accounts.roles import Role
from database.engine import Database
from kernel.errors import DomainError
from tests.accounts.people import AGENCY, AKIMAT, MINISTRY, POLICE, AccountsScenario

ADMINISTRATOR, HEAD, OFFICER, OTHER, STRANGER = 1, 2, 3, 4, 9


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: no SQL is under test here."""
    return sqlite_database


async def roles_of(scenario: AccountsScenario, person: int) -> set[tuple[Role, str]]:
    return {(one.role, one.organisation) for one in await scenario.members.of_person(person)}


async def test_revocation_hands_open_work_to_the_successor(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    membership = await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER)
    await scenario.revoke(HEAD, membership, OTHER)
    assert await roles_of(scenario, OFFICER) == set()
    assert await scenario.holder(POLICE, OFFICER, date(2026, 3, 19)) == OTHER


async def test_revocation_without_successor_unassigns_open_work(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    membership = await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.revoke(HEAD, membership, None)
    assert await scenario.holder(POLICE, OFFICER, date(2026, 3, 19)) is None


async def test_member_with_another_role_keeps_open_work(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    membership = await scenario.membership(OFFICER, Role.COORDINATOR)
    await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.revoke(HEAD, membership, None)
    assert await scenario.holder(POLICE, OFFICER, date(2026, 3, 19)) == OFFICER


async def test_returning_member_regains_work(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    membership = await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.revoke(HEAD, membership, HEAD)
    await scenario.membership(OFFICER, Role.OFFICER)
    assert await scenario.holder(POLICE, OFFICER, date(2026, 3, 19)) == OFFICER


@pytest.mark.parametrize("successor", [OFFICER, STRANGER])
async def test_only_a_colleague_can_be_successor(scenario: AccountsScenario, successor: int):
    await scenario.membership(HEAD, Role.HEAD)
    membership = await scenario.membership(OFFICER, Role.OFFICER)
    with pytest.raises(NotAMemberError):
        await scenario.revoke(HEAD, membership, successor)
    assert await roles_of(scenario, OFFICER) == {(Role.OFFICER, POLICE)}


async def test_the_last_head_cannot_be_removed_without_another(scenario: AccountsScenario):
    await scenario.membership(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    membership = await scenario.membership(HEAD, Role.HEAD)
    for by in (HEAD, ADMINISTRATOR):
        with pytest.raises(LastHeadError):
            await scenario.revoke(by, membership, None)
    await scenario.membership(OTHER, Role.HEAD)
    await scenario.revoke(ADMINISTRATOR, membership, OTHER)


async def test_last_administrator_cannot_be_removed_without_another(scenario: AccountsScenario):
    membership = await scenario.membership(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    with pytest.raises(LastAdministratorError):
        await scenario.revoke(ADMINISTRATOR, membership, None)


async def test_head_cannot_revoke_other_organisations_or_editors(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    elsewhere = await scenario.membership(OFFICER, Role.OFFICER, AKIMAT)
    keeper = await scenario.membership(OTHER, Role.EDITOR, POLICE)
    for membership in (elsewhere, keeper):
        with pytest.raises(NotAllowedError):
            await scenario.revoke(HEAD, membership, None)
    with pytest.raises(GoneError):
        await scenario.revoke(HEAD, 10_000, None)


async def test_deputy_has_the_work_for_the_whole_leave(scenario: AccountsScenario):
    await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER)
    await scenario.take_leave(OFFICER, POLICE, OTHER, "20.03.2026 - 22.03.2026")
    held = [await scenario.holder(POLICE, OFFICER, date(2026, 3, day)) for day in range(19, 24)]
    assert held == [OFFICER, OTHER, OTHER, OTHER, OFFICER]


async def test_today_is_the_date_in_almaty(scenario: AccountsScenario):
    await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER)
    scenario.clock.advance(timedelta(hours=13))  # 20:00 UTC on the 19th is 01:00 on the 20th in Almaty
    with pytest.raises(DomainError):
        await scenario.take_leave(OFFICER, POLICE, OTHER, "19.03.2026")
    await scenario.take_leave(OFFICER, POLICE, OTHER, "20.03.2026")


async def test_cancelled_leave_has_no_effect(scenario: AccountsScenario):
    await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER)
    leave = await scenario.take_leave(OFFICER, POLICE, OTHER, "19.03.2026")
    with pytest.raises(LeaveOverlapsError):
        await scenario.take_leave(OFFICER, POLICE, OTHER, "19.03.2026 - 20.03.2026")
    with pytest.raises(NotAllowedError):
        await scenario.cancel_leave(OTHER, leave.number)
    await scenario.cancel_leave(OFFICER, leave.number)
    with pytest.raises(GoneError):
        await scenario.cancel_leave(OFFICER, leave.number)
    assert await scenario.holder(POLICE, OFFICER, date(2026, 3, 19)) == OFFICER


async def test_deputy_must_be_a_colleague(scenario: AccountsScenario):
    await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER, AKIMAT)
    for deputy in (OFFICER, OTHER, STRANGER):
        with pytest.raises(NotAMemberError):
            await scenario.take_leave(OFFICER, POLICE, deputy, "20.03.2026")
    with pytest.raises(NotAllowedError):
        await scenario.take_leave(STRANGER, POLICE, OFFICER, "20.03.2026")


async def test_work_on_complaints_goes_only_to_who_may_do_it(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    officer = await scenario.membership(OFFICER, Role.OFFICER)
    coordinator = await scenario.membership(OTHER, Role.COORDINATOR)
    with pytest.raises(NotAMemberError):
        await scenario.take_leave(OFFICER, POLICE, OTHER, "20.03.2026")
    with pytest.raises(NotAMemberError):
        await scenario.revoke(HEAD, officer, OTHER)
    await scenario.take_leave(OTHER, POLICE, OFFICER, "20.03.2026")  # filings are an officer's work too
    await scenario.revoke(HEAD, coordinator, HEAD)


async def test_work_is_unassigned_when_the_deputy_has_left(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    await scenario.membership(OFFICER, Role.OFFICER)
    deputy = await scenario.membership(OTHER, Role.OFFICER)
    await scenario.take_leave(OFFICER, POLICE, OTHER, "19.03.2026")
    await scenario.revoke(HEAD, deputy, None)
    assert await scenario.holder(POLICE, OFFICER, date(2026, 3, 19)) is None


async def test_connecting_stores_the_accepted_text(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    await scenario.connect(HEAD, POLICE, "I accept")
    scenario.clock.advance(timedelta(days=1))
    await scenario.connect(HEAD, POLICE, "again")  # changes nothing
    connection = await scenario.connect.connections.of(POLICE)
    assert connection is not None
    assert (connection.accepted_by, connection.text) == (HEAD, "I accept")
    assert connection.accepted_at == scenario.clock.now() - timedelta(days=1)
    for by, organisation in ((HEAD, AKIMAT), (OFFICER, POLICE), (HEAD, MINISTRY)):
        with pytest.raises(NotAllowedError):
            await scenario.connect(by, organisation, "I accept")
    await scenario.disconnect(HEAD, POLICE)
    assert await scenario.connect.connections.all() == {}


async def test_coordinator_sees_members_of_subordinate_organisations(scenario: AccountsScenario):
    await scenario.membership(OTHER, Role.COORDINATOR, MINISTRY)
    await scenario.membership(OFFICER, Role.OFFICER, POLICE)
    await scenario.consent(OFFICER)
    seen = await scenario.queries.of_organisation(OTHER, POLICE, date(2026, 3, 19))
    assert [one.membership.telegram_id for one in seen] == [OFFICER]
    for by, organisation in ((OFFICER, MINISTRY), (OTHER, AKIMAT), (STRANGER, POLICE)):
        with pytest.raises(NotAllowedError):
            await scenario.queries.of_organisation(by, organisation, date(2026, 3, 19))
