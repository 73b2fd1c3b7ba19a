"""Leaving, standing in, and connecting, on both databases."""

from datetime import date, timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.leave import LeaveMeetsAnotherError
from accounts.officials.membership import (
    LastAdministratorError,
    LastHeadError,
    NotAMemberError,
)
from accounts.roles import Role
from database.engine import Database
from deadlines.errors import DomainError
from tests.accounts.people import AGENCY, AKIMAT, MINISTRY, POLICE, Office

ADMINISTRATOR, HEAD, OFFICER, OTHER, STRANGER = 1, 2, 3, 4, 9


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


async def roles_of(office: Office, person: int) -> set[tuple[Role, str]]:
    return {(one.role, one.organisation) for one in await office.members.of_person(person)}


async def test_a_role_ends_at_once_and_open_work_goes_to_the_heir(office: Office):
    await office.seat(HEAD, Role.HEAD)
    seat = await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER)
    await office.revoke(HEAD, seat, OTHER)
    assert await roles_of(office, OFFICER) == set()
    assert await office.work.holder(POLICE, OFFICER, date(2026, 3, 19)) == OTHER


async def test_without_an_heir_open_work_goes_back_to_the_list(office: Office):
    await office.seat(HEAD, Role.HEAD)
    seat = await office.seat(OFFICER, Role.OFFICER)
    await office.revoke(HEAD, seat, None)
    assert await office.work.holder(POLICE, OFFICER, date(2026, 3, 19)) is None


async def test_who_keeps_another_role_there_keeps_his_work(office: Office):
    await office.seat(HEAD, Role.HEAD)
    seat = await office.seat(OFFICER, Role.COORDINATOR)
    await office.seat(OFFICER, Role.OFFICER)
    await office.revoke(HEAD, seat, None)
    assert await office.work.holder(POLICE, OFFICER, date(2026, 3, 19)) == OFFICER


async def test_who_comes_back_has_his_work_again(office: Office):
    await office.seat(HEAD, Role.HEAD)
    seat = await office.seat(OFFICER, Role.OFFICER)
    await office.revoke(HEAD, seat, HEAD)
    await office.seat(OFFICER, Role.OFFICER)
    assert await office.work.holder(POLICE, OFFICER, date(2026, 3, 19)) == OFFICER


@pytest.mark.parametrize("heir", [OFFICER, STRANGER])
async def test_only_a_colleague_takes_work_over(office: Office, heir: int):
    await office.seat(HEAD, Role.HEAD)
    seat = await office.seat(OFFICER, Role.OFFICER)
    with pytest.raises(NotAMemberError):
        await office.revoke(HEAD, seat, heir)
    assert await roles_of(office, OFFICER) == {(Role.OFFICER, POLICE)}


async def test_the_last_head_cannot_be_removed_without_another(office: Office):
    await office.seat(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    seat = await office.seat(HEAD, Role.HEAD)
    for by in (HEAD, ADMINISTRATOR):
        with pytest.raises(LastHeadError):
            await office.revoke(by, seat, None)
    await office.seat(OTHER, Role.HEAD)
    await office.revoke(ADMINISTRATOR, seat, OTHER)


async def test_the_last_administrator_cannot_be_removed_without_another(office: Office):
    seat = await office.seat(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    with pytest.raises(LastAdministratorError):
        await office.revoke(ADMINISTRATOR, seat, None)


async def test_a_head_takes_no_role_of_another_organisation_and_no_keeper_s(office: Office):
    await office.seat(HEAD, Role.HEAD)
    elsewhere = await office.seat(OFFICER, Role.OFFICER, AKIMAT)
    keeper = await office.seat(OTHER, Role.EDITOR, POLICE)
    for seat in (elsewhere, keeper):
        with pytest.raises(NotAllowedError):
            await office.revoke(HEAD, seat, None)
    with pytest.raises(GoneError):
        await office.revoke(HEAD, 10_000, None)


async def test_a_deputy_has_the_work_from_the_first_day_to_the_last(office: Office):
    await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER)
    await office.take_leave(OFFICER, POLICE, OTHER, "20.03.2026 - 22.03.2026")
    held = [await office.work.holder(POLICE, OFFICER, date(2026, 3, day)) for day in range(19, 24)]
    assert held == [OFFICER, OTHER, OTHER, OTHER, OFFICER]


async def test_today_is_the_day_in_almaty(office: Office):
    await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER)
    office.clock.advance(timedelta(hours=13))  # 20:00 in UTC on the 19th: one o'clock on the 20th there
    with pytest.raises(DomainError):
        await office.take_leave(OFFICER, POLICE, OTHER, "19.03.2026")
    await office.take_leave(OFFICER, POLICE, OTHER, "20.03.2026")


