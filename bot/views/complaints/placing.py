"""The screens of messages that belong to a complaint: one was passed on, or where one belongs is asked."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot.request_context import RequestContext
from bot.views.callbacks import PlaceAction, PlaceCallback
from bot.views.screen import Screen, button, keyboard
from complaints.case import ComplaintCase
from complaints.lifecycle import LifecycleStep, may


def given_screen(context: RequestContext, case: ComplaintCase, files: int) -> Screen:
    return Screen(text=str(context.html("placing.given", number=str(case.number), files=files)))


def asked_citizen(
    context: RequestContext, cases: Sequence[ComplaintCase], count: int, *, is_text: bool
) -> Screen:
    """`count` messages wait for the answer."""
    rows = [_of_citizen(context, case, is_alone=len(cases) == 1, is_text=is_text) for case in cases]
    return _asked(context, "ask_one" if len(cases) == 1 else "ask_which", cases, rows, (count, is_text))


def asked_official(context: RequestContext, case: ComplaintCase, count: int, *, is_text: bool) -> Screen:
    ways = ((PlaceAction.INTO_ANSWER, LifecycleStep.ANSWER), (PlaceAction.INTO_QUESTION, LifecycleStep.ASK))
    rows = [
        [_button(context, action.name.lower(), action, case.id)]
        for action, step in ways
        if may(case.state, step) and (action is PlaceAction.INTO_ANSWER or case.person is not None)
    ]
    return _asked(context, "ask_one", [case], rows, (count, is_text))


def asked_story(context: RequestContext, count: int, *, is_text: bool) -> Screen:
    rows = [[_button(context, "into_story", PlaceAction.INTO_STORY)]]
    return _asked(context, "ask_story", [], rows, (count, is_text))


def closed_screen(context: RequestContext, case: ComplaintCase, count: int, *, is_text: bool) -> Screen:
    return _asked(context, "closed", [case], [], (count, is_text))


def _asked(
    context: RequestContext,
    key: str,
    cases: Sequence[ComplaintCase],
    rows: list[list[InlineKeyboardButton]],
    kept: tuple[int, bool],
) -> Screen:
    count, is_text = kept
    number = str(cases[0].number) if cases else ""
    other = [("registry", PlaceAction.REGISTRY)] if is_text else []
    last = [_button(context, name, action) for name, action in (*other, ("drop", PlaceAction.DROP))]
    return Screen(
        text=str(context.html(f"placing.{key}", number=number, count=count)), keyboard=keyboard([*rows, last])
    )


def _of_citizen(
    context: RequestContext, case: ComplaintCase, *, is_alone: bool, is_text: bool
) -> list[InlineKeyboardButton]:
    if may(case.state, LifecycleStep.GIVE) or may(case.state, LifecycleStep.ADD):
        label = "give" if is_alone else "give_one"
        return [_button(context, label, PlaceAction.GIVE, case.id, str(case.number))]
    return [_button(context, "not_solved", PlaceAction.NOT_SOLVED, case.id)] if is_text else []


def _button(
    context: RequestContext, name: str, action: PlaceAction, complaint: int = 0, number: str = ""
) -> InlineKeyboardButton:
    values = {"number": number} if number and name == "give_one" else {}
    return button(
        context.plain(f"placing.{name}", **values), PlaceCallback(action=action, complaint=complaint).pack()
    )
