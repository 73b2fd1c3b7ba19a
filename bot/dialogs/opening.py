"""Open a dialog and close the ones opened before."""

from collections.abc import Sequence
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, ShowMode, StartMode


async def open_window(
    manager: DialogManager, state: State, *, show_mode: ShowMode = ShowMode.SEND, **data: Any
) -> None:
    """Show the window, by default in a new message, with `data` as its start data."""
    await manager.start(state, data=data or None, mode=StartMode.RESET_STACK, show_mode=show_mode)


async def open_for_organisation(
    manager: DialogManager, codes: Sequence[str], main: State, choose: State
) -> bool:
    """Open the window of the only organisation, or let the person choose; False if there is none."""
    if not codes:
        return False
    if len(codes) == 1:
        await open_window(manager, main, organisation=codes[0])
    else:
        await open_window(manager, choose)
    return True
