"""Data for the report windows: a draft, a submitted report, and a requested correction."""

from dataclasses import replace
from datetime import date
from typing import Any

from aiogram.fsm.state import State

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from bot.dialogs.reports.states import Report
from database.engine import UnitOfWork
from kernel.clock import Clock
from reports.factory import make_context
from reports.figures import FormFigures
from reports.filled import CellRef
from reports.store import ReportState, ReportSubject
from reports.store import ReportVersion as Version
from tests.reports.forms import filled_right, opened

REGION = "akimat-abai"
DRAFT, HANDED_IN = "2026Q2", "2026Q3"
OF_DRAFT = {Report.main, Report.faults, Report.cells, Report.cell, Report.hand_in, Report.far}
CELL = CellRef(row="19", column="m2")
DATA: dict[State, dict[str, Any]] = {
    state: {
        "organisation": REGION,
        "form": "2-mq",
        "period": DRAFT if state in OF_DRAFT else HANDED_IN,
        "cell": str(CELL),
        "row": "15",
        "asked": 2,
        "far_day": "2026-07-02",
    }
    for state in Report.__all_states__
}


async def seed(unit: UnitOfWork, clock: Clock, person: int) -> None:
    """Makes the person the region's officer and the Agency's inspector."""
    for role, code in ((Role.OFFICER, REGION), (Role.INSPECTOR, "agency-civil-service")):
        one = Membership(number=0, telegram_id=person, organisation=code, role=role, joined_at=clock.now())
        await MembershipStore(unit.session).add(one, None)
    context = make_context(unit, clock)
    subject = ReportSubject(form="2-mq", organisation=REGION, period=HANDED_IN)
    filled = replace(filled_right("2-mq"), organisation=REGION)

    first = Version(
        number=0,
        subject=subject,
        version=1,
        state=ReportState.HANDED_IN,
        filled=filled,
        figures=FormFigures(),
    )
    report = await context.reports.add(first, person, clock.now())
    assert report is not None
    await context.reports.change(report.number, handed_in_on=date(2026, 10, 2), handed_in_at=clock.now())
    changed = replace(
        first, version=2, state=ReportState.ASKED, corrects=1, filled=filled.with_values({CELL: "41"})
    )
    asked = await context.reports.add(changed, person, clock.now())
    assert asked is not None
    DATA[Report.decide]["asked"] = DATA[Report.refusal]["asked"] = asked.number
    await context.reports.change(asked.number, materials="Бұйрық № 5 <b>&")
    assert opened("2-mq").period == HANDED_IN
