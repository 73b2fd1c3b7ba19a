"""Dependencies of the entry dialog, in addition to those of all officials' dialogs."""

from dishka import Provider, Scope, provide

from bot.dialogs.complaints.entry.flow import EntryFlow


class RegisterProvider(Provider):
    scope = Scope.REQUEST

    flow = provide(EntryFlow)
