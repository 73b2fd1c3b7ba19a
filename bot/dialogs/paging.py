"""Pages of what does not fit a message: no state is kept, so a window opens at its first page."""

from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.kbd import Keyboard, Select

from bot.dialogs.chosen import as_number

PAGES_OF_TEXT = "pages_of_text"  # in a window's data
ON_A_PAGE = 30  # buttons; Telegram takes a hundred, a phone shows a third of them
_SIGN = "~"  # before the number of a page, where items have ids


def turn_page(manager: DialogManager, widget: str, page: str) -> None:
    """Raises WindowOutdatedError for what is no number."""
    manager.middleware_data[f"page of {widget}"] = as_number(page)


def page_of(manager: DialogManager, widget: str, count: int) -> int:
    """The page that this update asks for, within `count` pages."""
    return max(0, min(int(manager.middleware_data.get(f"page of {widget}", 0)), count - 1))


def pager_row(prefix: str, page: int, count: int) -> list[InlineKeyboardButton]:
    turns = (("◂", max(page - 1, 0)), (f"{page + 1} / {count}", page), ("▸", min(page + 1, count - 1)))
    return [InlineKeyboardButton(text=text, callback_data=f"{prefix}{number}") for text, number in turns]


class TextPager(Keyboard):
    """The pages of the window's own text, where it has several."""

    def __init__(self) -> None:
        super().__init__(id="text")

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        count = data[PAGES_OF_TEXT]
        if count < 2:
            return []
        rows: RawKeyboard = [[*pager_row("text:", page_of(manager, "text", count), count)]]
        return rows

    async def _process_item_callback(
        self,
        callback: CallbackQuery,  # noqa: ARG002  aiogram-dialog's signature
        data: str,
        dialog: DialogProtocol,  # noqa: ARG002
        manager: DialogManager,
    ) -> bool:
        turn_page(manager, "text", data)
        return True


class PagedSelect(Select[str]):
    """A button per item, in pages where there are many."""

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        [buttons] = await super()._render_keyboard(data, manager)
        if len(buttons) <= ON_A_PAGE:
            return [buttons]
        name = str(self.widget_id)
        count = -(-len(buttons) // ON_A_PAGE)
        page = page_of(manager, name, count)
        shown = buttons[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
        return [[*shown, *pager_row(f"{name}:{_SIGN}", page, count)]]

    async def _process_item_callback(
        self, callback: CallbackQuery, data: str, dialog: DialogProtocol, manager: DialogManager
    ) -> bool:
        if not data.startswith(_SIGN):
            return await super()._process_item_callback(callback, data, dialog, manager)
        turn_page(manager, str(self.widget_id), data.removeprefix(_SIGN))
        return True
