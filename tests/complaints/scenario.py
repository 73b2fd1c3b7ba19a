"""Complaints on a real database: organisations, officials, citizens and use cases, in one unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.officials.membership import Membership
from accounts.officials.store import ConnectionStore, MembershipStore
from accounts.officials.tables import ConnectionRow
from accounts.roles import Role
from complaints.actions.answering import AnswerComplaint, ComplaintReply
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import ChangeDraft, ConsentToComplaint
from complaints.actions.entering import ComplaintEntry, EnterComplaint
from complaints.actions.sending import SubmitDraft, SubmittedComplaint
from complaints.actions.taking import TakeComplaint
from complaints.audit_log import AuditLog, AuditLogEntry
from complaints.case import ComplaintCase, case_of
from complaints.digest import ComplaintDigest
from complaints.draft import Draft, TextPart
from complaints.facts import Complainant, ComplaintOutcome, ComplaintSource, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.notifier import ComplaintNotification
from complaints.store import ComplaintStore
from complaints.thread import MessageContent
from database.engine import UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, FixedClock, almaty_date
from messaging.outbox.hours import Audience
from messaging.outbox.tables import OutboxRow

MORNING = datetime(2026, 3, 19, 5, 0, tzinfo=UTC)  # Thursday, ten o'clock in Kazakhstan, before Nauryz
CITIZEN, OTHER_CITIZEN = 100, 101
OFFICER, COLLEAGUE, HEAD, COORDINATOR = 1, 2, 3, 4
AGENT, AGENCY_HEAD = 11, 12  # inspector and head of the Agency's regional body
STRANGER = 9
POLICE, MINISTRY, AKIMAT = "police-abai", "ministry-internal-affairs", "akimat-abai"
CORPORATION, CORPORATION_BRANCH = "state-corporation", "state-corporation-abai"
AGENCY, AGENCY_BODY, PENSION_FUND = "agency-civil-service", "agency-department-abai", "enpf"
TAX, DISTRICT = "tax-abai", "akimat-abai-semey"
OF_POLICE, OF_AKIMAT = "driving-licence", "treatment-abroad"
NAME, IIN, PHONE, TEXT = "Айгүл Серікова", "010101200014", "+77010000000", "Жүргізуші куәлігін үш апта күттім"


@dataclass(slots=True)
class RecordingRenderer:
    """Renders a notice as its topic only, and records it."""

    notifications: list[ComplaintNotification] = field(default_factory=list)

    async def __call__(
        self, session: AsyncSession, notifications: Sequence[ComplaintNotification]
    ) -> Sequence[Mapping[str, Any]]:
        self.notifications += notifications
        return [{"text": f"{one.topic.value} of {one.complaint}"} for one in notifications]

    async def digest(self, session: AsyncSession, digest: ComplaintDigest) -> Mapping[str, Any]:
        """The stages of its complaints."""
        self.notifications += [
            ComplaintNotification(
                complaint=case.complaint,
                topic=case.topic,
                audience=Audience.OFFICIAL,
                recipient=digest.recipient,
                stage=case.stage,
            )
            for case in digest.cases
        ]
        return {"text": " ".join(case.stage for case in digest.cases)}


@dataclass(slots=True, kw_only=True)
class ComplaintScenario:
    unit: UnitOfWork
    cipher: Cipher
    calendar: LiveCalendar
    clock: FixedClock
    renderer: RecordingRenderer = field(default_factory=RecordingRenderer)
    service: str = OF_POLICE

    @property
    def session(self) -> AsyncSession:
        return self.unit.session

    @property
    def context(self) -> ComplaintContext:
        return ComplaintContext(self.unit, self.cipher, self.clock, self.calendar, self.renderer)

    async def add_membership(self, person: int, role: Role, organisation: str = POLICE) -> None:
        one = Membership(
            number=0, telegram_id=person, organisation=organisation, role=role, joined_at=self.clock.now()
        )
        await MembershipStore(self.session).add(one, None)

    async def staff(self) -> None:
        """The staff of the police and of the Agency's body."""
        for person, role in ((OFFICER, Role.OFFICER), (COLLEAGUE, Role.OFFICER), (HEAD, Role.HEAD)):
            await self.add_membership(person, role)
        await self.add_membership(COORDINATOR, Role.COORDINATOR, MINISTRY)
        await self.add_membership(AGENT, Role.INSPECTOR, AGENCY_BODY)
        await self.add_membership(AGENCY_HEAD, Role.HEAD, AGENCY_BODY)

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
                delivery=ServiceDelivery.OFFICE,
                kind=ComplaintKind.TERM,
                parts=(TextPart(message=1, text=TEXT),),
                complainant=Complainant.NATURAL,
                name=NAME,
                number=IIN,
                phone=PHONE,
            ),
            **changes,
        )

    async def drafted(self, by: int = CITIZEN, **changes: Any) -> int:
        """Create a complete draft of a citizen who has agreed; returns its id."""
        await ConsentToComplaint(self.context)(by)
        return (await ChangeDraft(self.context)(by, lambda _: self.draft(**changes))).id

    async def sent(self, by: int = CITIZEN, **changes: Any) -> ComplaintCase:
        """Submit a complaint of a citizen."""
        found = await SubmitDraft(self.context)(by, await self.drafted(by, **changes))
        assert isinstance(found, SubmittedComplaint)
        return found.case

    async def taken(self, by: int = OFFICER, **changes: Any) -> ComplaintCase:
        return await TakeComplaint(self.context)(by, (await self.sent(**changes)).id)

    async def answered(self, *, restored: bool = False, **changes: Any) -> ComplaintCase:
        case = await self.taken(**changes)
        return await self.answer(case, restored=restored)

    async def answer(
        self, case: ComplaintCase, by: int = OFFICER, *, restored: bool = False
    ) -> ComplaintCase:
        reply = ComplaintReply(
            outcome=ComplaintOutcome.UPHELD,
            content=MessageContent(text="Шағымыңыз қаралды"),
            restored=restored,
            how="Куәлік берілді" if restored else "",
        )
        return await AnswerComplaint(self.context)(by, case.id, reply)

    async def entered(self, by: int = OFFICER, **changes: Any) -> ComplaintCase:
        entry = ComplaintEntry(
            organisation=POLICE,
            received_on=almaty_date(self.clock.now()),
            source=ComplaintSource.MEDIA,
            delivery=ServiceDelivery.ELECTRONIC,
            kind=ComplaintKind.OTHER,
        )
        return await EnterComplaint(self.context)(by, replace(entry, **changes))

    async def again(self, case: ComplaintCase) -> ComplaintCase:
        """Read the complaint again."""
        return case_of(await ComplaintStore(self.session).lock(case.id))

    async def audit_log(self, case: ComplaintCase) -> list[AuditLogEntry]:
        return list(await AuditLog(self.session).of(case.id))

    async def notices(self) -> list[tuple[str, int]]:
        """All notices in the outbox as (topic, recipient): ("taken", 100)."""
        rows = await self.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        return [(row.payload.split('"')[-2].split(" ")[0], row.chat_id) for row in rows if row.payload]

    def at(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """Set the clock to an hour of a day in Kazakhstan."""
        self.clock.instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ALMATY).astimezone(
            UTC
        )
