"""Windows that cut nothing, their texts by key in the reader's language, and lists of buttons, in pages.

No page is kept, so a window opens at its first one.
"""

import operator
from collections.abc import Sequence
from typing import Any

import aiogram_dialog
from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Group, Keyboard, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format, Text

from bot.dialogs.chosen import as_number
from bot.request_context import context_of
from messaging.text_parts import split_html

PAGES_OF_TEXT = "pages_of_text"  # in a window's data
_TEXT_PAGE = "text_page"  # the pager's id, in every window
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
        super().__init__(id=_TEXT_PAGE)

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        count = data[PAGES_OF_TEXT]
        if count < 2:
            return []
        rows: RawKeyboard = [[*pager_row(f"{_TEXT_PAGE}:", page_of(manager, _TEXT_PAGE, count), count)]]
        return rows

    async def _process_item_callback(
        self,
        callback: CallbackQuery,  # noqa: ARG002  aiogram-dialog's signature
        data: str,
        dialog: DialogProtocol,  # noqa: ARG002
        manager: DialogManager,
    ) -> bool:
        turn_page(manager, _TEXT_PAGE, data)
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


class Html(Text):
    """A window's text; `values` names the values the getter provides."""

    def __init__(self, key: str, *values: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.key = key
        self.values = values

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        context = context_of(manager)
        return str(context.html(self.key, **{name: data[name] for name in self.values}))


class KeyedHtml(Text):
    """A window's text whose key, within `group`, the getter gives under `name`; `values` as in Html."""

    def __init__(self, group: str, name: str = "key", values: Sequence[str] = ()) -> None:
        super().__init__()
        self.group = group
        self.name = name
        self.values = values

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        context = context_of(manager)
        values = {name: data[name] for name in self.values}
        return str(context.html(f"{self.group}.{data[self.name]}", **values))


class Label(Text):
    """A button's text; `values` names the values the getter provides."""

    def __init__(self, key: str, *values: str) -> None:
        super().__init__()
        self.key = key
        self.values = values

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        context = context_of(manager)
        return context.plain(self.key, **{name: data[name] for name in self.values})


def choice(
    name: str, items: str, on_click: OnItemClick[Any, str], *, is_scrolled: bool = False
) -> Select[str]:
    """A button per (id, label) pair that the getter gives as `items`; `on_click` gets the id.

    Many come in pages, unless a ScrollingGroup around them makes its own.
    """
    kind = Select if is_scrolled else PagedSelect
    return kind(
        Format("{item[1]}"),
        id=name,
        item_id_getter=operator.itemgetter(0),
        items=items,
        on_click=on_click,
    )


class Window(aiogram_dialog.Window):
    """Takes what aiogram-dialog's does."""

    def __init__(self, *widgets: Any, **more: Any) -> None:
        super().__init__(*widgets, **more)
        assert self.keyboard.find(_TEXT_PAGE) is None  # it would take the pager's callbacks, or lose its own
        self.keyboard = Group(TextPager(), self.keyboard)

    async def render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        pages = split_html(await super().render_text(data, manager))
        data[PAGES_OF_TEXT] = len(pages)
        return pages[page_of(manager, _TEXT_PAGE, len(pages))]
