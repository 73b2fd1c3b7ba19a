"""Data of the calculator's windows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.deadlines.calculation import CalculationView, DueDateCalculation
from bot.views.text import shorten
from deadlines.due import TermEvent, due
from deadlines.errors import DeadlineError
from deadlines.store import LiveCalendar
from deadlines.terms import Term, TermKind
from knowledge.term_catalogue import TermCatalogue, TermGroup
from registry_data.terms import TermRecord


def chosen_group(manager: DialogManager) -> TermGroup:
    """Raises WindowOutdatedError without a valid choice."""
    return group_of(str(manager.dialog_data.get("group", "")))


def group_of(value: str) -> TermGroup:
    """Raises WindowOutdatedError for an unknown group: button data comes from the client."""
    try:
        return TermGroup(value)
    except ValueError as error:
        raise WindowOutdatedError from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The chosen term and what is known of its event; `at` is None until a moment is given."""

    record: TermRecord
    term: Term
    at: datetime | None
    length: int | None
    extended: bool

    @classmethod
    def of(cls, manager: DialogManager, terms: TermCatalogue) -> Self:
        """Raises WindowOutdatedError if no term is chosen or it no longer exists."""
        data = manager.dialog_data
        rule = str(data.get("rule"))
        if rule not in terms.terms:
            raise WindowOutdatedError
        at = data.get("at")
        return cls(
            record=terms.records[rule],
            term=terms.terms[rule],
            at=datetime.fromisoformat(at) if at else None,
            length=data.get("length"),
            extended=bool(data.get("extended")),
        )

    def event(self, now: datetime) -> TermEvent:
        """What the engine counts from; `now` replaces a missing date."""
        extensions = (self.term.extension_up_to,) if self.extended else ()
        return TermEvent(at=self.at or now, length=self.length, extensions=extensions)


async def get_groups(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"groups": [(group.value, context.plain(f"deadline.group_{group.value}")) for group in TermGroup]}


@inject
async def get_rules(
    dialog_manager: DialogManager, context: RequestContext, terms: FromDishka[TermCatalogue], **_: object
) -> dict[str, Any]:
    group = chosen_group(dialog_manager)
    return {
        "group": context.plain(f"deadline.group_{group.value}"),
        "rules": [
            (record.rule, shorten(record.names.in_language(context.language)))
            for record in terms.of_group(group)
        ],
    }


@inject
async def get_term(
    dialog_manager: DialogManager, context: RequestContext, terms: FromDishka[TermCatalogue], **_: object
) -> dict[str, Any]:
    record = Choice.of(dialog_manager, terms).record
    return {
        "name": record.names.in_language(context.language),
        "event": record.event.in_language(context.language),
    }


@inject
async def get_result(
    dialog_manager: DialogManager,
    context: RequestContext,
    terms: FromDishka[TermCatalogue],
    live: FromDishka[LiveCalendar],
    session: FromDishka[AsyncSession],
    **_: object,
) -> dict[str, Any]:
    """The due date with its counting, or the engine's refusal."""
    choice = Choice.of(dialog_manager, terms)
    view = CalculationView(texts=context.texts, language=context.language)
    calendar = await live.current(session)
    try:
        text = view.text(
            DueDateCalculation(
                record=choice.record,
                due=due(choice.term, choice.event(context.now), calendar),
                calendar=calendar,
                acts=context.catalogue.acts,
                now=context.now,
            )
        )
    except DeadlineError as error:
        text = view.undated(choice.record, error, context.catalogue.acts)
    return {
        "text": text,
        "extend": context.plain("deadline.extend_button", days=choice.term.extension_up_to),
        "can_extend": bool(choice.term.extension_up_to) and not choice.extended,
        "is_extended": choice.extended,
        "has_moment": choice.term.kind is not TermKind.DUTY,
    }
