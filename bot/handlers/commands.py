"""The commands that work everywhere."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message
from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.officials.store import MembershipStore
from accounts.switches.switch import AnswersOffError, SwitchedJob
from bot.app.filters import PRIVATE, Matches
from bot.dialogs.accounts.organisation.handlers import open_organisation
from bot.dialogs.accounts.profile.states import Me
from bot.dialogs.deadlines.states import Deadline
from bot.dialogs.editor.states import Editor
from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.handlers.questions import remember_card
from bot.request_context import RequestContext
from bot.views.accounts.language import language_screen
from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace
from bot.views.screen import send
from localisation.error_messages import error_message

SERVICE_LINK = "svc_"
BARE_COMMAND = r"^/\w+(@\w+)?$"  # followed by words, it is read as a question


async def open_menu(manager: DialogManager) -> None:
    """Show the menu as a new message."""
    await open_window(manager, Menu.main)


async def open_service(message: Message, context: RequestContext, state: FSMContext, slug: str) -> bool:
    """Show the card that a link names; False if the registry has no such service.

    If answers are off, say so instead of raising: the callback is already answered.
    """
    if SwitchedJob.ANSWERS in context.off:
        await message.answer(
            error_message(context.texts, context.language, AnswersOffError()), parse_mode=None
        )
        return True
    facts = context.catalogue.facts(slug, context.now)
    if facts is None:
        await message.answer(context.html("answer.gone"))
        return False
    await remember_card(state, slug, context.now)
    await send(message, CardView(texts=context.texts).screen(facts, context.language, CardPlace()))
    return True


async def start(
    message: Message,
    command: CommandObject,
    context: RequestContext,
    state: FSMContext,
    dialog_manager: DialogManager,
) -> None:
    payload = command.args or ""
    slug = payload.removeprefix(SERVICE_LINK) if payload.startswith(SERVICE_LINK) else ""
    if context.person.language is None:
        known = slug if slug in context.catalogue.cards else ""
        await send(message, language_screen(context, then=known))
    elif not slug or not await open_service(message, context, state, slug):
        await open_menu(dialog_manager)


async def menu(_: Message, dialog_manager: DialogManager) -> None:
    await open_menu(dialog_manager)


async def language(message: Message, context: RequestContext) -> None:
    await send(message, language_screen(context))


async def deadline(_: Message, dialog_manager: DialogManager) -> None:
    await open_window(dialog_manager, Deadline.group)


async def help_(_: Message, dialog_manager: DialogManager) -> None:
    await open_window(dialog_manager, Menu.help)


async def me(_: Message, dialog_manager: DialogManager) -> None:
    await open_window(dialog_manager, Me.main)


async def forget(_: Message, dialog_manager: DialogManager) -> None:
    await open_window(dialog_manager, Me.forget)


async def editor(_: Message, dialog_manager: DialogManager) -> None:
    await open_window(dialog_manager, Editor.main)


@inject
async def organisation(
    message: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    members: FromDishka[MembershipStore],
) -> None:
    """Open the person's organisation, or the one whose code follows the command."""
    if not await open_organisation(dialog_manager, members, (command.args or "").strip()):
        await message.answer(context.html("officials.no_role"))


async def cancel(
    message: Message, context: RequestContext, state: FSMContext, dialog_manager: DialogManager
) -> None:
    began = bool(await state.get_data()) or dialog_manager.has_context()
    await state.clear()
    await dialog_manager.reset_stack(remove_keyboard=False)
    await message.answer(context.html("menu.cancelled" if began else "menu.nothing_to_cancel"))
    await open_menu(dialog_manager)


async def unknown(message: Message, context: RequestContext, dialog_manager: DialogManager) -> None:
    await message.answer(context.html("menu.unknown_command"))
    await open_menu(dialog_manager)


def make_router() -> Router:
    router = Router(name="commands")
    router.message.filter(PRIVATE, Matches((F.text | F.caption).startswith("/")))
    router.message.register(start, CommandStart())
    router.message.register(menu, Command("menu"))
    router.message.register(language, Command("language"))
    router.message.register(me, Command("me"))
    router.message.register(forget, Command("forget"))
    router.message.register(organisation, Command("organisation"))
    router.message.register(editor, Command("editor"))
    router.message.register(deadline, Command("deadline"))
    router.message.register(help_, Command("help"))
    router.message.register(cancel, Command("cancel"))
    router.message.register(unknown, Matches(F.text.regexp(BARE_COMMAND)))
    return router
