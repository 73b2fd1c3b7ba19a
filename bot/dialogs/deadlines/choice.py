"""The choices made in the calculator, read again from the dialog at every step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from deadlines.due import TermEvent
from deadlines.terms import Term
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
