"""The window of our dialogs: a text longer than a message is read page by page, and nothing of it is cut."""

from typing import Any

import aiogram_dialog
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Group

from bot.dialogs.paging import PAGES_OF_TEXT, TextPager, page_of
from messaging.text_parts import split_html


class Window(aiogram_dialog.Window):
    """Takes what aiogram-dialog's does."""

    def __init__(self, *widgets: Any, **more: Any) -> None:
        super().__init__(*widgets, **more)
        self.keyboard = Group(TextPager(), self.keyboard)

    async def render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        pages = split_html(await super().render_text(data, manager))
        data[PAGES_OF_TEXT] = len(pages)
        return pages[page_of(manager, "text", len(pages))]
