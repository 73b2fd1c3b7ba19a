"""The table of permissions, compared cell by cell with a second one written by hand."""

from itertools import product

import pytest

from accounts.permissions import RIGHTS, Action, HeldRole, OrganisationPath, RightScope, allowed
from accounts.roles import Role

# o: own organisation; b: own and subordinate ones; a: any; .: none
#            officer head coordinator inspector editor administrator
EXPECTED = {
    Action.INVITE: ". o . . . a",
    Action.INVITE_KEEPER: ". . . . . a",
    Action.REVOKE: ". o . . . a",
    Action.REVOKE_KEEPER: ". . . . . a",
    Action.SEE_MEMBERS: "o o b o . a",
    Action.TAKE_LEAVE: "o o o o . .",
    Action.CONNECT: ". o . . . .",
    Action.DISCONNECT: ". o . . . a",
    Action.EDIT: ". . . . a .",
    Action.SEE_COMPLAINTS: "o o b o . .",
    Action.WORK_ON_COMPLAINTS: "o o . o . .",
    Action.LEAD_COMPLAINTS: ". o . . . .",
    Action.REGISTER_COMPLAINTS: "o o o o . .",
    Action.SEE_FILINGS: "o b b o . .",
    Action.FILE: "o o o o . .",
    Action.LEAD_FILINGS: ". o . . . .",
    Action.CORRECT_REPORTS: ". . . a . .",
    Action.OVERSEE: ". o . o . .",
    Action.SWITCH_OBLIGATIONS: ". . . . . a",
    Action.SWITCH_JOBS: ". . . . . a",
}
ROLES = (Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.INSPECTOR, Role.EDITOR, Role.ADMINISTRATOR)
CELLS = [
    (action, role, sign)
    for action, row in EXPECTED.items()
    for role, sign in zip(ROLES, row.split(), strict=True)
]
OWN = OrganisationPath(code="ministry", above=frozenset({"government"}))
BELOW = OrganisationPath(code="police", above=frozenset({"ministry", "government"}))
ABOVE = OrganisationPath(code="government")
ELSEWHERE = OrganisationPath(code="akimat")


def test_expected_table_covers_every_action_and_role():
    assert set(EXPECTED) == set(Action)
    assert set(ROLES) == set(Role)
    assert set(RIGHTS) == {(action, role) for action, role, sign in CELLS if sign != "."}


@pytest.mark.parametrize(("action", "role", "sign"), CELLS)
def test_role_scope_matches_the_table(action: Action, role: Role, sign: str):
    held = [HeldRole(role=role, organisation="ministry")]
    reached = {
        name
        for name, place in {"own": OWN, "below": BELOW, "above": ABOVE, "elsewhere": ELSEWHERE}.items()
        if allowed(action, held, place)
    }
    everywhere = {"own", "below", "above", "elsewhere"}
    assert reached == {".": set(), "o": {"own"}, "b": {"own", "below"}, "a": everywhere}[sign]
    assert allowed(action, held) is (sign == "a")


@pytest.mark.parametrize("action", Action)
def test_no_role_means_no_permission(action: Action):
    assert not allowed(action, [], OWN)


@pytest.mark.parametrize(("action", "first", "second"), list(product([Action.CONNECT], ROLES, ROLES)))
def test_roles_combine(action: Action, first: Role, second: Role):
    held = [HeldRole(role=first, organisation="ministry"), HeldRole(role=second, organisation="akimat")]
    assert allowed(action, held, OWN) is (first is Role.HEAD)
    assert allowed(action, held, ELSEWHERE) is (second is Role.HEAD)


def test_scope_is_one_of_three():
    assert set(RIGHTS.values()) <= set(RightScope)
