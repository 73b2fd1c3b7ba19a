"""Window texts by key in the reader's language, and a list of buttons to choose from."""

import operator
from collections.abc import Callable
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Keyboard, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Format, Text

from bot.dialogs.paging import PagedSelect
from bot.request_context import context_of


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
    """A window's text whose key, within `group`, the getter gives under `name`; it takes no values."""

    def __init__(self, group: str, name: str = "key") -> None:
        super().__init__()
        self.group = group
        self.name = name

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        context = context_of(manager)
        return str(context.html(f"{self.group}.{data[self.name]}"))


class Label(Text):
    """A button's text; `values` names the values the getter provides."""

    def __init__(self, key: str, *values: str) -> None:
        super().__init__()
        self.key = key
        self.values = values

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        context = context_of(manager)
        return context.plain(self.key, **{name: data[name] for name in self.values})


class CallbackButton(Keyboard):
    """A button that works as long as its message exists: `press` builds its data from the getter's."""

    def __init__(
        self, label: Text, make_data: Callable[[dict[str, Any]], CallbackData], when: WhenCondition = None
    ) -> None:
        super().__init__(when=when)
        self.label = label
        self.make_data = make_data

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        text = await self.label.render_text(data, manager)
        return [[InlineKeyboardButton(text=text, callback_data=self.make_data(data).pack())]]


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
