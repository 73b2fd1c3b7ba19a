"""A complaint as shown to those who may see it: no name, number, telephone or text."""

from dataclasses import dataclass
from datetime import date, datetime

from complaints.facts import (
    Behalf,
    CameBy,
    Complainant,
    ComplaintOutcome,
    ComplaintSource,
    Origin,
    ServiceDelivery,
)
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import OPEN, ComplaintState
from complaints.numbers import ComplaintNumber
from complaints.paper import VoidReason
from complaints.tables import ComplaintRow
from complaints.terms import Rule
from deadlines.due import Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCase:
    """See ComplaintRow; `number` is shown by str()."""

    id: int
    number: ComplaintNumber
    state: ComplaintState
    root: int
    previous: int | None
    came_by: CameBy
    origin: Origin
    person: int | None
    complainant: Complainant
    behalf: Behalf
    service: str | None
    organisation: str
    region: str | None
    district: str | None
    delivery: ServiceDelivery
    kind: ComplaintKind
    source: ComplaintSource
    applied_on: date | None
    happened_on: date | None
    rule: Rule
    registered_at: datetime
    registered_on: date
    due_on: date
    late_after: date
    due_version: int
    certainty: Certainty
    extended_by: int
    assignee: int | None
    closed_at: datetime | None
    answered_on: date | None
    outcome: ComplaintOutcome | None
    restored: bool | None
    passed_to: str | None
    incoming_number: str | None
    outgoing_number: str | None
    void_reason: VoidReason | None
    forgotten: bool

    @property
    def on_paper(self) -> bool:
        return is_on_paper(self)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_late(self, today: date) -> bool:
        """Whether it is open and late on every reading of the term."""
        return self.is_open and today > self.late_after


def case_of(row: ComplaintRow) -> ComplaintCase:
    return ComplaintCase(
        id=row.id,
        number=ComplaintNumber.of(row.number),
        state=ComplaintState(row.state),
        root=row.root or row.id,
        previous=row.previous,
        came_by=CameBy(row.came_by),
        origin=Origin(row.origin),
        person=row.person,
        complainant=Complainant(row.complainant),
        behalf=Behalf(row.behalf),
        service=row.service,
        organisation=row.organisation,
        region=row.region,
        district=row.district,
        delivery=ServiceDelivery(row.delivery),
        kind=ComplaintKind(row.kind),
        source=ComplaintSource(row.source),
        applied_on=row.applied_on,
        happened_on=row.happened_on,
        rule=Rule(row.rule),
        registered_at=row.registered_at,
        registered_on=row.registered_on,
        due_on=row.due_on,
        late_after=row.late_after,
        due_version=row.due_version,
        certainty=Certainty(row.certainty),
        extended_by=row.extended_by,
        assignee=row.assignee,
        closed_at=row.closed_at,
        answered_on=row.answered_on,
        outcome=None if row.outcome is None else ComplaintOutcome(row.outcome),
        restored=row.restored,
        passed_to=row.passed_to,
        incoming_number=row.incoming_number,
        outgoing_number=row.outgoing_number,
        void_reason=None if row.void_reason is None else VoidReason(row.void_reason),
        forgotten=row.forgotten_at is not None,
    )


def is_on_paper(row: ComplaintRow | ComplaintCase) -> bool:
    """Whether an official entered it: the bot writes to nobody about it, answers go on paper."""
    return row.origin == Origin.OFFICIAL
