"""Going back by words: does what the back button of the open window would do."""

from collections.abc import Iterator

from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.kbd import Button, Group, Keyboard, SwitchTo

from bot.dialogs.widgets import Label

_BACK = "menu.back_button"


class BackButton(Button):
    """A back button whose handler needs no callback: words may press it too."""


async def go_back(manager: DialogManager) -> bool:
    """Show the window before the open one; False if no window is open or it has no way back."""
    if not manager.has_context():
        return False
    dialog: DialogProtocol = manager.dialog()  # type: ignore[attr-defined]
    window = dialog.windows[manager.current_context().state]  # type: ignore[attr-defined]
    button = next((one for one in _buttons(window.keyboard) if _goes_back(one)), None)
    if button is None:
        return False
    if isinstance(button, SwitchTo):
        await manager.switch_to(button.state)
    else:
        await button.on_click.process_event(manager.event, button, manager)
    await manager.show(ShowMode.SEND)
    return True


def _buttons(keyboard: Keyboard | None) -> Iterator[Button]:
    if isinstance(keyboard, Button):
        yield keyboard
    elif isinstance(keyboard, Group):
        for one in keyboard.buttons:
            yield from _buttons(one)


def _goes_back(button: Button) -> bool:
    is_ours = isinstance(button.text, Label) and button.text.key == _BACK
    return is_ours and isinstance(button, SwitchTo | BackButton)
