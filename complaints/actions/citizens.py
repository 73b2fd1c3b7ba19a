"""What a citizen does with his own complaint."""

from dataclasses import dataclass

from complaints.actions.desk import Desk, citizen
from complaints.actions.registration import copied, follow, register
from complaints.case import Case, case_of
from complaints.errors import AtAgencyAlreadyError, StarsError
from complaints.facts import CameBy
from complaints.lifecycle import State, Step, check_offer
from complaints.queries.routes import RouteQueries
from complaints.routing import Goes, NotConnected
from complaints.tables import ComplaintRow, RatingRow
from complaints.talk import Saying, Talk, Words
from complaints.telling import Told
from complaints.terms import Rule
from complaints.trail import digest
from database.atomic import atomic
from registry_data.routing import Place


@dataclass(frozen=True, slots=True)
class AddToComplaint:
    """A message or file for an open complaint: given where it was asked for, else added."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, words: Words) -> Case:
        """Raises GoneError, NotAllowedError, IllegalMoveError, and what Words.check raises."""
        row = await self.desk.own(by, complaint)
        step = Step.GIVE if State(row.state) is State.INFORMATION_ASKED else Step.ADD
        self.desk.check(row, step)
        message = await say(self.desk, row, Saying.ADDITION, by, words)
        await self.desk.step(row, step, citizen(by), message=message, text=_digest(row, words))
        staff = await self.desk.staff(row.organisation)
        told = staff.told(row.assignee)
        await (await self.desk.teller()).officials(row, Told.ADDED, told, message)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class Withdraw:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case:
        """Raises GoneError, NotAllowedError, IllegalMoveError."""
        row = await self.desk.own(by, complaint)
        await self.desk.step(row, Step.WITHDRAW, citizen(by))
        staff = await self.desk.staff(row.organisation)
        await (await self.desk.teller()).officials(row, Told.WITHDRAWN, staff.told(row.assignee))
        return case_of(row)


@dataclass(frozen=True, slots=True)
class SaySolved:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case:
        """Raises GoneError, NotAllowedError, IllegalMoveError."""
        row = await self.desk.own(by, complaint)
        await self.desk.step(row, Step.SOLVE, citizen(by))
        return case_of(row)


@dataclass(frozen=True, slots=True)
class SayNotSolved:
    """The body that answered hears of it; what comes next, the Agency or the court, is Case.rule's."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, words: Words | None = None) -> Case:
        """Raises GoneError, NotAllowedError, IllegalMoveError, OfferOverError."""
        row = await self.desk.own(by, complaint)
        await not_solved(self.desk, row, by, words)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class GoToAgency:
    """The complaint goes to the Agency's body as another one, with 15 working days of its own.

    The first body's duty to answer stays where it has not answered. A second press answers with the same
    complaint.
    """

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case | NotConnected:
        """The new complaint; nothing changes where no body of the Agency is connected.

        Raises GoneError, NotAllowedError, IllegalMoveError, AtAgencyAlreadyError.
        """
        row = await self.desk.own(by, complaint)
        if row.rule == Rule.AUTHORITY:
            raise AtAgencyAlreadyError
        self.desk.check(row, Step.GO_TO_AGENCY)
        known = await self.desk.complaints.followed_by(row.id, CameBy.AGENCY)
        if known is not None:
            return case_of(known)
        route = await self._route(row)
        if isinstance(route, NotConnected):
            return route
        return await self._go(row, route, by)

    async def _route(self, row: ComplaintRow) -> Goes | NotConnected:
        routing = await RouteQueries.stored(self.desk.session).routing()
        place = Place(region=row.region, district=row.district)
        return routing.to_agency(row.organisation, place)

    async def _go(self, row: ComplaintRow, route: Goes, by: int) -> Case:
        new = follow(
            row,
            copied(row, route.organisation.code, route.rule, self.desk.now()),
            CameBy.AGENCY,
        )
        following = await register(self.desk, new, citizen(by))
        await self.desk.step(row, Step.GO_TO_AGENCY, citizen(by), to=following.id, body=new.organisation)
        return case_of(following)


@dataclass(frozen=True, slots=True)
class Rate:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, stars: int, word: str = "") -> Case:
        """One to five; a second rating replaces the first.

        Raises GoneError, NotAllowedError, IllegalMoveError, StarsError, TextTooLongError.
        """
        row = await self.desk.own(by, complaint)
        if not 1 <= stars <= 5:
            raise StarsError
        if word.strip():
            Words(text=word).check()
        await self.desk.step(row, Step.RATE, citizen(by), stars=stars)
        rating = RatingRow(complaint=row.id, stars=stars, word_cipher=self._closed(word), at=self.desk.now())
        await self.desk.session.merge(rating)
        return case_of(row)

    def _closed(self, word: str) -> str | None:
        return self.desk.cipher.close(word.strip()) if word.strip() else None


async def not_solved(desk: Desk, row: ComplaintRow, by: int, words: Words | None) -> None:
    """Raises IllegalMoveError, OfferOverError, what Words.check raises. The caller commits."""
    desk.check(row, Step.NOT_SOLVE)
    assert row.answered_on is not None
    check_offer(row.answered_on, desk.today())
    message = await say(desk, row, Saying.NOT_SOLVED, by, words) if words is not None else None
    await desk.step(row, Step.NOT_SOLVE, citizen(by), message=message)
    staff = await desk.staff(row.organisation)
    await (await desk.teller()).officials(row, Told.NOT_SOLVED, staff.told(row.assignee), message)


async def say(desk: Desk, row: ComplaintRow, saying: Saying, by: int, words: Words) -> int:
    """Keep what was said; the message's number. Raises what Words.check raises."""
    words.check()
    return (await Talk(desk.session, desk.cipher).say(row, saying, by, words, desk.now())).id


def _digest(row: ComplaintRow, words: Words) -> str | None:
    return digest(row.seal, words.text) if row.seal and words.text else None
