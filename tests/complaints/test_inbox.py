"""An organisation's lists: by due date, page after page, nothing twice and nothing left out."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from accounts.errors import NotAllowedError
from accounts.officials.tables import HandOverRow, MembershipRow
from complaints.queries.inbox import InboxQueries, Key, List
from complaints.tables import ComplaintRow
from tests.complaints.hall import (
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    MORNING,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    Hall,
)
from tests.complaints.made import made, noon

TODAY = MORNING.date()


@pytest.fixture
async def desk(hall: Hall) -> Hall:
    """Complaints due around today, some taken, some closed, some of others."""
    await hall.connect(POLICE)
    await hall.staff()
    rows = [
        made(1, TODAY, due_on=TODAY - timedelta(days=2), assignee=OFFICER),
        made(2, TODAY, due_on=TODAY - timedelta(days=1)),
        made(3, TODAY, due_on=TODAY, assignee=OFFICER),
        made(4, TODAY, due_on=TODAY, assignee=COLLEAGUE),
        made(5, TODAY, due_on=TODAY + timedelta(days=1)),
        made(6, TODAY, due_on=TODAY, closed_at=noon(TODAY), closed_on=TODAY, state="answered"),
        made(7, TODAY, due_on=TODAY, organisation="police-almaty"),
    ]
    await hall.session.execute(insert(ComplaintRow), rows)
    return hall


async def listed(hall: Hall, which: List, by: int = OFFICER) -> list[int]:
    page = await InboxQueries(hall.desk).page(by, POLICE, which)
    return [case.number.serial for case in page.cases]


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (List.TODAY, [3, 4]),
        (List.OVERDUE, [1, 2]),
        (List.MINE, [1, 3]),
        (List.UNASSIGNED, [2, 5]),
        (List.ALL, [1, 2, 3, 4, 5]),
        (List.CLOSED, [6]),
    ],
)
async def test_each_list_holds_its_own(desk: Hall, which: List, expected: list[int]):
    assert await listed(desk, which) == expected
    if which is not List.CLOSED:
        assert (await InboxQueries(desk.desk).counts(OFFICER, POLICE))[which] == len(expected)


async def test_who_took_over_has_the_work_and_what_nobody_took_is_unassigned(desk: Hall):
    ended = update(MembershipRow).where(MembershipRow.telegram_id == OFFICER)
    await desk.session.execute(ended.values(ended_at=MORNING, ended_by=HEAD))
    over = {"organisation": POLICE, "from_person": OFFICER, "made_by": HEAD, "made_at": MORNING}
    desk.session.add(HandOverRow(**over, to_person=COLLEAGUE))
    await desk.session.flush()
    assert await listed(desk, List.MINE, by=COLLEAGUE) == [1, 3, 4]
    desk.session.add(HandOverRow(**over, to_person=None))
    await desk.session.flush()
    assert await listed(desk, List.MINE, by=COLLEAGUE) == [4]
    assert await listed(desk, List.UNASSIGNED, by=COLLEAGUE) == [1, 2, 3, 5]
    with pytest.raises(NotAllowedError):
        await listed(desk, List.ALL, by=OFFICER)


async def test_pages_follow_one_another_by_their_keys(desk: Hall):
    rows = [made(100 + n, TODAY, due_on=TODAY + timedelta(days=n % 3)) for n in range(23)]
    await desk.session.execute(insert(ComplaintRow), rows)
    queries = InboxQueries(desk.desk)
    seen: list[int] = []
    after: Key | None = None
    while True:
        page = await queries.page(OFFICER, POLICE, List.ALL, after=after, size=7)
        seen += [case.id for case in page.cases]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 28
    first = await queries.page(OFFICER, POLICE, List.ALL, size=28)
    assert [case.id for case in first.cases] == seen
    assert first.next is None
    assert [case.due_on for case in first.cases] == sorted(case.due_on for case in first.cases)


async def test_what_comes_between_two_pages_moves_nothing(desk: Hall):
    queries = InboxQueries(desk.desk)
    page = await queries.page(OFFICER, POLICE, List.ALL, size=2)
    await desk.session.execute(insert(ComplaintRow), [made(50, TODAY, due_on=TODAY - timedelta(days=9))])
    following = await queries.page(OFFICER, POLICE, List.ALL, after=page.next, size=2)
    assert [case.number.serial for case in following.cases] == [3, 4]


@pytest.mark.parametrize("by", [CITIZEN, OTHER_CITIZEN])
async def test_a_stranger_sees_no_list(desk: Hall, by: int):
    with pytest.raises(NotAllowedError):
        await listed(desk, List.ALL, by=by)


async def test_a_coordinator_above_sees_the_lists_below(desk: Hall):
    assert await listed(desk, List.OVERDUE, by=COORDINATOR) == [1, 2]
