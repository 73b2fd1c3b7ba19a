"""What the talks about complaints are given. The desk is everybody's; the rest is the citizen's."""

from dishka import Provider, Scope, provide

from bot.complaints.fetching import Fetches
from bot.complaints.forgetting import ForgetPerson
from bot.complaints.papers import Papers
from bot.complaints.sender import Sender
from bot.complaints.told import ToldMessages
from bot.complaints.words import TellingWords
from bot.dialogs.complaint.flow import Flow
from complaints.actions.citizens import (
    AddToComplaint,
    GoToAgency,
    Rate,
    SayNotSolved,
    SaySolved,
    Withdraw,
)
from complaints.actions.desk import Desk
from complaints.actions.drafting import (
    AttachToDraft,
    ChangeDraft,
    ConsentToComplaint,
    DetachFromDraft,
    DropDraft,
)
from complaints.actions.keeping import KeepDates, StopKeeping
from complaints.actions.sending import DailyLimit, SendDraft
from complaints.attachments.folder import FileFolder
from complaints.forgetting import ForgetComplaints
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.queries.own import OwnQueries
from complaints.telling import ComplaintWords


class ComplaintsProvider(Provider):
    """Everything works in the update's unit of work."""

    scope = Scope.REQUEST

    desk = provide(Desk)
    case_queries = provide(CaseQueries)


class CitizenProvider(Provider):
    scope = Scope.REQUEST

    consent = provide(ConsentToComplaint)
    change = provide(ChangeDraft)
    attach = provide(AttachToDraft)
    detach = provide(DetachFromDraft)
    drop = provide(DropDraft)
    send = provide(SendDraft)
    keep = provide(KeepDates)
    stop = provide(StopKeeping)
    add = provide(AddToComplaint)
    withdraw = provide(Withdraw)
    solved = provide(SaySolved)
    not_solved = provide(SayNotSolved)
    to_agency = provide(GoToAgency)
    rate = provide(Rate)
    mine = provide(MyComplaints)
    own = provide(OwnQueries)
    forget_complaints = provide(ForgetComplaints)
    forget = provide(ForgetPerson)

    flow = provide(Flow)
    fetches = provide(Fetches)
    told = provide(ToldMessages)
    sender = provide(Sender)
    papers = provide(Papers)


class ComplaintGroundProvider(Provider):
    """What outlives the updates: where files lie, what notices say, how much is taken from one person."""

    scope = Scope.APP

    def __init__(self, files: FileFolder, words: TellingWords, daily: DailyLimit) -> None:
        super().__init__()
        self._files = files
        self._words = words
        self._daily = daily

    @provide
    def files(self) -> FileFolder:
        return self._files

    @provide
    def daily(self) -> DailyLimit:
        return self._daily

    @provide
    def words(self) -> ComplaintWords:
        return self._words
