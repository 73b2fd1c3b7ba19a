"""A coordinator sees the organisations below, counted, and opens one with a reason."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from accounts.access_log.store import AccessLog
from accounts.errors import NotAllowedError
from complaints.errors import LookReasonError
from complaints.finding.opening import OpenBody
from complaints.queries.below import BodiesBelow, BodyCounts, first_of_quarter
from complaints.queries.cases import LookReason
from complaints.tables import ComplaintRow
from tests.complaints.factories import made, noon
from tests.complaints.scenario import (
    AGENCY_BODY,
    AGENT,
    CITIZEN,
    COORDINATOR,
    HEAD,
    MINISTRY,
    MORNING,
    OFFICER,
    POLICE,
    ComplaintScenario,
)

TODAY = MORNING.date()  # Thursday; Monday to Wednesday are days off
OTHER = "police-almaty"


async def test_bodies_below_are_counted(police: ComplaintScenario):
    over = {"closed_at": noon(TODAY), "closed_on": TODAY, "state": "answered"}
    rows = [
        made(1, TODAY, due_on=TODAY - timedelta(days=1)),
        made(2, TODAY, due_on=TODAY),
        made(3, TODAY, due_on=date(2026, 3, 26)),  # the second working day from now
        made(4, TODAY, due_on=date(2026, 3, 27)),
        made(5, TODAY, due_on=TODAY, answered_on=date(2026, 1, 1), **over),
        made(6, TODAY, due_on=TODAY, answered_on=date(2025, 12, 31), **over),
        made(7, TODAY, due_on=TODAY - timedelta(days=3), organisation=OTHER),
        made(8, TODAY, due_on=TODAY - timedelta(days=2), organisation=OTHER),
        made(9, TODAY, organisation=AGENCY_BODY),
    ]
    await police.session.execute(insert(ComplaintRow), rows)
    assert await BodiesBelow(police.context).counts(COORDINATOR, MINISTRY) == [
        BodyCounts(organisation=OTHER, open=2, overdue=2),
        BodyCounts(organisation=POLICE, open=4, soon=2, overdue=1, answered=1),
    ]


async def test_connected_body_without_complaints_is_listed(police: ComplaintScenario):
    assert await BodiesBelow(police.context).counts(COORDINATOR, MINISTRY) == [
        BodyCounts(organisation=POLICE)
    ]


async def test_only_a_coordinator_sees_those_below(police: ComplaintScenario):
    bodies = BodiesBelow(police.context)
    assert await bodies.may(COORDINATOR, MINISTRY)
    for by, organisation in (
        *((OFFICER, POLICE), (HEAD, POLICE), (AGENT, AGENCY_BODY), (CITIZEN, MINISTRY)),
        *((COORDINATOR, POLICE), (COORDINATOR, AGENCY_BODY)),
    ):
        assert not await bodies.may(by, organisation)
        with pytest.raises(NotAllowedError):
            await bodies.counts(by, organisation)


async def test_opening_one_is_logged_with_its_reason(police: ComplaintScenario):
    opened = OpenBody(police.context)
    with pytest.raises(LookReasonError):
        await opened(COORDINATOR, POLICE, None)
    for organisation in (AGENCY_BODY, "police-no-such"):
        with pytest.raises(NotAllowedError):
            await opened(COORDINATOR, organisation, LookReason.SUPERVISION)
    await opened(COORDINATOR, POLICE, LookReason.SUPERVISION)
    [(entry, _)] = await AccessLog(police.session).of(f"organisation/{POLICE}")
    assert (entry.viewer, entry.what, entry.reason) == (COORDINATOR, "lists", "supervision")


def test_quarters_begin_on_the_first():
    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31)]
    firsts = [date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 10, 1)]
    assert [first_of_quarter(day) for day in days] == firsts
