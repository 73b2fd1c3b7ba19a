"""A dialog that asks one question after another and ends at a summary of the answers.

The dialog's state holds names of steps only, never an answer.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from aiogram.fsm.state import State, StatesGroup
from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError

StepT = TypeVar("StepT", bound=StrEnum)
Known = TypeVar("Known")
_PATH, _SKIPPED = "path", "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions(Generic[StepT, Known]):
    """Decides which question comes next, in the definition order of `order`; pure.

    `is_open` tells whether a step still lacks an answer; a step without an entry is asked only on request.
    `optional` steps may be skipped.
    """

    order: type[StepT]
    summary: StepT
    is_open: Mapping[StepT, Callable[[Known], bool]]
    optional: frozenset[StepT]

    def next(self, known: Known, skipped: Collection[StepT] = ()) -> StepT:
        """The first open question, or the summary."""
        return next((step for step in self.order if self._is_due(step, known, skipped)), self.summary)

    def _is_due(self, step: StepT, known: Known, skipped: Collection[StepT]) -> bool:
        if step in skipped and step in self.optional:
            return False
        return step in self.is_open and self.is_open[step](known)


class Wizard(Generic[StepT, Known]):
    """Moves between the windows of the questions: each step has a state of the same name in `states`."""

    def __init__(self, questions: Questions[StepT, Known], states: type[StatesGroup]) -> None:
        self.questions = questions
        self._windows: dict[StepT, State] = {step: getattr(states, step.value) for step in questions.order}
        self._steps = {state: step for step, state in self._windows.items()}

    async def proceed(self, manager: DialogManager, known: Known) -> None:
        """Ask the first open question; after the summary, optional ones are not asked again."""
        step = self.questions.next(known, self.skipped(manager))
        if step is self.questions.summary:
            self.skip(manager, *self.questions.optional)
        await self.go(manager, step)

    async def go(self, manager: DialogManager, step: StepT) -> None:
        """Show a step's window; "back" returns to the current one, but not past the summary."""
        current_step = self._steps.get(manager.current_context().state)
        path = manager.dialog_data.setdefault(_PATH, [])
        if step is self.questions.summary:
            path.clear()
        elif current_step not in {None, step} and path[-1:] != [current_step]:
            path.append(str(current_step))
        await self._show(manager, step)

    async def back(self, manager: DialogManager) -> None:
        """Show the previous window; the first one stays."""
        path = manager.dialog_data.get(_PATH) or []
        while path:
            name = path.pop()
            if name in set(self.questions.order):  # a path stored by an older version may name other steps
                await self._show(manager, self.questions.order(name))
                return

    async def change(self, manager: DialogManager, name: str) -> None:
        """Ask for one line of the summary again; "back" leads to the summary. Raises WindowOutdatedError."""
        if name not in set(self.questions.order) - {self.questions.summary}:
            raise WindowOutdatedError
        manager.dialog_data[_PATH] = [self.questions.summary.value]
        await self._show(manager, self.questions.order(name))

    def current(self, manager: DialogManager) -> StepT:
        """The step whose window is open. Raises WindowOutdatedError for a window without a question."""
        found = self._steps.get(manager.current_context().state)
        if found is None:
            raise WindowOutdatedError
        return found

    def skip(self, manager: DialogManager, *steps: StepT) -> None:
        """Leave these questions unanswered; they are not asked again."""
        manager.dialog_data[_SKIPPED] = sorted({*manager.dialog_data.get(_SKIPPED, []), *steps})

    def skipped(self, manager: DialogManager) -> frozenset[StepT]:
        return frozenset(self.questions.order(name) for name in manager.dialog_data.get(_SKIPPED, []))

    @staticmethod
    def has_path(data: dict[str, Any], *_: object) -> bool:
        """Whether "back" has a window to return to, for a widget's `when`."""
        return bool(data["dialog_data"].get(_PATH))

    async def _show(self, manager: DialogManager, step: StepT) -> None:
        await manager.switch_to(self._windows[step])
