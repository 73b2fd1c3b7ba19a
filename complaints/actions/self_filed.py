"""Due dates of complaints that citizens filed on their own, outside the bot."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import drop_draft
from complaints.draft import Draft
from complaints.drafts import DraftStore
from complaints.errors import FiledDayError
from complaints.notifier import self_filed_subject
from complaints.queries.routes import RouteQueries
from complaints.tables import SelfFiledRow
from complaints.terms import Rule, date_complaint, moment_of, rule_of
from database.engine import atomic
from deadlines.due import Certainty
from registry_data.organisations import Organisation

_OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfFiledComplaint:
    """See SelfFiledRow."""

    id: int
    person: int
    service: str | None
    organisation: str | None
    rule: Rule
    filed_on: date
    due_on: date
    late_after: date
    certainty: Certainty
    is_open: bool


@dataclass(frozen=True, slots=True)
class TrackSelfFiled:
    """Start tracking, and delete the draft without storing its text. Repeating it returns the same dates."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, draft: int, filed_on: date) -> SelfFiledComplaint:
        """Raises GoneError, FiledDayError, OutsideCalendarError."""
        if not self.context.today() - _OLDEST <= filed_on <= self.context.today():
            raise FiledDayError
        drafts = DraftStore(self.context.session, self.context.cipher)
        row = await drafts.lock(by)
        if row is None or row.id != draft:
            return await self._tracked_already(by, draft)
        opened = drafts.read(row)
        addressee = await RouteQueries.stored(self.context.session).addressee(opened)
        due = date_complaint(_rule(opened, addressee), moment_of(filed_on), await self.context.calendar())
        self_filed = SelfFiledRow(
            person=by,
            draft=draft,
            service=opened.service,
            organisation=addressee.code if addressee is not None else None,
            rule=due.term.rule,
            filed_on=filed_on,
            due_on=due.due_on,
            late_after=due.late_after,
            due_version=1,
            certainty=due.certainty.value,
            made_at=self.context.now(),
        )
        self.context.session.add(self_filed)
        await drop_draft(self.context, by)
        return self_filed_of(self_filed)

    async def _tracked_already(self, by: int, draft: int) -> SelfFiledComplaint:
        self_filed = await self.context.session.scalar(
            select(SelfFiledRow).where(SelfFiledRow.draft == draft)
        )
        if self_filed is None or self_filed.person != by:
            raise GoneError
        return self_filed_of(self_filed)


@dataclass(frozen=True, slots=True)
class StopTracking:
    """Stop the reminders of a complaint filed outside the bot."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, self_filed: int) -> SelfFiledComplaint:
        """Raises GoneError, NotAllowedError."""
        row = await self.context.session.get(
            SelfFiledRow, self_filed, with_for_update=True, populate_existing=True
        )
        if row is None:
            raise GoneError
        if row.person != by:
            raise NotAllowedError
        if row.closed_at is None:
            row.closed_at = self.context.now()
            row.due_version += 1
            notifier = await self.context.notifier()
            await notifier.dropped(self_filed_subject(row.id), row.due_version)
        return self_filed_of(row)


def self_filed_of(row: SelfFiledRow) -> SelfFiledComplaint:
    return SelfFiledComplaint(
        id=row.id,
        person=row.person,
        service=row.service,
        organisation=row.organisation,
        rule=Rule(row.rule),
        filed_on=row.filed_on,
        due_on=row.due_on,
        late_after=row.late_after,
        certainty=Certainty(row.certainty),
        is_open=row.closed_at is None,
    )


def _rule(draft: Draft, addressee: Organisation | None) -> Rule:
    if draft.to_agency:
        return Rule.AUTHORITY
    return Rule.PROVIDER if addressee is None else rule_of(addressee.kind)
