"""A filter for free text: messages that no open window takes."""

from dataclasses import dataclass

from aiogram.filters import Filter
from aiogram.types import Message
from aiogram_dialog.api.entities import Context

from bot.dialogs.text_input import WindowInputs


@dataclass(frozen=True, slots=True)
class IsFreeText(Filter):
    """Leaves to an open window the messages it has an input for.

    The routers of free text run before the dialogs, because aiogram-dialog takes every message while a window
    is open.
    """

    inputs: WindowInputs

    async def __call__(self, message: Message, aiogd_context: Context | None = None) -> bool:
        return aiogd_context is None or not self.inputs.take(aiogd_context.state.state, message)
