"""What the talk about a complaint that came elsewhere is given."""

from dishka import Provider, Scope, provide

from bot.dialogs.register.flow import EntryFlow
from complaints.desk_drafts.actions import Entries


class RegisterProvider(Provider):
    scope = Scope.REQUEST

    entries = provide(Entries)
    flow = provide(EntryFlow)