async def test_a_cancelled_leave_is_none(office: Office):
    await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER)
    leave = await office.take_leave(OFFICER, POLICE, OTHER, "19.03.2026")
    with pytest.raises(LeaveMeetsAnotherError):
        await office.take_leave(OFFICER, POLICE, OTHER, "19.03.2026 - 20.03.2026")
    with pytest.raises(NotAllowedError):
        await office.cancel_leave(OTHER, leave.number)
    await office.cancel_leave(OFFICER, leave.number)
    with pytest.raises(GoneError):
        await office.cancel_leave(OFFICER, leave.number)
    assert await office.work.holder(POLICE, OFFICER, date(2026, 3, 19)) == OFFICER


async def test_a_deputy_is_a_colleague(office: Office):
    await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER, AKIMAT)
    for deputy in (OFFICER, OTHER, STRANGER):
        with pytest.raises(NotAMemberError):
            await office.take_leave(OFFICER, POLICE, deputy, "20.03.2026")
    with pytest.raises(NotAllowedError):
        await office.take_leave(STRANGER, POLICE, OFFICER, "20.03.2026")


async def test_a_deputy_who_left_leaves_the_work_on_the_list(office: Office):
    await office.seat(HEAD, Role.HEAD)
    await office.seat(OFFICER, Role.OFFICER)
    deputy = await office.seat(OTHER, Role.OFFICER)
    await office.take_leave(OFFICER, POLICE, OTHER, "19.03.2026")
    await office.revoke(HEAD, deputy, None)
    assert await office.work.holder(POLICE, OFFICER, date(2026, 3, 19)) is None


async def test_a_head_connects_his_organisation_and_his_words_are_kept(office: Office):
    await office.seat(HEAD, Role.HEAD)
    await office.connect(HEAD, POLICE, "I accept")
    office.clock.advance(timedelta(days=1))
    await office.connect(HEAD, POLICE, "again")  # changes nothing
    connection = await office.connect.connections.of(POLICE)
    assert connection is not None
    assert (connection.accepted_by, connection.text) == (HEAD, "I accept")
    assert connection.accepted_at == office.clock.now() - timedelta(days=1)
    for by, organisation in ((HEAD, AKIMAT), (OFFICER, POLICE), (HEAD, MINISTRY)):
        with pytest.raises(NotAllowedError):
            await office.connect(by, organisation, "I accept")
    await office.disconnect(HEAD, POLICE)
    assert await office.connect.connections.all() == {}


async def test_a_coordinator_sees_the_members_of_organisations_below_his(office: Office):
    await office.seat(OTHER, Role.COORDINATOR, MINISTRY)
    await office.seat(OFFICER, Role.OFFICER, POLICE)
    await office.consent(OFFICER)
    seen = await office.queries.of_organisation(OTHER, POLICE, date(2026, 3, 19))
    assert [one.membership.telegram_id for one in seen] == [OFFICER]
    for by, organisation in ((OFFICER, MINISTRY), (OTHER, AKIMAT), (STRANGER, POLICE)):
        with pytest.raises(NotAllowedError):
            await office.queries.of_organisation(by, organisation, date(2026, 3, 19))
