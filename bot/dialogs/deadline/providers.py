"""What the calculator is given: the terms, and the working days as they stand now."""

from dishka import Provider, Scope, provide

from bot.terms import Terms
from deadlines.clock import Clock
from deadlines.queries import LiveCalendar


class DeadlineProvider(Provider):
    scope = Scope.APP

    @provide
    def terms(self) -> Terms:
        return Terms.load()

    @provide
    def calendar(self, clock: Clock) -> LiveCalendar:
        return LiveCalendar(clock)
