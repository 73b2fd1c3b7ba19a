"""Who may be a deputy or an heir: only those who may do the work that is left."""

from datetime import UTC, datetime

from accounts.officials.membership import Membership, successors
from accounts.roles import Role
from tests.each import each_case

LEAVING = 1
WORKERS = {Role.OFFICER, Role.HEAD, Role.INSPECTOR}


def test_only_those_who_work_on_complaints_take_them_over():
    members = [member(LEAVING, Role.OFFICER)]
    members += [member(number, role) for number, role in enumerate(Role, start=2)]
    taking = set(successors(LEAVING, members))
    with each_case() as cases:
        for number, role in enumerate(Role, start=2):
            with cases.case(role):
                assert (number in taking) is (role in WORKERS)


def test_work_of_a_coordinator_is_not_stopped_by_one_who_only_reads():
    assert successors(LEAVING, [member(LEAVING, Role.HEAD), member(2, Role.COORDINATOR)]) == []


def member(person: int, role: Role) -> Membership:
    joined_at = datetime(2026, 3, 19, tzinfo=UTC)
    return Membership(
        number=person, telegram_id=person, organisation="police-abai", role=role, joined_at=joined_at
    )
