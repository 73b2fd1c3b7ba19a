"""Dependencies of the switch windows."""

from dishka import Provider, Scope, provide

from accounts.switches.actions import SeeSwitches, SwitchFollowUp, TurnSwitch
from accounts.switches.store import LiveSwitches, SwitchStore
from reminders.job_switches import followed


class SwitchProvider(Provider):
    """Switches change in the update's unit of work; the cached state belongs to the process."""

    scope = Scope.REQUEST

    def __init__(self, live: LiveSwitches) -> None:
        super().__init__()
        self._live = live

    store = provide(SwitchStore)
    see = provide(SeeSwitches)
    turn = provide(TurnSwitch)

    @provide(scope=Scope.APP)
    def live(self) -> LiveSwitches:
        return self._live

    @provide(scope=Scope.APP)
    def followed(self) -> SwitchFollowUp:
        return followed
