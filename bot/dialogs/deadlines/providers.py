"""Dependencies of the calculator: the terms and the current working calendar."""

from dishka import Provider, Scope, provide

from deadlines.store import LiveCalendar
from kernel.clock import Clock
from knowledge.term_catalogue import TermCatalogue


class DeadlineProvider(Provider):
    scope = Scope.APP

    @provide
    def terms(self) -> TermCatalogue:
        return TermCatalogue.load()

    @provide
    def calendar(self, clock: Clock) -> LiveCalendar:
        return LiveCalendar(clock)
