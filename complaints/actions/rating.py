"""The citizen rates how the complaint was handled and, asked apart, how the service itself was."""

from dataclasses import dataclass

from complaints.actions.context import ComplaintContext, citizen
from complaints.case import ComplaintCase, case_of
from complaints.errors import StarsError
from complaints.lifecycle import LifecycleStep
from complaints.service_rating_tables import ServiceRatingRow
from complaints.tables import ComplaintRow, RatingRow
from complaints.thread import MessageContent
from database.engine import atomic

RATING_WORD = "complaint_ratings.word"
SERVICE_RATING_WORD = "complaint_service_ratings.word"


@dataclass(frozen=True, slots=True)
class RateComplaint:
    """How the complaint was handled."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, stars: int, word: str = "") -> ComplaintCase:
        """One to five; a second rating replaces the first.

        Raises GoneError, NotAllowedError, IllegalTransitionError, StarsError, TextTooLongError.
        """
        row = await self.context.own(by, complaint)
        _check(stars, word)
        await self.context.step(row, LifecycleStep.RATE, citizen(by), stars=stars)
        closed = await _closed(self.context, row, word, RATING_WORD)
        now = self.context.now()
        await self.context.session.merge(RatingRow(complaint=row.id, stars=stars, word_cipher=closed, at=now))
        return case_of(row)


@dataclass(frozen=True, slots=True)
class RateService:
    """How the service was that the complaint is about."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, stars: int, word: str = "") -> ComplaintCase:
        """As RateComplaint."""
        row = await self.context.own(by, complaint)
        _check(stars, word)
        await self.context.step(row, LifecycleStep.RATE_SERVICE, citizen(by), stars=stars)
        closed = await _closed(self.context, row, word, SERVICE_RATING_WORD)
        now = self.context.now()
        await self.context.session.merge(
            ServiceRatingRow(complaint=row.id, stars=stars, word_cipher=closed, at=now)
        )
        return case_of(row)


def _check(stars: int, word: str) -> None:
    if not 1 <= stars <= 5:
        raise StarsError
    if word.strip():
        MessageContent(text=word).check()


async def _closed(context: ComplaintContext, row: ComplaintRow, word: str, place: str) -> str | None:
    key = (await context.keys.of([row.id])).get(row.id)
    return key.close(word.strip(), place) if word.strip() and key is not None else None
