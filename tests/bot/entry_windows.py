"""Data for the entry windows: a complaint received outside the bot, with every field filled."""

from datetime import date
from typing import Any

from aiogram.fsm.state import State

from accounts.cipher import Cipher
from bot.dialogs.complaints.entry.states import Register
from complaints.draft import LONGEST_TEXT
from complaints.facts import ComplaintSource, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.staff_drafts.drafts import EntryDraft, about_entry
from complaints.staff_drafts.store import StaffDraftStore
from database.engine import UnitOfWork
from kernel.clock import Clock
from tests.bot.complaint_windows import DIALOG_DATA

ORGANISATION = "police-almaty"
START: dict[State, Any] = {state: {"organisation": ORGANISATION} for state in Register.__all_states__}
DATA: dict[State, dict[str, Any]] = dict.fromkeys(Register.__all_states__, DIALOG_DATA)


async def seed(unit: UnitOfWork, cipher: Cipher, clock: Clock, person: int) -> None:
    """Requires that the person has a role in the organisation."""
    draft = EntryDraft(
        source=ComplaintSource.ASSIGNMENT,
        received_on=date(2026, 11, 2),
        delivery=ServiceDelivery.CORPORATION,
        service="driving-licence",
        service_known=True,
        kind=ComplaintKind.TERM,
        text=("Ұзақ мәтін <b>& " * 300)[:LONGEST_TEXT],
        name="Айгүл <Серікова>",
        number="010101200014",
        phone="+77010000042",
    )
    await StaffDraftStore(unit.session, cipher).keep(person, about_entry(ORGANISATION), draft, clock.now())
