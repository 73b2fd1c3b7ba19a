"""Dependencies of the filing, calendar and control event windows."""

from collections.abc import Mapping

from dishka import Provider, Scope, provide

from bot.views.filings.names import FilingNames
from bot.views.filings.notifier import FilingNotifier
from localisation.translations import Translations
from oversight.contact_centre.actions import AcceptChangeOfAct
from oversight.contact_centre.queries import SeeActLetter
from oversight.contact_centre.store import ActNoticeStore
from oversight.control.actions import (
    AddControlEntry,
    ControlContext,
    DescribeControl,
    MarkDone,
    RecordInForms,
    RemoveControlEntry,
)
from oversight.control.store import ControlStore
from registry_data.obligations import ObligationRecord, load_obligations
from reminders.actions import (
    AskFilingCorrection,
    AskWaiver,
    DecideWaiver,
    FilingContext,
    ReopenFiling,
    SnoozeReminder,
    SubmitFiling,
)
from reminders.event_store import EventStore
from reminders.events import AddEvent, CloseEvent, RecordEventFact
from reminders.feed_addresses import FeedAddressStore, RenewFeedAddress
from reminders.queries import FilingQueries
from reminders.settings import SetReminderSchedule, SwitchObligation
from reminders.store import FilingStore, SettingStore
from reports.reopening import ReopenReport


class FilingProvider(Provider):
    """Everything shares the update's unit of work; the obligations are loaded once."""

    scope = Scope.REQUEST

    filings = provide(FilingStore)
    settings = provide(SettingStore)
    events = provide(EventStore)
    addresses = provide(FeedAddressStore)
    filing_context = provide(FilingContext)
    queries = provide(FilingQueries)

    submit = provide(SubmitFiling)
    snooze = provide(SnoozeReminder)
    ask_waiver = provide(AskWaiver)
    decide_waiver = provide(DecideWaiver)
    reopen_filing = provide(ReopenFiling)
    reopen = provide(ReopenReport)
    ask_correction = provide(AskFilingCorrection)
    set_schedule = provide(SetReminderSchedule)
    switch = provide(SwitchObligation)
    add_event = provide(AddEvent)
    learn = provide(RecordEventFact)
    close_event = provide(CloseEvent)
    control_store = provide(ControlStore)
    control = provide(ControlContext)
    add_entry = provide(AddControlEntry)
    mark_done = provide(MarkDone)
    remove_entry = provide(RemoveControlEntry)
    describe = provide(DescribeControl)
    record = provide(RecordInForms)
    new_address = provide(RenewFeedAddress)
    notifier = provide(FilingNotifier)
    act_notices = provide(ActNoticeStore)
    see_letter = provide(SeeActLetter)
    accept_change = provide(AcceptChangeOfAct)

    @provide(scope=Scope.APP)
    def obligations(self) -> Mapping[str, ObligationRecord]:
        return {one.code: one for one in load_obligations()}

    @provide(scope=Scope.APP)
    def names(self, obligations: Mapping[str, ObligationRecord]) -> FilingNames:
        return FilingNames(texts=Translations.load(), obligations=obligations)
