"""Open one complaint of the officials' inbox."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.opening import open_window
from complaints.queries.inbox import InboxList


async def open_case(manager: DialogManager, complaint: int, organisation: str) -> None:
    """Open one complaint in a new window; "back" leads to the list of its organisation."""
    await open_window(manager, Cases.case, **case_ids(complaint, organisation))


def case_ids(complaint: int, organisation: str) -> dict[str, Any]:
    """What the window of one complaint is opened with."""
    return {"list": InboxList.ALL.value, "complaint": complaint, "organisation": organisation}
