"""Register a complaint, however it arrived: its number, term and first step."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from complaints.actions.context import ComplaintContext
from complaints.audit_log import Actor, AuditLog, digest, new_seal
from complaints.facts import Behalf, CameBy, Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState
from complaints.notifier import NotificationTopic
from complaints.store import ComplaintContent
from complaints.tables import ComplaintRow
from complaints.terms import NOT_EXTENDED, Extension, Rule, date_complaint, is_after_hours
from kernel.clock import ALMATY


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComplaint:
    """A complaint to register; see ComplaintRow. `at` is the aware instant of its arrival."""

    organisation: str
    rule: Rule
    at: datetime
    origin: Origin
    complainant: Complainant
    delivery: ServiceDelivery
    kind: ComplaintKind
    source: ComplaintSource
    content: ComplaintContent
    behalf: Behalf = Behalf.SELF
    person: int | None = None
    service: str | None = None
    region: str | None = None
    district: str | None = None
    applied_on: date | None = None
    happened_on: date | None = None
    draft: int | None = None
    entered_by: int | None = None
    incoming_number: str | None = None
    previous: int | None = None
    root: int | None = None
    came_by: CameBy = CameBy.FIRST


async def register(context: ComplaintContext, new: NewComplaint, actor: Actor) -> ComplaintRow:
    """Write the complaint and its first step, and notify the organisation. The caller commits.

    Raises OutsideCalendarError.
    """
    row = _row(new)
    await date_row(context, row, new.at)
    row.number = await context.complaints.next_number(context.now().astimezone(ALMATY).year)
    row.entered_at = context.now()
    row.seal = new_seal()
    context.session.add(row)
    await context.session.flush()
    context.keys.seal(row, new.content)
    _write_down(context, row, actor, new.content.text or "")
    await context.session.flush()
    staff = await context.staff(row.organisation)
    await (await context.notifier()).officials(row, NotificationTopic.NEW, staff.workers - {actor.id or 0})
    return row


def follow(row: ComplaintRow, new: NewComplaint, came_by: CameBy) -> NewComplaint:
    """Link `new` as the continuation of `row` at another body."""
    return replace(new, previous=row.id, root=row.root or row.id, came_by=came_by)


def copied(
    row: ComplaintRow, content: ComplaintContent, organisation: str, rule: Rule, at: datetime
) -> NewComplaint:
    """The complaint of `row`, to be registered at another organisation at `at`."""
    return NewComplaint(
        organisation=organisation,
        rule=rule,
        at=at,
        origin=Origin(row.origin),
        complainant=Complainant(row.complainant),
        delivery=ServiceDelivery(row.delivery),
        kind=ComplaintKind(row.kind),
        source=ComplaintSource(row.source),
        content=content,
        behalf=Behalf(row.behalf),
        person=row.person,
        service=row.service,
        region=row.region,
        district=row.district,
        applied_on=row.applied_on,
        happened_on=row.happened_on,
        entered_by=row.entered_by,
    )


async def date_row(
    context: ComplaintContext, row: ComplaintRow, at: datetime, extension: Extension = NOT_EXTENDED
) -> None:
    """Count the row's days from the arrival at the aware instant `at`. Raises OutsideCalendarError."""
    due = date_complaint(Rule(row.rule), at, await context.calendar(), extension)
    row.registered_at, row.registered_on = at, due.registered_on
    row.came_on, row.after_hours = due.at.date(), is_after_hours(at)
    row.due_on, row.late_after = due.due_on, due.late_after
    row.certainty = due.certainty.value


def _write_down(context: ComplaintContext, row: ComplaintRow, actor: Actor, text: str) -> None:
    AuditLog(context.session).begin(
        row,
        actor,
        context.now(),
        {
            "organisation": row.organisation,
            "service": row.service,
            "rule": row.rule,
            "registered_on": row.registered_on,
            "due_on": row.due_on,
            "certainty": row.certainty,
            "came_by": row.came_by,
            "previous": row.previous,
            "text": digest(row.seal or "", text),
        },
    )


def _row(new: NewComplaint) -> ComplaintRow:
    return ComplaintRow(
        state=ComplaintState.REGISTERED.value,
        steps=0,
        root=new.root,
        previous=new.previous,
        came_by=new.came_by.value,
        draft=new.draft,
        origin=new.origin.value,
        entered_by=new.entered_by,
        incoming_number=new.incoming_number,
        person=new.person,
        complainant=new.complainant.value,
        behalf=new.behalf.value,
        service=new.service,
        organisation=new.organisation,
        region=new.region,
        district=new.district,
        delivery=new.delivery.value,
        kind=new.kind.value,
        source=new.source.value,
        applied_on=new.applied_on,
        happened_on=new.happened_on,
        rule=new.rule.value,
        due_version=1,
        extended_by=0,
    )
