"""What the windows of filings, calendars and control events are given."""

from collections.abc import Mapping

from dishka import Provider, Scope, provide

from bot.dialogs.filings.telling import FilingTelling
from bot.feed import FeedAddress
from bot.translations import Translations
from bot.views.filings.names import FilingNames
from registry_data.obligations import ObligationRecord, load_obligations
from reminders.actions import AskCorrection, AskWaiver, DecideWaiver, Desk, Reopen, Snooze, Submit
from reminders.addresses import AddressStore, NewAddress
from reminders.event_store import EventStore
from reminders.events import AddEvent, CloseEvent, Learn
from reminders.queries import FilingQueries
from reminders.settings import SetLadder, SwitchObligation
from reminders.store import FilingStore, SettingStore


class FilingProvider(Provider):
    """Everything works in the update's unit of work; the obligations are read once."""

    scope = Scope.REQUEST

    def __init__(self, feed: FeedAddress) -> None:
        super().__init__()
        self._feed = feed

    filings = provide(FilingStore)
    settings = provide(SettingStore)
    events = provide(EventStore)
    addresses = provide(AddressStore)
    desk = provide(Desk)
    queries = provide(FilingQueries)

    submit = provide(Submit)
    snooze = provide(Snooze)
    ask_waiver = provide(AskWaiver)
    decide_waiver = provide(DecideWaiver)
    reopen = provide(Reopen)
    ask_correction = provide(AskCorrection)
    set_ladder = provide(SetLadder)
    switch = provide(SwitchObligation)
    add_event = provide(AddEvent)
    learn = provide(Learn)
    close_event = provide(CloseEvent)
    new_address = provide(NewAddress)
    telling = provide(FilingTelling)

    @provide(scope=Scope.APP)
    def obligations(self) -> Mapping[str, ObligationRecord]:
        return {one.code: one for one in load_obligations()}

    @provide(scope=Scope.APP)
    def names(self, obligations: Mapping[str, ObligationRecord]) -> FilingNames:
        return FilingNames(texts=Translations.load(), obligations=obligations)

    @provide(scope=Scope.APP)
    def feed(self) -> FeedAddress:
        return self._feed
