"""Joining, on both databases."""

from datetime import timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.kept.actions import ConsentMissingError
from accounts.kept.fields import NameRefusedError
from accounts.officials.invitation import (
    GuessesLockedError,
    InvitationOverError,
    InvitationUnknownError,
    OwnInvitationError,
)
from accounts.officials.membership import (
    RoleDoesNotFitError,
)
from accounts.officials.tables import InvitationRow
from accounts.roles import Role
from deadlines.errors import DomainError
from tests.accounts.people import AGENCY, AKIMAT, POLICE, Office

ADMINISTRATOR, HEAD, OFFICER, OTHER, STRANGER = 1, 2, 3, 4, 9


async def roles_of(office: Office, person: int) -> set[tuple[Role, str]]:
    return {(one.role, one.organisation) for one in await office.members.of_person(person)}


async def test_the_first_administrator_joins_by_the_operator_s_word(office: Office):
    await office.joined(None, ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    assert await roles_of(office, ADMINISTRATOR) == {(Role.ADMINISTRATOR, AGENCY)}


async def test_once_there_is_an_administrator_he_confirms_what_the_operator_invites(office: Office):
    await office.seat(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    number = await office.joined(None, HEAD, Role.HEAD)
    assert await roles_of(office, HEAD) == set()
    await office.decide(ADMINISTRATOR, number, accept=True)
    assert await roles_of(office, HEAD) == {(Role.HEAD, POLICE)}


async def test_the_inviter_confirms_and_only_then_there_is_a_role(office: Office):
    await office.seat(HEAD, Role.HEAD)
    number = await office.joined(HEAD, OFFICER, Role.OFFICER)
    assert await roles_of(office, OFFICER) == set()
    await office.decide(HEAD, number, accept=True)
    assert await roles_of(office, OFFICER) == {(Role.OFFICER, POLICE)}


async def test_a_refused_join_gives_nothing_and_cannot_be_confirmed_later(office: Office):
    await office.seat(HEAD, Role.HEAD)
    number = await office.joined(HEAD, OFFICER, Role.OFFICER)
    await office.decide(HEAD, number, accept=False)
    with pytest.raises(InvitationOverError):
        await office.decide(HEAD, number, accept=True)
    assert await roles_of(office, OFFICER) == set()


@pytest.mark.parametrize("decider", [OFFICER, OTHER, STRANGER])
async def test_nobody_but_the_inviter_or_an_administrator_confirms(office: Office, decider: int):
    await office.seat(HEAD, Role.HEAD)
    await office.seat(OTHER, Role.HEAD)  # another head of the same organisation
    number = await office.joined(HEAD, OFFICER, Role.OFFICER)
    with pytest.raises(NotAllowedError):
        await office.decide(decider, number, accept=True)


async def test_an_inviter_who_lost_his_role_confirms_nobody(office: Office):
    await office.seat(OTHER, Role.HEAD)
    seat = await office.seat(HEAD, Role.HEAD)
    number = await office.joined(HEAD, OFFICER, Role.OFFICER)
    await office.revoke(OTHER, seat, None)
    with pytest.raises(NotAllowedError):
        await office.decide(HEAD, number, accept=True)


async def test_the_links_of_whoever_is_revoked_are_taken_back(office: Office):
    await office.seat(OTHER, Role.HEAD)
    seat = await office.seat(HEAD, Role.HEAD)
    issued = await office.invite(HEAD, POLICE, Role.OFFICER)
    await office.revoke(OTHER, seat, None)
    with pytest.raises(InvitationOverError):
        await office.open(OFFICER, issued.token)


async def test_a_link_serves_one_person(office: Office):
    issued = await office.invite(None, POLICE, Role.HEAD)
    await office.open(HEAD, issued.token)
    await office.open(HEAD, issued.token)  # he may come back to it
    with pytest.raises(InvitationOverError):
        await office.open(STRANGER, issued.token)


async def test_a_link_is_used_up_once_the_join_is_decided(office: Office):
    issued = await office.invite(None, POLICE, Role.HEAD)
    await office.open(HEAD, issued.token)
    await office.consent(HEAD)
    await office.introduce(HEAD, issued.number, "Серик Ахметов")
    with pytest.raises(InvitationOverError):
        await office.open(HEAD, issued.token)


async def test_a_link_is_valid_for_seven_days(office: Office):
    issued = await office.invite(None, POLICE, Role.HEAD)
    office.clock.advance(timedelta(days=7) - timedelta(seconds=1))
    await office.open(HEAD, issued.token)
    office.clock.advance(timedelta(seconds=1))
    with pytest.raises(InvitationOverError):
        await office.introduce(HEAD, issued.number, "Серик Ахметов")


async def test_after_five_wrong_guesses_even_the_right_link_is_refused_for_a_day(office: Office):
    issued = await office.invite(None, POLICE, Role.HEAD)
    for _ in range(5):
        with pytest.raises(InvitationUnknownError):
            await office.open(STRANGER, "guess")
    with pytest.raises(GuessesLockedError):
        await office.open(STRANGER, issued.token)
    await office.open(HEAD, issued.token)  # others are not locked


async def test_a_lock_ends_after_a_day_and_counts_anew(office: Office):
    for _ in range(5):
        with pytest.raises(InvitationUnknownError):
            await office.open(STRANGER, "guess")
    office.clock.advance(timedelta(days=1))
    for _ in range(5):
        with pytest.raises(InvitationUnknownError):
            await office.open(STRANGER, "guess")
    with pytest.raises(GuessesLockedError):
        await office.open(STRANGER, "guess")


async def test_the_token_stands_nowhere_in_the_database(office: Office):
    issued = await office.invite(None, POLICE, Role.HEAD)
    row = await office.unit.session.get(InvitationRow, issued.number)
    assert row is not None
    assert issued.token not in str(vars(row))


async def test_nobody_accepts_his_own_invitation(office: Office):
    await office.seat(HEAD, Role.HEAD)
    issued = await office.invite(HEAD, POLICE, Role.HEAD)
    with pytest.raises(OwnInvitationError):
        await office.open(HEAD, issued.token)


async def test_a_name_is_kept_only_after_consent_and_only_if_it_is_one(office: Office):
    issued = await office.invite(None, POLICE, Role.HEAD)
    await office.open(HEAD, issued.token)
    with pytest.raises(ConsentMissingError):
        await office.introduce(HEAD, issued.number, "Серик Ахметов")
    await office.consent(HEAD)
    with pytest.raises(NameRefusedError):
        await office.introduce(HEAD, issued.number, "87")
    with pytest.raises(InvitationOverError):
        await office.introduce(STRANGER, issued.number, "Серик Ахметов")
    assert await roles_of(office, HEAD) == set()


@pytest.mark.parametrize(
    ("by", "role", "organisation", "error"),
    [
        (HEAD, Role.OFFICER, AKIMAT, NotAllowedError),  # not his organisation
        (HEAD, Role.ADMINISTRATOR, POLICE, NotAllowedError),  # nobody makes himself one
        (HEAD, Role.EDITOR, POLICE, NotAllowedError),
        (OFFICER, Role.OFFICER, POLICE, NotAllowedError),
        (STRANGER, Role.OFFICER, POLICE, NotAllowedError),
        (ADMINISTRATOR, Role.INSPECTOR, POLICE, RoleDoesNotFitError),
        (ADMINISTRATOR, Role.HEAD, "no-such", GoneError),
        (None, Role.HEAD, "no-such", GoneError),
    ],
)
async def test_invitations_that_are_not_given(
    office: Office, by: int | None, role: Role, organisation: str, error: type[DomainError]
):
    await office.seat(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    await office.seat(HEAD, Role.HEAD)
    await office.seat(OFFICER, Role.OFFICER)
    with pytest.raises(error):
        await office.invite(by, organisation, role)
