"""A person's open chat, for the tests of the page."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page

from tests.page.page_bot import PageBot


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChat:
    """A person's open chat: their page, with the bot on the other side."""

    page: Page
    bot: PageBot
    person: int

    @property
    def log(self) -> Locator:
        """The list of messages; the list of people repeats the newest one."""
        return self.page.get_by_role("log")

    async def write(self, text: str) -> None:
        await self.page.get_by_label("Write a message").fill(text)
        await self.page.keyboard.press("Enter")

    async def type(self, text: str) -> None:
        """Type key by key into the field, once it can take the focus."""
        field = self.page.get_by_label("Write a message")
        await field.click()
        await field.press_sequentially(text)
