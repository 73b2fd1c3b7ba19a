"""What the talk about a complaint that came elsewhere is given, besides what all officials' talks are."""

from dishka import Provider, Scope, provide

from bot.dialogs.complaints.entry.flow import EntryFlow


class RegisterProvider(Provider):
    scope = Scope.REQUEST

    flow = provide(EntryFlow)
