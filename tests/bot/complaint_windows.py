"""A person with a draft, a complaint, an answer and kept dates: what the windows of complaints show."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from bot.dialogs.complaint.states import Complain
from bot.dialogs.my_complaints.states import Mine
from complaints.actions.desk import Desk, citizen
from complaints.actions.drafting import ChangeDraft, ConsentToComplaint
from complaints.actions.registration import Content, New, register
from complaints.draft import Draft, Part
from complaints.facts import Complainant, Delivery, Origin, Source
from complaints.kinds.kind import Kind
from complaints.tables import SelfKeptRow
from complaints.telling import Telling
from complaints.terms import Rule
from database.unit_of_work import UnitOfWork
from deadlines.clock import Clock
from deadlines.queries import LiveCalendar

FURNISHED = {"complaint": 1, "twin": 1, "kept": 1, "stars": 5, "found": ["driving-licence"], "path": ["x"]}
DATA: dict[State, dict[str, Any]] = {
    state: FURNISHED for group in (Complain, Mine) for state in group.__all_states__
}


DRAFT = Draft(
    service="driving-licence",
    service_known=True,
    region="almaty",
    kind=Kind.TERM,
    applied_on=date(2026, 11, 2),
    delivery=Delivery.OFFICE,
    parts=(Part(message=5, text="Куәлік әлі дайын емес <b>&"),),
    complainant=Complainant.NATURAL,
    name="Айгүл Серікова",
    number="010101200014",
)


def _new(person: int, content: Content, clock: Clock) -> New:
    return New(
        organisation="police-almaty",
        rule=Rule.PROVIDER,
        at=clock.now(),
        origin=Origin.CITIZEN,
        complainant=Complainant.NATURAL,
        delivery=Delivery.OFFICE,
        kind=Kind.TERM,
        source=Source.NATURAL_PERSONS,
        content=content,
        person=person,
        service="driving-licence",
        region="almaty",
    )


async def _words(_: AsyncSession, tellings: Sequence[Telling]) -> Sequence[Mapping[str, Any]]:
    return [{"text": "…"} for _ in tellings]


async def furnish(unit: UnitOfWork, cipher: Cipher, clock: Clock, person: int) -> None:
    desk = Desk(unit, cipher, clock, LiveCalendar(clock), _words)
    await ConsentToComplaint(desk)(person)
    await ChangeDraft(desk)(person, lambda _: DRAFT)
    content = Content(name=cipher.close("Айгүл Серікова"), text=cipher.close("Үш апта күттім"))
    await register(desk, _new(person, content, clock), citizen(person))
    desk.session.add(
        SelfKeptRow(
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
    await desk.session.flush()
