"""The official's entry and the way from one question to the next. The dialog holds steps and ids only."""

from dataclasses import dataclass, replace
from datetime import date

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from accounts.errors import GoneError
from accounts.officials.guard import Guard
from accounts.permissions import Action
from bot.dialogs.officials.place import organisation_of
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.register.states import Register
from bot.dialogs.register.steps import OPTIONAL, Step, next_step
from bot.request_context import context_of
from complaints.desk_drafts.actions import Entries
from complaints.desk_drafts.drafts import EntryDraft
from complaints.terms import date_complaint, moment_of, rule_of
from deadlines.due import Due

WINDOWS: dict[Step, State] = {step: getattr(Register, step.value) for step in Step}
_STEPS = {state: step for step, state in WINDOWS.items()}
_PATH, _PASSED = "path", "passed"


@dataclass(frozen=True, slots=True)
class EntryFlow:
    """Reads and changes the entry of one person for one organisation, in the update's own transaction."""

    entries: Entries
    guard: Guard

    async def places(self, person: int) -> list[str]:
        """The codes of the organisations for which `person` may enter complaints."""
        codes = dict.fromkeys(one.organisation for one in await self.guard.members.of_person(person))
        known = [code for code in codes if await self.guard.organisations.get(code) is not None]
        return [code for code in known if await self.guard.may(person, Action.REGISTER_COMPLAINTS, code)]

    async def get(self, manager: DialogManager) -> EntryDraft:
        """Raises NotAllowedError."""
        return await self.entries.find(context_of(manager).person.telegram_id, organisation_of(manager))

    async def change(self, manager: DialogManager, **values: object) -> EntryDraft:
        """Raises NotAllowedError, and what EntryDraft's readers raise."""
        person, organisation = context_of(manager).person.telegram_id, organisation_of(manager)
        return await self.entries.change(
            person,
            organisation,
            lambda draft: replace(draft, **values),  # type: ignore[arg-type]
        )

    async def due(self, organisation: str, received_on: date) -> Due:
        """Until when it would have to be answered. Raises GoneError, OutOfCalendarError."""
        found = await self.guard.organisations.get(organisation)
        if found is None:
            raise GoneError
        desk = self.entries.desk
        at = min(desk.now(), moment_of(received_on))
        return date_complaint(rule_of(found.kind), at, await desk.calendar())


async def proceed(manager: DialogManager, draft: EntryDraft) -> None:
    """Go to the first question that is still open, or to the summary."""
    step = next_step(draft, _passed(manager))
    if step is Step.SUMMARY:
        pass_over(manager, *OPTIONAL)
    await go(manager, WINDOWS[step])


async def go(manager: DialogManager, state: State) -> None:
    """Show a window; "back" leads from it to the present one."""
    here = manager.current_context().state
    path = manager.dialog_data.setdefault(_PATH, [])
    if state == Register.summary:
        path.clear()
    elif here in _STEPS and here != state:
        path.append(_STEPS[here].value)
    await manager.switch_to(state)


async def go_back(manager: DialogManager) -> None:
    """To the window before; the first one stays."""
    path = manager.dialog_data.get(_PATH) or []
    if path:
        await manager.switch_to(WINDOWS[Step(path.pop())])


async def change_line(manager: DialogManager, step: Step) -> None:
    """Ask for one line of the summary again; "back" leads to the summary."""
    manager.dialog_data[_PATH] = [Step.SUMMARY.value]
    await manager.switch_to(WINDOWS[step])


def pass_over(manager: DialogManager, *steps: Step) -> None:
    """These questions may stay without an answer: they are not asked again."""
    manager.dialog_data[_PASSED] = sorted({*manager.dialog_data.get(_PASSED, []), *steps})


def is_passed(manager: DialogManager, step: Step) -> bool:
    return step in _passed(manager)


def step_of(manager: DialogManager) -> Step:
    """The question that the present window asks. Raises WindowOutdatedError."""
    found = _STEPS.get(manager.current_context().state)
    if found is None:
        raise WindowOutdatedError
    return found


def _passed(manager: DialogManager) -> frozenset[Step]:
    return frozenset(Step(name) for name in manager.dialog_data.get(_PASSED, []))
