"""Dependencies of the complaint dialogs: ComplaintContext serves everybody, the rest citizens only."""

from dishka import Provider, Scope, provide

from accounts.cipher import Cipher
from accounts.profile.actions import ForgetMe
from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.opening import Agreement
from bot.dialogs.complaints.submission.saving import ProfileKeeper
from bot.dialogs.complaints.submission.sending import DraftSender
from bot.views.complaints.complaint import ComplaintDocuments
from bot.views.complaints.notices import ComplaintNoticeRenderer
from complaints.actions.citizens import (
    AddToComplaint,
    EscalateToAgency,
    MarkNotSolved,
    MarkSolved,
    WithdrawComplaint,
)
from complaints.actions.context import ComplaintContext
from complaints.actions.drafting import (
    AttachToDraft,
    ChangeDraft,
    ConsentToComplaint,
    DetachFromDraft,
    DropDraft,
)
from complaints.actions.materials import RequestMaterials
from complaints.actions.rating import RateComplaint, RateService
from complaints.actions.self_filed import RecordSelfFiledAnswer, StopTracking, TrackSelfFiled
from complaints.actions.sending import ComplaintSubmission, DailyLimit, SubmitDraft
from complaints.attachments.downloads import AttachmentDownloads
from complaints.attachments.folder import FileFolder
from complaints.forget_person import ForgetPerson
from complaints.forgetting import ForgetComplaints
from complaints.hearings.actions import AskOralHearing
from complaints.notifier import NotificationRenderer
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints, OwnQueries
from complaints.store import SourceMessages
from database.engine import UnitOfWork
from reminders.tables import FeedAddressRow, SnoozeRow
from reports.uploads.tables import SheetDownloadRow


class ComplaintsProvider(Provider):
    """Everything shares the update's unit of work."""

    scope = Scope.REQUEST

    complaint_context = provide(ComplaintContext)
    case_queries = provide(CaseQueries)


class CitizenProvider(Provider):
    scope = Scope.REQUEST

    consent = provide(ConsentToComplaint)
    change = provide(ChangeDraft)
    attach = provide(AttachToDraft)
    detach = provide(DetachFromDraft)
    drop = provide(DropDraft)
    send = provide(SubmitDraft)
    track = provide(TrackSelfFiled)
    stop = provide(StopTracking)
    record_answer = provide(RecordSelfFiledAnswer)
    add = provide(AddToComplaint)
    withdraw = provide(WithdrawComplaint)
    solved = provide(MarkSolved)
    not_solved = provide(MarkNotSolved)
    to_agency = provide(EscalateToAgency)
    rate = provide(RateComplaint)
    rate_service = provide(RateService)
    materials = provide(RequestMaterials)
    ask_oral = provide(AskOralHearing)
    mine = provide(MyComplaints)
    own = provide(OwnQueries)
    forget_complaints = provide(ForgetComplaints)

    flow = provide(Flow)
    agreement = provide(Agreement)
    keep_profile = provide(ProfileKeeper)
    fetches = provide(AttachmentDownloads)
    source_messages = provide(SourceMessages)
    submission = provide(ComplaintSubmission)
    sender = provide(DraftSender)
    documents = provide(ComplaintDocuments)

    @provide
    def forget(
        self, unit: UnitOfWork, forget_me: ForgetMe, complaints: ForgetComplaints, cipher: Cipher
    ) -> ForgetPerson:
        also = (FeedAddressRow.person, SnoozeRow.person, SheetDownloadRow.person)
        return ForgetPerson(unit, forget_me, complaints, cipher, also)


class ComplaintAppProvider(Provider):
    """Application scope: file storage, notice rendering, the daily limit per person."""

    scope = Scope.APP

    def __init__(self, files: FileFolder, renderer: ComplaintNoticeRenderer, daily: DailyLimit) -> None:
        super().__init__()
        self._files = files
        self._renderer = renderer
        self._daily = daily

    @provide
    def files(self) -> FileFolder:
        return self._files

    @provide
    def daily(self) -> DailyLimit:
        return self._daily

    @provide
    def renderer(self) -> NotificationRenderer:
        return self._renderer
