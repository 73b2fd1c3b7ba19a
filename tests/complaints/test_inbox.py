"""An organisation's lists: ordered by due date, paginated without gaps or repeats."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from accounts.errors import NotAllowedError
from accounts.officials.tables import HandOverRow, MembershipRow
from complaints.queries.inbox import InboxList, InboxQueries, PageCursor
from complaints.tables import ComplaintRow
from tests.complaints.factories import made, noon
from tests.complaints.scenario import (
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    MORNING,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    ComplaintScenario,
)

TODAY = MORNING.date()


@pytest.fixture
async def context(scenario: ComplaintScenario) -> ComplaintScenario:
    """Complaints due around today: some assigned, some closed, some of other organisations."""
    await scenario.connect(POLICE)
    await scenario.staff()
    rows = [
        made(1, TODAY, due_on=TODAY - timedelta(days=2), assignee=OFFICER),
        made(2, TODAY, due_on=TODAY - timedelta(days=1)),
        made(3, TODAY, due_on=TODAY, assignee=OFFICER),
        made(4, TODAY, due_on=TODAY, assignee=COLLEAGUE),
        made(5, TODAY, due_on=TODAY + timedelta(days=1)),
        made(6, TODAY, due_on=TODAY, closed_at=noon(TODAY), closed_on=TODAY, state="answered"),
        made(7, TODAY, due_on=TODAY, organisation="police-almaty"),
    ]
    await scenario.session.execute(insert(ComplaintRow), rows)
    return scenario


async def listed(scenario: ComplaintScenario, which: InboxList, by: int = OFFICER) -> list[int]:
    page = await InboxQueries(scenario.context).page(by, POLICE, which)
    return [case.number.serial for case in page.cases]


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (InboxList.TODAY, [3, 4]),
        (InboxList.OVERDUE, [1, 2]),
        (InboxList.MINE, [1, 3]),
        (InboxList.UNASSIGNED, [2, 5]),
        (InboxList.ALL, [1, 2, 3, 4, 5]),
        (InboxList.CLOSED, [6]),
    ],
)
async def test_each_list_shows_its_complaints(
    context: ComplaintScenario, which: InboxList, expected: list[int]
):
    assert await listed(context, which) == expected
    if which is not InboxList.CLOSED:
        assert (await InboxQueries(context.context).counts(OFFICER, POLICE))[which] == len(expected)


async def test_handed_over_and_unassigned_complaints_are_listed(context: ComplaintScenario):
    ended = update(MembershipRow).where(MembershipRow.telegram_id == OFFICER)
    await context.session.execute(ended.values(ended_at=MORNING, ended_by=HEAD))
    over = {"organisation": POLICE, "from_person": OFFICER, "made_by": HEAD, "made_at": MORNING}
    context.session.add(HandOverRow(**over, to_person=COLLEAGUE))
    await context.session.flush()
    assert await listed(context, InboxList.MINE, by=COLLEAGUE) == [1, 3, 4]
    context.session.add(HandOverRow(**over, to_person=None))
    await context.session.flush()
    assert await listed(context, InboxList.MINE, by=COLLEAGUE) == [4]
    assert await listed(context, InboxList.UNASSIGNED, by=COLLEAGUE) == [1, 2, 3, 5]
    with pytest.raises(NotAllowedError):
        await listed(context, InboxList.ALL, by=OFFICER)


async def test_pages_continue_from_the_cursor(context: ComplaintScenario):
    rows = [made(100 + n, TODAY, due_on=TODAY + timedelta(days=n % 3)) for n in range(23)]
    await context.session.execute(insert(ComplaintRow), rows)
    queries = InboxQueries(context.context)
    seen: list[int] = []
    after: PageCursor | None = None
    while True:
        page = await queries.page(OFFICER, POLICE, InboxList.ALL, after=after, size=7)
        seen += [case.id for case in page.cases]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 28
    first = await queries.page(OFFICER, POLICE, InboxList.ALL, size=28)
    assert [case.id for case in first.cases] == seen
    assert first.next is None
    assert [case.due_on for case in first.cases] == sorted(case.due_on for case in first.cases)


async def test_new_complaint_does_not_shift_pages(context: ComplaintScenario):
    queries = InboxQueries(context.context)
    page = await queries.page(OFFICER, POLICE, InboxList.ALL, size=2)
    await context.session.execute(insert(ComplaintRow), [made(50, TODAY, due_on=TODAY - timedelta(days=9))])
    following = await queries.page(OFFICER, POLICE, InboxList.ALL, after=page.next, size=2)
    assert [case.number.serial for case in following.cases] == [3, 4]


@pytest.mark.parametrize("by", [CITIZEN, OTHER_CITIZEN])
async def test_a_stranger_sees_no_list(context: ComplaintScenario, by: int):
    with pytest.raises(NotAllowedError):
        await listed(context, InboxList.ALL, by=by)


async def test_coordinator_sees_lists_of_subordinate_organisations(context: ComplaintScenario):
    assert await listed(context, InboxList.OVERDUE, by=COORDINATOR) == [1, 2]
