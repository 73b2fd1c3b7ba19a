"""A button that creates a file and sends it below the window."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from dishka.integrations.aiogram_dialog import CONTAINER_NAME

from bot.dialogs.output import File, send_file
from bot.request_context import context_of
from kernel.language import Language

MakerT = TypeVar("MakerT")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Who asks for the file, in which language, from which window."""

    person: int
    language: Language
    manager: DialogManager


def file_button(
    maker: type[MakerT], make: Callable[[MakerT, FileRequest], Awaitable[File]], caption: str
) -> Callable[[CallbackQuery, Any, DialogManager], Awaitable[None]]:
    """The button's handler: `make` gets the `maker` from the container; `caption` is a text key."""

    async def on_click(callback: CallbackQuery, _: Any, manager: DialogManager) -> None:
        context = context_of(manager)
        request = FileRequest(person=callback.from_user.id, language=context.language, manager=manager)
        file = await make(await manager.middleware_data[CONTAINER_NAME].get(maker), request)
        await send_file(callback, manager, file, context.html(caption))

    return on_click
