"""Data for the complaint windows: a draft, a complaint, an answer and stored dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission.states import Complain
from complaints.actions.context import ComplaintContext, citizen
from complaints.actions.drafting import ChangeDraft, ConsentToComplaint
from complaints.actions.registration import NewComplaint, register
from complaints.draft import Draft, TextPart
from complaints.facts import Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.notifier import ComplaintNotification
from complaints.store import ComplaintContent
from complaints.tables import SelfFiledRow
from complaints.terms import Rule
from database.engine import UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import Clock

DIALOG_DATA = {
    "complaint": 1,
    "twin": 1,
    "kept": 1,
    "stars": 5,
    "found": ["driving-licence"],
    "path": ["x"],
    "answered": "2026-11-27",
}
DATA: dict[State, dict[str, Any]] = {
    state: DIALOG_DATA for group in (Complain, Mine) for state in group.__all_states__
}


DRAFT = Draft(
    service="driving-licence",
    service_known=True,
    region="almaty",
    kind=ComplaintKind.TERM,
    applied_on=date(2026, 11, 2),
    delivery=ServiceDelivery.OFFICE,
    parts=(TextPart(message=5, text="Куәлік әлі дайын емес <b>&"),),
    complainant=Complainant.NATURAL,
    name="Айгүл Серікова",
    number="010101200014",
)


def new_complaint(person: int, content: ComplaintContent, clock: Clock) -> NewComplaint:
    return NewComplaint(
        organisation="police-almaty",
        rule=Rule.PROVIDER,
        at=clock.now(),
        origin=Origin.CITIZEN,
        complainant=Complainant.NATURAL,
        delivery=ServiceDelivery.OFFICE,
        kind=ComplaintKind.TERM,
        source=ComplaintSource.NATURAL_PERSONS,
        content=content,
        person=person,
        service="driving-licence",
        region="almaty",
    )


async def _placeholder_texts(
    _: AsyncSession, notifications: Sequence[ComplaintNotification]
) -> Sequence[Mapping[str, Any]]:
    return [{"text": "…"} for _ in notifications]


def context_of(unit: UnitOfWork, cipher: Cipher, clock: Clock) -> ComplaintContext:
    return ComplaintContext(unit, cipher, clock, LiveCalendar(clock), _placeholder_texts)


async def seed(unit: UnitOfWork, cipher: Cipher, clock: Clock, person: int) -> None:
    context = context_of(unit, cipher, clock)
    await ConsentToComplaint(context)(person)
    await ChangeDraft(context)(person, lambda _: DRAFT)
    content = ComplaintContent(name="Айгүл Серікова", text="Үш апта күттім")
    await register(context, new_complaint(person, content, clock), citizen(person))
    context.session.add(
        SelfFiledRow(
            person=person,
            rule=Rule.PROVIDER.value,
            filed_on=date(2026, 11, 20),
            due_on=date(2026, 11, 27),
            late_after=date(2026, 11, 27),
            certainty="decided",
            made_at=clock.now(),
            due_version=1,
        )
    )
    await context.session.flush()
