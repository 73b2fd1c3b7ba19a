"""Whether a message is free text: no open window has an input for it."""

from dataclasses import dataclass

from aiogram.filters import Filter
from aiogram.types import Message
from aiogram_dialog.api.entities import Context

from bot.dialogs.text_input import WindowInputs


@dataclass(frozen=True, slots=True)
class IsFreeText(Filter):
    """aiogram-dialog takes every message while a window is open, even one that the window has no input for.

    The routers of free text come before the dialogs and use this filter to leave the window its own messages.
    """

    inputs: WindowInputs

    async def __call__(self, message: Message, aiogd_context: Context | None = None) -> bool:
        return aiogd_context is None or not self.inputs.take(aiogd_context.state.state, message)
