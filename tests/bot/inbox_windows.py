"""Data for the inbox windows: an official with a complaint and an unfinished reply."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiogram.fsm.state import State
from pydantic import TypeAdapter

from accounts.cipher import Cipher
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from bot.dialogs.complaints.casework.states import Duplicates, History, Notes, Several, Templates
from bot.dialogs.complaints.finding.states import Bodies, FindCases
from bot.dialogs.complaints.inbox.states import Cases
from complaints.actions.context import citizen
from complaints.actions.registration import register
from complaints.approvals.tables import ApprovalRow
from complaints.draft import LONGEST_TEXT, TextPart
from complaints.facts import ComplaintOutcome
from complaints.notes.notes import WriteNote
from complaints.requests.rules import RequestKind, Requisite
from complaints.requests.tables import RequestRow
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose, about_complaint
from complaints.staff_drafts.store import StaffDraftStore
from complaints.store import ComplaintContent
from complaints.templates.tables import BODY, AnswerTemplateRow
from complaints.templates.template import LONGEST_NAME, AnswerTemplate
from database.engine import UnitOfWork
from kernel.clock import Clock, almaty_date
from tests.bot.complaint_windows import DIALOG_DATA, context_of, new_complaint

INBOX_DATA = DIALOG_DATA | {"organisation": "police-almaty", "list": "all", "keys": [], "days": 10}
MINISTRY = "ministry-internal-affairs"
TEMPLATE, TWIN = "0123456789abcdef", 2
LONG = "Ұзақ жауап <b>& " * 200
DATA: dict[State, dict[str, Any]] = dict.fromkeys(Cases.__all_states__, INBOX_DATA)
for group in (Notes, Templates, Several, History, Duplicates, FindCases, Bodies):
    DATA.update(dict.fromkeys(group.__all_states__, INBOX_DATA))
for state in (Templates.view, Templates.write, Templates.delete):
    DATA[state] = INBOX_DATA | {"template": TEMPLATE}
DATA[Several.pick] = DATA[Several.people] = INBOX_DATA | {"ticked": [1]}
DATA[Several.given] = INBOX_DATA | {"done": ["26-00000001-5"], "refused": [["26-00000002-8", "…"]]}
DATA[Duplicates.sure] = INBOX_DATA | {"other": TWIN}
DATA[FindCases.found] = INBOX_DATA | {
    "criteria": {"service": None, "days": None, "ids": [1, TWIN]},
    "said": {"key": "by_words", "read": 500, "open": 900},
    "below": [],
}
DATA[Bodies.why] = INBOX_DATA | {"body": "police-abai"}
for state in Bodies.__all_states__:
    DATA[state] = DATA[state] | {"organisation": MINISTRY}
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
    coordinates = replace(seat, organisation=MINISTRY, role=Role.COORDINATOR)
    await MembershipStore(unit.session).add(coordinates, None)
    context = context_of(unit, cipher, clock)
    twin = await register(context, new_complaint(person, ComplaintContent(text=LONG), clock), citizen(person))
    assert twin.id == TWIN
    await WriteNote(context)(person, 1, LONG[:LONGEST_TEXT])
    body = AnswerTemplate(name="Ү" * LONGEST_NAME, text=LONG + "{нөмір} {қызмет} {ұйым}", key=TEMPLATE)
    closed = cipher.close(
        TypeAdapter(AnswerTemplate).dump_json(body).decode(), BODY.field, TEMPLATE, "police-almaty"
    )
    row = AnswerTemplateRow(
        key=TEMPLATE, organisation="police-almaty", body_cipher=closed, changed_at=clock.now()
    )
    unit.session.add(row)
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
