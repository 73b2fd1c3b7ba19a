"""Pure rules of invitations, leave and assignment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.officials.invitation import Invitation, InvitationState, digest_of, is_locked, make_token
from accounts.officials.leave import DateRange, DatesInvalidError, holder, read_period
from accounts.officials.membership import (
    LastAdministratorError,
    LastHeadError,
    Membership,
    check_may_end,
)
from accounts.permissions import OrganisationPath
from accounts.roles import Role, fits
from complaints.assignment import ComplaintStaff
from registry_data.organisations import OrganisationKind

NOW = datetime(2026, 3, 19, 7, 0, tzinfo=UTC)
TODAY = date(2026, 3, 19)


def invitation(**fields: object) -> Invitation:
    given = {
        "number": 1,
        "organisation": "police",
        "role": Role.OFFICER,
        "invited_by": 7,
        "expires_at": NOW + timedelta(seconds=1),
    }
    return Invitation(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, InvitationState.OPEN),
        ({"expires_at": NOW}, InvitationState.OVER),  # the expiry moment itself is too late
        ({"taken_by": 8}, InvitationState.TAKEN),
        ({"taken_by": 8, "expires_at": NOW}, InvitationState.OVER),
        ({"taken_by": 8, "introduced": True}, InvitationState.WAITING),
        ({"taken_by": 8, "introduced": True, "expires_at": NOW}, InvitationState.WAITING),
        ({"taken_by": 8, "introduced": True, "decided": True}, InvitationState.OVER),
        ({"decided": True}, InvitationState.OVER),  # cancelled
    ],
)
def test_invitation_state(fields: dict[str, object], state: InvitationState):
    assert invitation(**fields).state(NOW) is state


@pytest.mark.parametrize(("taken_by", "person", "expected"), [(None, 8, True), (8, 8, True), (8, 9, False)])
def test_invitation_belongs_to_one_person(taken_by: int | None, person: int, expected: bool):
    assert invitation(taken_by=taken_by).is_for(person, NOW) is expected


def test_tokens_are_long_unique_and_digested():
    tokens = {make_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) == 32 and len(f"inv_{token}") <= 64 for token in tokens)
    assert not any(token in digest_of(token) for token in tokens)


@pytest.mark.parametrize(
    ("guesses", "ago", "expected"),
    [
        (4, timedelta(0), False),
        (5, timedelta(0), True),
        (5, timedelta(hours=23, minutes=59), True),
        (5, timedelta(days=1), False),
    ],
)
def test_five_wrong_guesses_lock_for_a_day(guesses: int, ago: timedelta, expected: bool):
    assert is_locked(guesses, NOW - ago, NOW) is expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("19.03.2026", TODAY, TODAY),  # today itself
        ("20.03.2026 - 2.4.2026", date(2026, 3, 20), date(2026, 4, 2)),
        (" 20.03.2026–02.04.2026 ", date(2026, 3, 20), date(2026, 4, 2)),
        ("20.03.2026 02.04.2026", date(2026, 3, 20), date(2026, 4, 2)),
        ("19.03.2026 - 19.03.2027", TODAY, date(2027, 3, 19)),  # exactly a year
    ],
)
def test_leave_days_are_parsed(text: str, first: date, last: date):
    assert read_period(text, TODAY) == DateRange(first_day=first, last_day=last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "завтра",
        "18.03.2026",  # yesterday
        "31.02.2027",  # no such day
        "21.03.2026 - 20.03.2026",  # reversed
        "19.03.2026 - 20.03.2027",  # a year and a day
        "2026-03-20",
        "20.03.26",
    ],
)
def test_invalid_leave_dates_are_rejected(text: str):
    with pytest.raises(DatesInvalidError):
        read_period(text, TODAY)


@pytest.mark.parametrize(
    ("handed", "deputies", "expected"),
    [
        ({}, {}, 1),
        ({1: 2}, {}, 2),
        ({1: None}, {}, None),  # unassigned
        ({}, {1: 3}, 3),
        ({1: 2}, {2: 3}, 3),  # the successor is on leave
        ({1: 2, 2: 4}, {}, 4),  # the successor has left too
        ({}, {1: 2, 2: 1}, None),  # each is the other's deputy
        ({2: 3}, {1: 2}, 3),  # the deputy has left
    ],
)
def test_assignee_of_work(handed: dict[int, int | None], deputies: dict[int, int], expected: int | None):
    assert holder(1, handed, deputies) == expected


def membership(person: int, role: Role, organisation: str = "police") -> Membership:
    return Membership(number=person, telegram_id=person, organisation=organisation, role=role, joined_at=NOW)


@pytest.mark.parametrize(
    ("leaving", "others", "error"),
    [
        (membership(1, Role.HEAD), [membership(2, Role.HEAD)], None),
        (membership(1, Role.HEAD), [membership(2, Role.OFFICER)], LastHeadError),
        (
            membership(1, Role.HEAD),
            [membership(2, Role.HEAD, "akimat")],
            LastHeadError,
        ),  # another organisation's
        (membership(1, Role.OFFICER), [], None),
        (membership(1, Role.ADMINISTRATOR), [membership(2, Role.ADMINISTRATOR, "akimat")], None),
        (membership(1, Role.ADMINISTRATOR), [membership(2, Role.HEAD)], LastAdministratorError),
    ],
)
def test_last_head_and_administrator_cannot_leave(
    leaving: Membership, others: list[Membership], error: type[Exception] | None
):
    if error is None:
        check_may_end(leaving, others)
        return
    with pytest.raises(error):
        check_may_end(leaving, others)


@pytest.mark.parametrize("kind", OrganisationKind)
def test_only_the_agency_has_inspectors(kind: OrganisationKind):
    of_the_agency = kind in {OrganisationKind.AGENCY, OrganisationKind.AGENCY_DEPARTMENT}
    assert fits(Role.INSPECTOR, kind) is of_the_agency
    assert all(fits(role, kind) for role in Role if role is not Role.INSPECTOR)


def test_work_of_somebody_whose_deputy_may_not_do_it_is_unassigned():
    roles = {1: Role.OFFICER, 2: Role.COORDINATOR, 3: Role.HEAD}
    members = tuple(membership(person, role, "x") for person, role in roles.items())
    staff = ComplaintStaff(place=OrganisationPath(code="x"), members=members, deputies={1: 2})
    assert staff.holder(1) is None
    assert staff.recipients(1) == {3}
