"""A region's bodies in three quarters: counted plainly, seen by the Agency's body alone."""

from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.guard import Guard
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from complaints.tables import ComplaintRow
from database.engine import Database, UnitOfWork
from kernel.period import Period
from oversight.region.comparison import (
    Compared,
    Cut,
    RegionFigures,
    RegionLine,
    RegionLines,
    compared_quarters,
)
from oversight.region.query import SeeRegion
from oversight.region.sheet import to_workbook
from registry_data.store import OrganisationRepository
from tests.complaints.factories import many
from tests.complaints.scenario import AKIMAT
from tests.each import each_case

THIRD = Period.of_code("2026Q3")
NOW = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
INSPECTOR = 900


def line(body: str, service: str | None, kind: str, **figures: int) -> RegionLine:
    return RegionLine(organisation=body, service=service, kind=kind, figures=RegionFigures(**figures))


def test_three_quarters_are_compared():
    with each_case() as each:
        for code, before, year in (("2026Q3", "2026Q2", "2025Q3"), ("2026Q1", "2025Q4", "2025Q1")):
            with each.case(code):
                found = compared_quarters(Period.of_code(code))
                assert [one.code for one in found] == [code, before, year]


def test_lines_are_added_by_each_cut():
    lines = RegionLines(
        quarter=(
            line("a", "passport", "term", received=5, late=1),
            line("b", "passport", "fee", received=3, late=2),
        ),
        before=(line("a", None, "term", received=4, restored=1),),
        year_before=(),
    )
    assert lines.total == Compared(
        quarter=RegionFigures(received=8, late=3), before=RegionFigures(received=4, restored=1)
    )
    assert list(lines.by(Cut.BODY)) == ["b", "a"]  # the most late first
    assert lines.by(Cut.SERVICE)["passport"].quarter.received == 8
    assert lines.by(Cut.SERVICE)[None].before.restored == 1
    assert lines.by(Cut.KIND)["term"].quarter.late == 1
    assert RegionLines(quarter=(), before=(), year_before=()).total == Compared()


def test_the_workbook_holds_numbers_and_no_formulas():
    compared = Compared(quarter=RegionFigures(received=8, late=3), before=RegionFigures(received=4))
    head = ("Name", *("abcdefghijkl"))
    content = to_workbook("Title", head, {"Bodies": {"All": compared, "=1+1": compared}})
    sheet = load_workbook(BytesIO(content))["Bodies"]
    assert [cell.value for cell in sheet[3]] == ["All", 8, 3, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]
    assert sheet["A4"].value == "=1+1"
    assert sheet["A4"].data_type == "s"


def see(unit: UnitOfWork) -> SeeRegion:
    session = unit.session
    return SeeRegion(Guard(MembershipStore(session), OrganisationRepository(session)), session)


async def agency_of(unit: UnitOfWork, region: str) -> str:
    every = await OrganisationRepository(unit.session).all()
    return next(one.code for one in every if one.kind == "agency_department" and one.region == region)


async def add(unit: UnitOfWork, person: int, role: Role, code: str) -> None:
    one = Membership(number=0, telegram_id=person, organisation=code, role=role, joined_at=NOW)
    await MembershipStore(unit.session).add(one, None)


async def test_a_department_sees_the_bodies_of_its_region_as_a_plain_count(registry_database: Database):
    async with registry_database.unit_of_work() as unit:
        here, elsewhere = "akimat-abai", "akimat-almaty"
        rows = list(many(400, date(2025, 7, 1), 450, [here, "police-abai", elsewhere]))
        await unit.session.execute(insert(ComplaintRow), rows)
        department = await agency_of(unit, "abai")
        await add(unit, INSPECTOR, Role.INSPECTOR, department)
        found = await see(unit)(INSPECTOR, department, THIRD, NOW)
        counted = [
            row
            for row in rows
            if THIRD.first <= row["registered_on"] <= THIRD.last
            and row["organisation"] != elsewhere
            and not (row["passed_to"] and row["closed_on"] <= row["late_after"])
        ]
        assert found.total.quarter.received == len(counted) > 20
        late = [row for row in counted if (row["closed_on"] or date.max) > row["late_after"]]
        assert found.total.quarter.late == len(late) > 3
        bodies = Counter(row["organisation"] for row in counted)
        assert {code: one.quarter.received for code, one in found.by(Cut.BODY).items()} == bodies
        assert found.total.before.received > 20
        assert found.total.year_before.received > 20
        assert elsewhere not in found.by(Cut.BODY)


async def test_nobody_else_oversees(registry_database: Database):
    async with registry_database.unit_of_work() as unit:
        department = await agency_of(unit, "abai")
        other = await agency_of(unit, "almaty")
        cases = [(role, department) for role in Role if role not in {Role.INSPECTOR, Role.HEAD}]
        cases += [(Role.HEAD, AKIMAT), (Role.INSPECTOR, other)]
        with each_case() as each:
            for person, (role, code) in enumerate(cases, start=901):
                await add(unit, person, role, code)
                with each.case(role, code), pytest.raises(NotAllowedError):
                    await see(unit)(person, department, THIRD, NOW)
        await add(unit, INSPECTOR, Role.HEAD, AKIMAT)
        with pytest.raises(NotAllowedError):
            await see(unit)(INSPECTOR, AKIMAT, THIRD, NOW)  # its own body is not the Agency's
        with pytest.raises(GoneError):
            await see(unit)(INSPECTOR, "nowhere", THIRD, NOW)
