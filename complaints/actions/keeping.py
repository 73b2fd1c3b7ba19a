"""Dates kept for a citizen who filed his complaint himself: nothing was filed by us."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.desk import Desk
from complaints.actions.drafting import drop_draft
from complaints.draft import Draft
from complaints.drafts import DraftStore
from complaints.errors import FiledDayError
from complaints.queries.routes import RouteQueries
from complaints.tables import SelfKeptRow
from complaints.telling import kept_subject
from complaints.terms import Rule, date_complaint, moment_of, rule_of
from database.atomic import atomic
from deadlines.due import Certainty
from registry_data.organisations import Organisation

_OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfKept:
    """See SelfKeptRow."""

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
class KeepDates:
    """The draft ends here: what was said in it is not kept. A second press answers with the same dates."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, draft: int, filed_on: date) -> SelfKept:
        """Raises GoneError, FiledDayError, OutOfCalendarError."""
        if not self.desk.today() - _OLDEST <= filed_on <= self.desk.today():
            raise FiledDayError
        drafts = DraftStore(self.desk.session, self.desk.cipher)
        row = await drafts.lock(by)
        if row is None or row.id != draft:
            return await self._kept_already(by, draft)
        told = drafts.read(row)
        addressee = await RouteQueries.stored(self.desk.session).addressee(told)
        due = date_complaint(_rule(told, addressee), moment_of(filed_on), await self.desk.calendar())
        kept = SelfKeptRow(
            person=by,
            draft=draft,
            service=told.service,
            organisation=addressee.code if addressee is not None else None,
            rule=due.term.rule,
            filed_on=filed_on,
            due_on=due.due_on,
            late_after=due.late_after,
            due_version=1,
            certainty=due.certainty.value,
            made_at=self.desk.now(),
        )
        self.desk.session.add(kept)
        await drop_draft(self.desk, by)
        return kept_of(kept)

    async def _kept_already(self, by: int, draft: int) -> SelfKept:
        kept = await self.desk.session.scalar(select(SelfKeptRow).where(SelfKeptRow.draft == draft))
        if kept is None or kept.person != by:
            raise GoneError
        return kept_of(kept)


@dataclass(frozen=True, slots=True)
class StopKeeping:
    """The citizen was answered, or wants no more reminders."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, kept: int) -> SelfKept:
        """Raises GoneError, NotAllowedError."""
        row = await self.desk.session.get(SelfKeptRow, kept, with_for_update=True, populate_existing=True)
        if row is None:
            raise GoneError
        if row.person != by:
            raise NotAllowedError
        if row.closed_at is None:
            row.closed_at = self.desk.now()
            row.due_version += 1
            teller = await self.desk.teller()
            await teller.dropped(kept_subject(row.id), row.due_version)
        return kept_of(row)


def kept_of(row: SelfKeptRow) -> SelfKept:
    return SelfKept(
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
