"""Joining, on both databases."""

from datetime import timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.invitation import (
    GuessesLockedError,
    InvitationNotFoundError,
    InvitationOverError,
    OwnInvitationError,
)
from accounts.officials.membership import (
    RoleDoesNotFitError,
)
from accounts.officials.tables import InvitationRow
from accounts.profile.actions import ConsentMissingError
from accounts.profile.fields import NameInvalidError
from accounts.roles import Role
from kernel.errors import DomainError
from tests.accounts.people import AGENCY, AKIMAT, POLICE, AccountsScenario

ADMINISTRATOR, HEAD, OFFICER, OTHER, STRANGER = 1, 2, 3, 4, 9


async def roles_of(scenario: AccountsScenario, person: int) -> set[tuple[Role, str]]:
    return {(one.role, one.organisation) for one in await scenario.members.of_person(person)}


async def test_operator_confirms_the_first_administrator(scenario: AccountsScenario):
    await scenario.joined(None, ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    assert await roles_of(scenario, ADMINISTRATOR) == {(Role.ADMINISTRATOR, AGENCY)}


async def test_existing_administrator_confirms_operator_invitations(scenario: AccountsScenario):
    await scenario.membership(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    number = await scenario.joined(None, HEAD, Role.HEAD)
    assert await roles_of(scenario, HEAD) == set()
    await scenario.decide(ADMINISTRATOR, number, accept=True)
    assert await roles_of(scenario, HEAD) == {(Role.HEAD, POLICE)}


async def test_role_exists_only_after_inviter_confirms(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    number = await scenario.joined(HEAD, OFFICER, Role.OFFICER)
    assert await roles_of(scenario, OFFICER) == set()
    await scenario.decide(HEAD, number, accept=True)
    assert await roles_of(scenario, OFFICER) == {(Role.OFFICER, POLICE)}


async def test_refused_join_cannot_be_confirmed_later(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    number = await scenario.joined(HEAD, OFFICER, Role.OFFICER)
    await scenario.decide(HEAD, number, accept=False)
    with pytest.raises(InvitationOverError):
        await scenario.decide(HEAD, number, accept=True)
    assert await roles_of(scenario, OFFICER) == set()


@pytest.mark.parametrize("decider", [OFFICER, OTHER, STRANGER])
async def test_only_inviter_or_administrator_confirms(scenario: AccountsScenario, decider: int):
    await scenario.membership(HEAD, Role.HEAD)
    await scenario.membership(OTHER, Role.HEAD)  # another head of the same organisation
    number = await scenario.joined(HEAD, OFFICER, Role.OFFICER)
    with pytest.raises(NotAllowedError):
        await scenario.decide(decider, number, accept=True)


async def test_inviter_without_role_cannot_confirm(scenario: AccountsScenario):
    await scenario.membership(OTHER, Role.HEAD)
    membership = await scenario.membership(HEAD, Role.HEAD)
    number = await scenario.joined(HEAD, OFFICER, Role.OFFICER)
    await scenario.revoke(OTHER, membership, None)
    with pytest.raises(NotAllowedError):
        await scenario.decide(HEAD, number, accept=True)


async def test_revocation_cancels_the_members_invitations(scenario: AccountsScenario):
    await scenario.membership(OTHER, Role.HEAD)
    membership = await scenario.membership(HEAD, Role.HEAD)
    issued = await scenario.invite(HEAD, POLICE, Role.OFFICER)
    await scenario.revoke(OTHER, membership, None)
    with pytest.raises(InvitationOverError):
        await scenario.open(OFFICER, issued.token)


async def test_link_is_usable_by_one_person(scenario: AccountsScenario):
    issued = await scenario.invite(None, POLICE, Role.HEAD)
    await scenario.open(HEAD, issued.token)
    await scenario.open(HEAD, issued.token)  # the invited person may return to the link
    with pytest.raises(InvitationOverError):
        await scenario.open(STRANGER, issued.token)


async def test_link_expires_when_the_join_is_decided(scenario: AccountsScenario):
    issued = await scenario.invite(None, POLICE, Role.HEAD)
    await scenario.open(HEAD, issued.token)
    await scenario.consent(HEAD)
    await scenario.introduce(HEAD, issued.number, "Серик Ахметов")
    with pytest.raises(InvitationOverError):
        await scenario.open(HEAD, issued.token)


async def test_a_link_is_valid_for_seven_days(scenario: AccountsScenario):
    issued = await scenario.invite(None, POLICE, Role.HEAD)
    scenario.clock.advance(timedelta(days=7) - timedelta(seconds=1))
    await scenario.open(HEAD, issued.token)
    scenario.clock.advance(timedelta(seconds=1))
    with pytest.raises(InvitationOverError):
        await scenario.introduce(HEAD, issued.number, "Серик Ахметов")


async def test_five_wrong_tokens_lock_out_valid_links_for_a_day(scenario: AccountsScenario):
    issued = await scenario.invite(None, POLICE, Role.HEAD)
    for _ in range(5):
        with pytest.raises(InvitationNotFoundError):
            await scenario.open(STRANGER, "guess")
    with pytest.raises(GuessesLockedError):
        await scenario.open(STRANGER, issued.token)
    await scenario.open(HEAD, issued.token)  # others are not locked out


async def test_lockout_ends_after_a_day_and_resets_the_counter(scenario: AccountsScenario):
    for _ in range(5):
        with pytest.raises(InvitationNotFoundError):
            await scenario.open(STRANGER, "guess")
    scenario.clock.advance(timedelta(days=1))
    for _ in range(5):
        with pytest.raises(InvitationNotFoundError):
            await scenario.open(STRANGER, "guess")
    with pytest.raises(GuessesLockedError):
        await scenario.open(STRANGER, "guess")


async def test_token_is_not_stored_in_the_database(scenario: AccountsScenario):
    issued = await scenario.invite(None, POLICE, Role.HEAD)
    row = await scenario.unit.session.get(InvitationRow, issued.number)
    assert row is not None
    assert issued.token not in str(vars(row))


async def test_own_invitation_is_rejected(scenario: AccountsScenario):
    await scenario.membership(HEAD, Role.HEAD)
    issued = await scenario.invite(HEAD, POLICE, Role.HEAD)
    with pytest.raises(OwnInvitationError):
        await scenario.open(HEAD, issued.token)


async def test_name_is_stored_only_after_consent_and_if_valid(scenario: AccountsScenario):
    issued = await scenario.invite(None, POLICE, Role.HEAD)
    await scenario.open(HEAD, issued.token)
    with pytest.raises(ConsentMissingError):
        await scenario.introduce(HEAD, issued.number, "Серик Ахметов")
    await scenario.consent(HEAD)
    with pytest.raises(NameInvalidError):
        await scenario.introduce(HEAD, issued.number, "87")
    with pytest.raises(InvitationOverError):
        await scenario.introduce(STRANGER, issued.number, "Серик Ахметов")
    assert await roles_of(scenario, HEAD) == set()


@pytest.mark.parametrize(
    ("by", "role", "organisation", "error"),
    [
        (HEAD, Role.OFFICER, AKIMAT, NotAllowedError),  # another organisation
        (HEAD, Role.ADMINISTRATOR, POLICE, NotAllowedError),  # nobody can appoint themselves
        (HEAD, Role.EDITOR, POLICE, NotAllowedError),
        (OFFICER, Role.OFFICER, POLICE, NotAllowedError),
        (STRANGER, Role.OFFICER, POLICE, NotAllowedError),
        (ADMINISTRATOR, Role.INSPECTOR, POLICE, RoleDoesNotFitError),
        (ADMINISTRATOR, Role.HEAD, "no-such", GoneError),
        (None, Role.HEAD, "no-such", GoneError),
    ],
)
async def test_forbidden_invitations_are_rejected(
    scenario: AccountsScenario, by: int | None, role: Role, organisation: str, error: type[DomainError]
):
    await scenario.membership(ADMINISTRATOR, Role.ADMINISTRATOR, AGENCY)
    await scenario.membership(HEAD, Role.HEAD)
    await scenario.membership(OFFICER, Role.OFFICER)
    with pytest.raises(error):
        await scenario.invite(by, organisation, role)
