"""Data for the inbox windows: an official with a complaint and an unfinished reply."""

from datetime import timedelta
from typing import Any

from aiogram.fsm.state import State

from accounts.cipher import Cipher
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from bot.dialogs.complaints.inbox.states import Cases
from complaints.approvals.tables import ApprovalRow
from complaints.draft import LONGEST_TEXT, TextPart
from complaints.facts import ComplaintOutcome
from complaints.requests.rules import RequestKind, Requisite
from complaints.requests.tables import RequestRow
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose, about_complaint
from complaints.staff_drafts.store import StaffDraftStore
from database.engine import UnitOfWork
from kernel.clock import Clock, almaty_date
from tests.bot.complaint_windows import DIALOG_DATA

INBOX_DATA = DIALOG_DATA | {"organisation": "police-almaty", "list": "all", "keys": [], "days": 10}
LONG = "Ұзақ жауап <b>& " * 200
DATA: dict[State, dict[str, Any]] = dict.fromkeys(Cases.__all_states__, INBOX_DATA)
DATA[Cases.bodies] = INBOX_DATA | {"found": ["police-abai", "agency-department-almaty"]}


async def seed(unit: UnitOfWork, cipher: Cipher, clock: Clock, person: int) -> None:
    """Requires the complaint of `complaint_windows`."""
    seat = Membership(
        number=0,
        telegram_id=person,
        organisation="police-almaty",
        role=Role.HEAD,
        joined_at=clock.now(),
    )
    await MembershipStore(unit.session).add(seat, None)
    asked = {"complaint": 1, "asked_at": clock.now(), "due_on": almaty_date(clock.now())}
    completion = {
        "missing": " ".join(Requisite),
        "complete_by": almaty_date(clock.now()) - timedelta(days=1),
    }
    unit.session.add(RequestRow(kind=RequestKind.MATERIALS.value, **asked))
    unit.session.add(RequestRow(kind=RequestKind.COMPLETION.value, **asked, **completion))
    draft = ReplyDraft(
        purpose=ReplyPurpose.ANSWER,
        parts=(TextPart(message=1, text=LONG[:LONGEST_TEXT]),),
        outcome=ComplaintOutcome.PARTLY,
        restored=True,
        how="Куәлік сол күні берілді",
        to="police-abai",
    )
    await StaffDraftStore(unit.session, cipher).keep(person, about_complaint(1), draft, clock.now())
    unit.session.add(ApprovalRow(complaint=1, asked_by=person, asked_at=clock.now()))
