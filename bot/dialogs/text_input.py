"""Which windows take typed text or attachments, derived from the windows themselves."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Protocol

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import Dialog
from aiogram_dialog.api.internal import InputWidget
from aiogram_dialog.widgets.input import CombinedInput, MessageInput, TextInput


class WindowInputs:
    """The input widgets of all windows, so that a new dialog takes text without being registered."""

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self._inputs = {
            state.state: getattr(window, "on_message", None)
            for dialog in dialogs
            for state, window in dialog.windows.items()
        }

    def take(self, state: str | None, message: Message) -> bool:
        """Whether the window of `state` gets the message; an unknown state has no window.

        A window that waits for text gets everything: what it has no input for makes it ask again. Another
        window gets only what it has an input for.
        """
        widget = self._inputs.get(state)
        return widget is not None and (_takes(widget, _TEXT) or _takes(widget, message))


class _HasContentType(Protocol):
    @property
    def content_type(self) -> str: ...


_TEXT: _HasContentType = SimpleNamespace(content_type=ContentType.TEXT)


def _takes(widget: InputWidget, message: _HasContentType) -> bool:
    """The widget's own content type check; other filters are left to the widget."""
    match widget:
        case CombinedInput():
            return any(_takes(one, message) for one in widget.inputs)
        case TextInput():
            return message.content_type == ContentType.TEXT
        case MessageInput():
            return all(one.magic.resolve(message) for one in widget.filters if one.magic is not None)
    return True
