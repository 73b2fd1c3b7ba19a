"""Dependencies of the officials' complaint dialogs."""

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dialogs.complaints.inbox.looking import CaseLooks
from complaints.actions.answering import CloseComplaint
from complaints.actions.completing import AskToComplete, ConfirmComplete
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.materials import ShowMaterials
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.actions.working import CorrectComplaint, NoteHearing
from complaints.queries.inbox import InboxQueries
from complaints.queries.routes import RouteQueries
from complaints.staff_drafts.actions import EntryDrafts, ReplyDrafts, SendReply


class OfficialsProvider(Provider):
    """Everything shares the update's unit of work."""

    scope = Scope.REQUEST

    looks = provide(CaseLooks)
    take = provide(TakeComplaint)
    assign = provide(AssignComplaint)
    hearing = provide(NoteHearing)
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
