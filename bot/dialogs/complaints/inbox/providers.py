"""Dependencies of the officials' complaint dialogs."""

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dialogs.complaints.inbox.looking import CaseLooks
from bot.views.complaints.official_papers import OfficialPapers
from complaints.actions.answering import CloseComplaint
from complaints.actions.completing import AskToComplete, ConfirmComplete
from complaints.actions.context import ComplaintContext
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.materials import ShowMaterials
from complaints.actions.paper import CorrectPaper, VoidComplaint
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.actions.working import CorrectComplaint
from complaints.approvals.actions import ApproveAnswer, RequireApproval, ReturnAnswer
from complaints.approvals.queries import ApprovalQueries
from complaints.hearings.actions import ExceptHearing, NoteHearing, RemoveHearing
from complaints.hearings.telling import NotePreliminaryTold
from complaints.queries.inbox import InboxQueries
from complaints.queries.routes import RouteQueries
from complaints.staff_drafts.actions import EntryDrafts, ReplyDrafts, SendReply
from reports.reported import ReportedQuarters


class OfficialsProvider(Provider):
    """Everything shares the update's unit of work."""

    scope = Scope.REQUEST

    looks = provide(CaseLooks)
    take = provide(TakeComplaint)
    assign = provide(AssignComplaint)
    papers = provide(OfficialPapers)
    hearing = provide(NoteHearing)
    told_elsewhere = provide(NotePreliminaryTold)
    except_hearing = provide(ExceptHearing)
    remove_hearing = provide(RemoveHearing)
    require_approval = provide(RequireApproval)
    approve = provide(ApproveAnswer)
    send_back = provide(ReturnAnswer)
    approvals = provide(ApprovalQueries)
    void = provide(VoidComplaint)
    correct = provide(CorrectComplaint)
    ask_extension = provide(AskExtension)
    decide_extension = provide(DecideExtension)
    tell_extension = provide(ConfirmExtensionNotice)
    ask_to_complete = provide(AskToComplete)
    confirm_complete = provide(ConfirmComplete)
    show_materials = provide(ShowMaterials)
    close = provide(CloseComplaint)
    replies = provide(ReplyDrafts)
    send_reply = provide(SendReply)
    entries = provide(EntryDrafts)
    inbox = provide(InboxQueries)

    @provide
    def routes(self, session: AsyncSession) -> RouteQueries:
        return RouteQueries.stored(session)

    @provide
    def correct_paper(self, context: ComplaintContext) -> CorrectPaper:
        return CorrectPaper(context, ReportedQuarters())
