"""What the officials' talks about complaints are given."""

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.actions.answering import Close
from complaints.actions.extending import AskExtension, DecideExtension, TellExtension
from complaints.actions.taking import Assign, Take
from complaints.actions.working import Correct, NoteHearing
from complaints.desk_drafts.actions import Entries, Replies, SendReply
from complaints.queries.inbox import InboxQueries
from complaints.queries.routes import RouteQueries


class OfficialsProvider(Provider):
    """Everything works in the update's unit of work."""

    scope = Scope.REQUEST

    take = provide(Take)
    assign = provide(Assign)
    hearing = provide(NoteHearing)
    correct = provide(Correct)
    ask_extension = provide(AskExtension)
    decide_extension = provide(DecideExtension)
    tell_extension = provide(TellExtension)
    close = provide(Close)
    replies = provide(Replies)
    send_reply = provide(SendReply)
    entries = provide(Entries)
    inbox = provide(InboxQueries)

    @provide
    def routes(self, session: AsyncSession) -> RouteQueries:
        return RouteQueries.stored(session)
