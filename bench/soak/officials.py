"""Officials who answer complaints with the longest texts while everything around them fails."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from localgram.client import SimulatedPerson, SimulatorClient
from sqlalchemy.exc import SQLAlchemyError

from accounts.cipher import Cipher
from accounts.officials.membership import Membership
from accounts.officials.store import ConnectionStore, MembershipStore
from accounts.officials.tables import ConnectionRow
from accounts.roles import Role
from bench.soak import letters
from bot.views.complaints.notices import ComplaintNoticeRenderer
from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import ChangeDraft, ConsentToComplaint
from complaints.actions.sending import SubmitDraft, SubmittedComplaint
from complaints.actions.taking import TakeComplaint
from complaints.draft import Draft, TextPart
from complaints.facts import Complainant, ComplaintOutcome, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.thread import MessageContent
from database.engine import Database, UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from tests.accounts.numbers import iin_from

POLICE = "police-abai"
PAUSES_S = (1.0, 4.0)
HOW = 960  # characters of how rights were restored
_DRAFT = Draft(
    service="driving-licence",
    service_known=True,
    region="abai",
    delivery=ServiceDelivery.OFFICE,
    kind=ComplaintKind.TERM,
    parts=(TextPart(message=1, text=letters.message("kazakh")[:3_000]),),
    complainant=Complainant.NATURAL,
    name="Айгүл Серікова",
    number=iin_from(1),
    phone="+77010000000",
)


@dataclass(slots=True, kw_only=True)
class AnsweringOfficials:
    """`answered` maps each citizen to the answers that were committed."""

    database: Database
    client: SimulatorClient
    cipher: Cipher
    clock: Clock
    chance: random.Random
    head: SimulatedPerson
    officer: SimulatedPerson
    answered: dict[int, str] = field(default_factory=dict)
    citizens: list[SimulatedPerson] = field(default_factory=list)
    catalogue: LiveCatalogue = field(default_factory=LiveCatalogue)
    texts: Translations = field(default_factory=Translations.load)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def begin(self) -> None:
        async with self.database.unit_of_work() as unit:
            now = self.clock.now()
            row = ConnectionRow(organisation=POLICE, accepted_by=0, accepted_at=now, text="soak")
            await ConnectionStore(unit.session).add(row)
            for person, role in ((self.head, Role.HEAD), (self.officer, Role.OFFICER)):
                one = Membership(
                    number=0, telegram_id=person.number, organisation=POLICE, role=role, joined_at=now
                )
                await MembershipStore(unit.session).add(one, None)
            await unit.commit()

    async def run(self, until: float) -> None:
        """Until that time of the event loop."""
        loop = asyncio.get_running_loop()
        while loop.time() < until:
            await asyncio.sleep(self.chance.uniform(*PAUSES_S))
            citizen = await self.client.person(language_code="ru")
            await citizen.start()
            self.citizens.append(citizen)
            text = letters.answer(self.chance.choice(letters.KINDS), next(self._numbers))
            if await self._answer(citizen.number, text):
                self.answered[citizen.number] = text

    async def _answer(self, citizen: int, text: str) -> bool:
        """False where the database failed: then nobody was answered, or nobody knows."""
        try:
            async with self.database.unit_of_work() as unit:
                context = self._context(unit)
                case = await _sent(context, citizen)
                await TakeComplaint(context)(self.officer.number, case)
                await AnswerComplaint(context)(self.officer.number, case, self._reply(text))
                await unit.commit()
        except (SQLAlchemyError, OSError):
            return False
        return True

    def _reply(self, text: str) -> ComplaintReply:
        restored = self.chance.random() < 0.5
        return ComplaintReply(
            outcome=ComplaintOutcome.UPHELD,
            content=MessageContent(text=text),
            restored=restored,
            how=letters.answer("kazakh", 0)[:HOW] if restored else "",
        )

    def _context(self, unit: UnitOfWork) -> ComplaintContext:
        renderer = ComplaintNoticeRenderer(
            texts=self.texts, catalogue=self.catalogue, clock=self.clock, cipher=self.cipher
        )
        return ComplaintContext(unit, self.cipher, self.clock, LiveCalendar(self.clock), renderer)


async def _sent(context: ComplaintContext, citizen: int) -> int:
    await ConsentToComplaint(context)(citizen)
    draft = await ChangeDraft(context)(citizen, lambda _: _DRAFT)
    sent = await SubmitDraft(context)(citizen, draft.id)
    if not isinstance(sent, SubmittedComplaint):
        raise TypeError(sent)
    return sent.case.id
