"""Complaints on a real database: organisations, officials, citizens and use cases, in one unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.officials.connecting import ConnectionStore
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.officials.tables import ConnectionRow
from accounts.roles import Role
from complaints.actions.answering import Answer, Reply
from complaints.actions.desk import Desk
from complaints.actions.drafting import ChangeDraft, ConsentToComplaint
from complaints.actions.entering import EnterComplaint, Entry
from complaints.actions.sending import SendDraft, Sent
from complaints.actions.taking import Take
from complaints.case import Case, case_of
from complaints.draft import Draft, Part
from complaints.facts import Complainant, Delivery, Outcome, Source
from complaints.kinds.kind import Kind
from complaints.store import ComplaintStore
from complaints.talk import Words
from complaints.telling import Telling
from complaints.trail import Trail, TrailStep
from database.unit_of_work import UnitOfWork
from deadlines.clock import ALMATY, FixedClock, almaty_date
from deadlines.queries import LiveCalendar
from messaging.outbox.tables import OutboxRow

MORNING = datetime(2026, 3, 19, 5, 0, tzinfo=UTC)  # Thursday, ten o'clock in Kazakhstan; Nauryz is near
CITIZEN, OTHER_CITIZEN = 100, 101
OFFICER, COLLEAGUE, HEAD, COORDINATOR = 1, 2, 3, 4
AGENT, AGENCY_HEAD = 11, 12  # inspector and head of the Agency's body in the region
STRANGER = 9
POLICE, MINISTRY, AKIMAT = "police-abai", "ministry-internal-affairs", "akimat-abai"
CORPORATION, CORPORATION_BRANCH = "state-corporation", "state-corporation-abai"
AGENCY, AGENCY_BODY, PENSION_FUND = "agency-civil-service", "agency-department-abai", "enpf"
TAX, DISTRICT = "tax-abai", "akimat-abai-semey"
OF_POLICE, OF_AKIMAT = "driving-licence", "treatment-abroad"
NAME, IIN, PHONE, TEXT = "Айгүл Серікова", "010101200014", "+77010000000", "Жүргізуші куәлігін үш апта күттім"


@dataclass(slots=True)
class RecordedWords:
    """Words of notices that say only what they are about, and record it."""

    told: list[Telling] = field(default_factory=list)

    async def __call__(
        self, session: AsyncSession, tellings: Sequence[Telling]
    ) -> Sequence[Mapping[str, Any]]:
        self.told += tellings
        return [{"text": f"{one.told.value} of {one.complaint}"} for one in tellings]


@dataclass(slots=True, kw_only=True)
class Hall:
    unit: UnitOfWork
    cipher: Cipher
    calendar: LiveCalendar
    clock: FixedClock
    words: RecordedWords = field(default_factory=RecordedWords)
    service: str = OF_POLICE

    @property
    def session(self) -> AsyncSession:
        return self.unit.session

    @property
    def desk(self) -> Desk:
        return Desk(self.unit, self.cipher, self.clock, self.calendar, self.words)

    async def seat(self, person: int, role: Role, organisation: str = POLICE) -> None:
        one = Membership(
            number=0, telegram_id=person, organisation=organisation, role=role, joined_at=self.clock.now()
        )
        await MembershipStore(self.session).add(one, None)

    async def staff(self) -> None:
        """The people of the police and of the Agency's body."""
        for person, role in ((OFFICER, Role.OFFICER), (COLLEAGUE, Role.OFFICER), (HEAD, Role.HEAD)):
            await self.seat(person, role)
        await self.seat(COORDINATOR, Role.COORDINATOR, MINISTRY)
        await self.seat(AGENT, Role.INSPECTOR, AGENCY_BODY)
        await self.seat(AGENCY_HEAD, Role.HEAD, AGENCY_BODY)

    async def connect(self, *organisations: str) -> None:
        for code in organisations:
            row = ConnectionRow(
                organisation=code, accepted_by=HEAD, accepted_at=self.clock.now(), text="accepted"
            )
            await ConnectionStore(self.session).add(row)

    def draft(self, **changes: Any) -> Draft:
        return replace(
            Draft(
                service=self.service,
                service_known=True,
                region="abai",
                delivery=Delivery.OFFICE,
                kind=Kind.TERM,
                parts=(Part(message=1, text=TEXT),),
                complainant=Complainant.NATURAL,
                name=NAME,
                number=IIN,
                phone=PHONE,
            ),
            **changes,
        )

    async def drafted(self, by: int = CITIZEN, **changes: Any) -> int:
        """A complete draft of a citizen who has agreed; its number."""
        await ConsentToComplaint(self.desk)(by)
        return (await ChangeDraft(self.desk)(by, lambda _: self.draft(**changes))).id

    async def sent(self, by: int = CITIZEN, **changes: Any) -> Case:
        """A complaint of a citizen, registered."""
        found = await SendDraft(self.desk)(by, await self.drafted(by, **changes))
        assert isinstance(found, Sent)
        return found.case

    async def taken(self, by: int = OFFICER, **changes: Any) -> Case:
        return await Take(self.desk)(by, (await self.sent(**changes)).id)

    async def answered(self, *, restored: bool = False, **changes: Any) -> Case:
        case = await self.taken(**changes)
        return await self.answer(case, restored=restored)

    async def answer(self, case: Case, by: int = OFFICER, *, restored: bool = False) -> Case:
        reply = Reply(
            outcome=Outcome.UPHELD,
            words=Words(text="Шағымыңыз қаралды"),
            restored=restored,
            how="Куәлік берілді" if restored else "",
        )
        return await Answer(self.desk)(by, case.id, reply)

    async def entered(self, by: int = OFFICER, **changes: Any) -> Case:
        entry = Entry(
            organisation=POLICE,
            received_on=almaty_date(self.clock.now()),
            source=Source.MEDIA,
            delivery=Delivery.ELECTRONIC,
            kind=Kind.OTHER,
        )
        return await EnterComplaint(self.desk)(by, replace(entry, **changes))

    async def again(self, case: Case) -> Case:
        """The complaint as the database has it now."""
        return case_of(await ComplaintStore(self.session).lock(case.id))

    async def trail(self, case: Case) -> list[TrailStep]:
        return list(await Trail(self.session).of(case.id))

    async def notices(self) -> list[tuple[str, int]]:
        """What was told to whom, of all that stands in the outbox: ("taken", 100)."""
        rows = await self.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        return [(row.payload.split('"')[-2].split(" ")[0], row.chat_id) for row in rows if row.payload]

    def at(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """Move the clock to an hour of a day in Kazakhstan."""
        self.clock.instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ALMATY).astimezone(
            UTC
        )
