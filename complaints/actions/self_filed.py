"""Due dates of complaints that citizens filed on their own, outside the bot."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import drop_draft
from complaints.draft import LONGEST_TEXT, Draft
from complaints.drafts import DraftStore
from complaints.errors import FiledDayError, TextTooLongError
from complaints.notifier import self_filed_subject
from complaints.queries.routes import RouteQueries
from complaints.tables import SELF_FILED_BODY, SelfFiledRow
from complaints.terms import Rule, date_complaint, moment_of, rule_of
from database.engine import atomic
from deadlines.due import Certainty
from kernel import retention
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
    answered_on: date | None
    is_open: bool

    def is_silent(self, today: date) -> bool:
        """Whether no answer came in time, under every reading of the term."""
        return self.answered_on is None and today > self.late_after


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfFiledBody:
    """What the citizen handed in, and the answer; kept encrypted for the text to the Agency's body."""

    draft: Draft
    answer: str | None = None


_JSON: TypeAdapter[SelfFiledBody] = TypeAdapter(SelfFiledBody)


@dataclass(frozen=True, slots=True)
class TrackSelfFiled:
    """Start tracking; the draft becomes the body of what is tracked. Repeating it returns the same dates."""

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
            body_cipher=_closed(self.context, by, SelfFiledBody(draft=opened)),
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
        """Erases its body too. Raises GoneError, NotAllowedError."""
        row = await _locked(self.context, by, self_filed)
        row.body_cipher = None
        if row.closed_at is None:
            row.closed_at = self.context.now()
            await _remind_no_more(self.context, row)
        return self_filed_of(row)


@dataclass(frozen=True, slots=True)
class RecordSelfFiledAnswer:
    """The body has answered: the reminders stop, and the answer stands in the text to the Agency's body."""

    context: ComplaintContext

    @atomic
    async def __call__(
        self, by: int, self_filed: int, answered_on: date, answer: str | None = None
    ) -> SelfFiledComplaint:
        """Told again, it replaces what was told. Raises GoneError, NotAllowedError, FiledDayError,
        TextTooLongError.
        """
        row = await _locked(self.context, by, self_filed)
        if row.closed_at is not None:
            raise GoneError
        if not row.filed_on <= answered_on <= self.context.today():
            raise FiledDayError
        if answer is not None and len(answer) > LONGEST_TEXT:
            raise TextTooLongError(longest=LONGEST_TEXT, length=len(answer))
        body = body_of(self.context, row)
        if body is not None and answer is not None:
            row.body_cipher = _closed(self.context, by, replace(body, answer=answer))
        if row.answered_on is None:
            await _remind_no_more(self.context, row)
        row.answered_on = answered_on
        return self_filed_of(row)


async def _locked(context: ComplaintContext, by: int, self_filed: int) -> SelfFiledRow:
    """Raises GoneError, NotAllowedError."""
    row = await context.session.get(SelfFiledRow, self_filed, with_for_update=True, populate_existing=True)
    if row is None:
        raise GoneError
    if row.person != by:
        raise NotAllowedError
    return row


async def _remind_no_more(context: ComplaintContext, row: SelfFiledRow) -> None:
    row.due_version += 1
    notifier = await context.notifier()
    await notifier.dropped(self_filed_subject(row.id), row.due_version)


def body_of(context: ComplaintContext, row: SelfFiledRow) -> SelfFiledBody | None:
    """None where it was not kept, or is erased."""
    if row.body_cipher is None:
        return None
    return _JSON.validate_json(context.cipher.open(row.body_cipher, SELF_FILED_BODY.field, row.person))


def _closed(context: ComplaintContext, person: int, body: SelfFiledBody) -> str:
    return context.cipher.close(_JSON.dump_json(body).decode(), SELF_FILED_BODY.field, person)


async def forget_old_bodies(session: AsyncSession, now: datetime) -> None:
    """Retention: a year after they were handed in only the dates are left."""
    old = SelfFiledRow.made_at < now - retention.SELF_FILED
    erased = update(SelfFiledRow).where(old, SelfFiledRow.body_cipher.is_not(None))
    await session.execute(erased.values(body_cipher=None))


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
        answered_on=row.answered_on,
        is_open=row.closed_at is None,
    )


def _rule(draft: Draft, addressee: Organisation | None) -> Rule:
    if draft.to_agency:
        return Rule.AUTHORITY
    return Rule.PROVIDER if addressee is None else rule_of(addressee.kind)
