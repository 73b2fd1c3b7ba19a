"""Open a dialog and close the ones opened before."""

from collections.abc import Sequence
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, ShowMode, StartMode

_OVER = "over"  # in the start data of a dialog that was opened over another one


async def open_window(
    manager: DialogManager, state: State, *, show_mode: ShowMode = ShowMode.SEND, **data: Any
) -> None:
    """Show the window, by default in a new message, with `data` as its start data."""
    await manager.start(state, data=data or None, mode=StartMode.RESET_STACK, show_mode=show_mode)


async def open_over(
    manager: DialogManager, state: State, *, show_mode: ShowMode = ShowMode.SEND, **data: Any
) -> None:
    """Show the window over the open one, by default in a new message; `go_down` brings that one back.

    Where the open one is such a window itself, it shows the new data instead.
    """
    if not manager.has_context():
        await open_window(manager, state, **data)
    elif is_over(manager) and manager.current_context().state == state:
        manager.dialog_data.update(data)
        await manager.show(show_mode)
    else:
        await manager.start(state, data={**data, _OVER: state.state}, show_mode=show_mode)


def is_over(manager: DialogManager) -> bool:
    """Whether the open window is the one with which its dialog was opened over another."""
    started = manager.start_data
    return isinstance(started, dict) and started.get(_OVER) == manager.current_context().state.state


async def go_down(manager: DialogManager, otherwise: State) -> None:
    """Back to the window below; `otherwise` is the dialog's own way back."""
    if is_over(manager):
        await manager.done()
    else:
        await manager.switch_to(otherwise)


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
