"""The wizard: one question after another, ending at a summary."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest
from aiogram.fsm.state import State, StatesGroup

from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.wizard import Questions, Wizard


class Step(StrEnum):
    NAME = "name"
    COLOUR = "colour"
    SIZE = "size"
    SUMMARY = "summary"


class Order(StatesGroup):
    name = State()
    colour = State()
    size = State()
    summary = State()
    intro = State()


QUESTIONS: Questions[Step, set[str]] = Questions(
    order=Step,
    summary=Step.SUMMARY,
    is_open={
        Step.NAME: lambda known: "name" not in known,
        Step.SIZE: lambda known: "size" not in known,
    },
    optional=frozenset({Step.SIZE}),
)  # the colour is asked only on request


@dataclass
class Manager:
    """The part of a DialogManager that the wizard uses."""

    state: State = field(default_factory=lambda: Order.name)
    dialog_data: dict[str, Any] = field(default_factory=dict)

    def current_context(self) -> "Manager":
        return self

    async def switch_to(self, state: State) -> None:
        self.state = state


@pytest.fixture
def manager() -> Any:
    return Manager()


@pytest.fixture
def wizard() -> Wizard[Step, set[str]]:
    return Wizard(QUESTIONS, Order)


@pytest.mark.parametrize(
    ("known", "skipped", "step"),
    [
        (set(), [], Step.NAME),
        ({"name"}, [], Step.SIZE),
        ({"size"}, [], Step.NAME),
        ({"name", "size"}, [], Step.SUMMARY),
        ({"name"}, [Step.SIZE], Step.SUMMARY),
        (set(), [Step.NAME], Step.NAME),  # a required question cannot be skipped
    ],
)
def test_next_step_is_the_first_open_question(known: set[str], skipped: list[Step], step: Step):
    assert QUESTIONS.next(known, skipped) is step


async def test_answers_lead_to_the_summary(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.proceed(manager, {"name"})
    assert manager.state == Order.size
    await wizard.proceed(manager, {"name", "size"})
    assert manager.state == Order.summary


async def test_back_retraces_the_path_and_stays_at_its_start(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.go(manager, Step.COLOUR)
    await wizard.go(manager, Step.SIZE)
    shown = []
    for _ in range(3):
        await wizard.back(manager)
        shown.append(manager.state)
    assert shown == [Order.colour, Order.name, Order.name]


async def test_back_does_not_lead_past_the_summary(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.go(manager, Step.SIZE)
    await wizard.go(manager, Step.SUMMARY)
    await wizard.back(manager)
    assert manager.state == Order.summary


async def test_back_skips_windows_without_a_question(wizard: Wizard[Step, set[str]], manager: Any):
    manager.state = Order.intro
    await wizard.go(manager, Step.NAME)
    await wizard.go(manager, Step.SIZE)
    await wizard.back(manager)
    await wizard.back(manager)
    assert manager.state == Order.name


async def test_asking_the_same_question_again_leaves_the_path(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.go(manager, Step.SIZE)
    await wizard.go(manager, Step.SIZE)
    await wizard.back(manager)
    assert manager.state == Order.name


async def test_back_skips_removed_steps(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.go(manager, Step.SIZE)
    manager.dialog_data["path"].append("Order:retired")
    await wizard.back(manager)
    assert manager.state == Order.name


async def test_skipped_question_is_not_asked_again(wizard: Wizard[Step, set[str]], manager: Any):
    wizard.skip(manager, Step.SIZE)
    assert wizard.skipped(manager) == {Step.SIZE}
    await wizard.proceed(manager, {"name"})
    assert manager.state == Order.summary


async def test_optional_question_is_not_asked_after_the_summary(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.proceed(manager, {"name", "size"})
    await wizard.proceed(manager, {"name"})
    assert manager.state == Order.summary


async def test_changed_line_leads_back_to_the_summary(wizard: Wizard[Step, set[str]], manager: Any):
    await wizard.proceed(manager, {"name", "size"})
    await wizard.change(manager, "colour")
    assert manager.state == Order.colour
    await wizard.back(manager)
    assert manager.state == Order.summary


async def test_question_opened_by_a_change_leads_back_through_it(
    wizard: Wizard[Step, set[str]], manager: Any
):
    await wizard.proceed(manager, {"name", "size"})
    await wizard.change(manager, "colour")
    await wizard.proceed(manager, set())
    shown = [manager.state]
    for _ in range(2):
        await wizard.back(manager)
        shown.append(manager.state)
    assert shown == [Order.name, Order.colour, Order.summary]


@pytest.mark.parametrize("name", ["summary", "retired", ""])
async def test_unknown_line_is_outdated(wizard: Wizard[Step, set[str]], manager: Any, name: str):
    with pytest.raises(WindowOutdatedError):
        await wizard.change(manager, name)


def test_current_step_follows_the_open_window(wizard: Wizard[Step, set[str]], manager: Any):
    assert wizard.current(manager) is Step.NAME


def test_window_without_a_question_has_no_step(wizard: Wizard[Step, set[str]], manager: Any):
    manager.state = Order.intro
    with pytest.raises(WindowOutdatedError):
        wizard.current(manager)
