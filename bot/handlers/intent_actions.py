"""Does what a person wants from the bot itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message
from aiogram_dialog import DialogManager
from dishka import AsyncContainer

from bot.dialogs.accounts.profile.states import Me
from bot.dialogs.complaints.mine.handlers import open_my_complaints
from bot.dialogs.complaints.submission.flow import Flow
from bot.dialogs.complaints.submission.opening import STORY, ComplaintStart, open_complaint
from bot.dialogs.going_back import go_back
from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.handlers import commands
from bot.request_context import RequestContext, context_of
from bot.views.accounts.language import language_screen
from bot.views.answers.intent import intent_screen
from bot.views.screen import send
from complaints.queries.mine import MyComplaints
from knowledge.intents import FoundIntent
from registry_data.help_lines import load_help_lines
from registry_data.intents import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is wanted, and where to do it. `message` is the person's, or the one whose button was pressed."""

    wanted: FoundIntent
    message: Message
    manager: DialogManager
    container: AsyncContainer

    @property
    def context(self) -> RequestContext:
        return context_of(self.manager)


async def act(
    wanted: FoundIntent, message: Message, manager: DialogManager, container: AsyncContainer
) -> None:
    """Raises what the actions raise, such as ComplaintsOffError."""
    request = Request(wanted=wanted, message=message, manager=manager, container=container)
    await _ACTIONS.get(wanted.intent, _reply)(request)


async def _reply(request: Request) -> None:
    await send(request.message, intent_screen(request.context, request.wanted.intent))


def _opens(window: State) -> Callable[[Request], Awaitable[None]]:
    async def opened(request: Request) -> None:
        await open_window(request.manager, window)

    return opened


async def _person(request: Request) -> None:
    """The number as a contact too: one tap calls it."""
    await _reply(request)
    number = load_help_lines().person.number
    await request.message.answer_contact(number, request.context.plain("intent.contact_name"))


async def _language(request: Request) -> None:
    await send(request.message, language_screen(request.context))


async def _cancel(request: Request) -> None:
    state: FSMContext = request.manager.middleware_data["state"]
    await commands.cancel(request.message, request.context, state, request.manager)


async def _back(request: Request) -> None:
    if not await go_back(request.manager):
        await open_window(request.manager, Menu.main)


async def _complaints(request: Request) -> None:
    await open_my_complaints(request.manager)


async def _complain(request: Request) -> None:
    """What was typed besides the wish to complain becomes the complaint's story."""
    begins = ComplaintStart()
    text = request.message.text
    if request.wanted.tells_more and text:
        flow = await request.container.get(Flow)
        story = flow.cipher.close(text, STORY, context_of(request.manager).person.telegram_id)
        begins = ComplaintStart(story=story, message=request.message.message_id)
    await open_complaint(request.manager, await request.container.get(MyComplaints), begins)


_ACTIONS: Final[dict[Intent, Callable[[Request], Awaitable[None]]]] = {
    Intent.MENU: _opens(Menu.main),
    Intent.HELP: _opens(Menu.help),
    Intent.FORGET: _opens(Me.forget),
    Intent.PERSON: _person,
    Intent.LANGUAGE: _language,
    Intent.CANCEL: _cancel,
    Intent.BACK: _back,
    Intent.MY_COMPLAINTS: _complaints,
    Intent.COMPLAIN: _complain,
}
