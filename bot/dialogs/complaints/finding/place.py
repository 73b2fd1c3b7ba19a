"""What was looked for, as codes, days and ids: what an official typed is not kept."""

from datetime import date
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from complaints.queries.search import Criteria


def look_for(manager: DialogManager, criteria: Criteria, **said: Any) -> None:
    """`said` are a key of `finding` and its values, all of them codes and numbers."""
    manager.dialog_data["criteria"] = {
        "service": criteria.service,
        "days": [one.isoformat() for one in criteria.days] if criteria.days else None,
        "ids": list(criteria.ids) if criteria.ids is not None else None,
    }
    manager.dialog_data.update(said=said, below=[])


def criteria_of(manager: DialogManager) -> Criteria:
    """Raises WindowOutdatedError where nothing was looked for."""
    kept = manager.dialog_data.get("criteria")
    if kept is None:
        raise WindowOutdatedError
    days = [date.fromisoformat(one) for one in kept["days"] or ()]
    return Criteria(
        service=kept["service"],
        days=(days[0], days[1]) if days else None,
        ids=tuple(kept["ids"]) if kept["ids"] is not None else None,
    )


def below_of(manager: DialogManager) -> int | None:
    """Where the page begins; None for the first."""
    turned = manager.dialog_data.get("below") or []
    return int(turned[-1]) if turned else None
