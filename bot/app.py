"""The bot put together: routers, dialogs, middlewares, and what they are given."""

from dataclasses import dataclass, field

from aiogram import Dispatcher
from aiogram.fsm.strategy import FSMStrategy
from aiogram_dialog import Dialog, setup_dialogs
from dishka import make_async_container
from dishka.integrations.aiogram import AiogramProvider, ContainerMiddleware

from accounts.cipher import Cipher
from accounts.switches.live import LiveSwitches
from bot.catalogue import LiveCatalogue
from bot.complaints.words import TellingWords
from bot.dialogs.calendar.dialog import make_calendar_dialog
from bot.dialogs.cases.dialog import make_cases_dialog
from bot.dialogs.cases.providers import OfficialsProvider
from bot.dialogs.complaint.dialog import make_complaint_dialog
from bot.dialogs.complaint.providers import CitizenProvider, ComplaintGroundProvider, ComplaintsProvider
from bot.dialogs.deadline.dialog import make_deadline_dialog
from bot.dialogs.deadline.providers import DeadlineProvider
from bot.dialogs.editor.dialog import make_editor_dialog
from bot.dialogs.events.dialog import make_events_dialog
from bot.dialogs.filings.dialog import make_filings_dialog
from bot.dialogs.filings.providers import FilingProvider
from bot.dialogs.joining.dialog import make_joining_dialog
from bot.dialogs.me.dialog import make_me_dialog
from bot.dialogs.menu.dialog import make_menu_dialog
from bot.dialogs.my_complaints.dialog import make_my_complaints_dialog
from bot.dialogs.officials.dialog import make_office_dialog
from bot.dialogs.register.dialog import make_register_dialog
from bot.dialogs.register.providers import RegisterProvider
from bot.dialogs.report.dialog import make_report_dialog
from bot.dialogs.report.providers import ReportProvider
from bot.dialogs.switches.dialog import make_switches_dialog
from bot.dialogs.switches.providers import SwitchProvider
from bot.dialogs.text_input import WindowInputs
from bot.dialogs.wrong_facts.dialog import make_wrong_facts_dialog
from bot.feed import FeedAddress
from bot.handlers import (
    card_papers,
    commands,
    complaints,
    courtesy,
    desk,
    errors,
    filings,
    groups,
    inline,
    joins,
    other,
    presses,
    questions,
    register,
    reports,
    switches,
    verdicts,
)
from bot.handlers.free_text import IsFreeText
from bot.limits import Limits
from bot.middlewares.limiting import LimitMiddleware
from bot.middlewares.replies import ReplyMiddleware
from bot.middlewares.request_context import RequestContextMiddleware
from bot.middlewares.windows import WindowPressMiddleware
from bot.providers import AccountsProvider, EditingProvider, GroundProvider, UpdateProvider
from bot.translations import Translations
from bot.watching.middleware import CountingMiddleware
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import DEFAULT_FOLDER, FileFolder
from deadlines.clock import Clock
from messaging.dialog_storage import DatabaseStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the dispatcher is made of."""

    clock: Clock
    texts: Translations
    storage: DatabaseStorage
    catalogue: LiveCatalogue
    cipher: Cipher
    files: FileFolder = field(default_factory=lambda: FileFolder(DEFAULT_FOLDER))
    feed: FeedAddress = field(default_factory=FeedAddress)
    limits: Limits | None = None
    daily: DailyLimit = field(default_factory=DailyLimit)


def make_dialogs() -> list[Dialog]:
    """Dialogs of its own for each dispatcher: aiogram attaches a router once."""
    return [
        make_menu_dialog(),
        make_wrong_facts_dialog(),
        make_deadline_dialog(),
        make_me_dialog(),
        make_joining_dialog(),
        make_office_dialog(),
        make_editor_dialog(),
        make_complaint_dialog(),
        make_my_complaints_dialog(),
        make_register_dialog(),
        make_cases_dialog(),
        make_report_dialog(),
        make_filings_dialog(),
        make_calendar_dialog(),
        make_events_dialog(),
        make_switches_dialog(),
    ]


def _words(parts: Parts) -> TellingWords:
    return TellingWords(texts=parts.texts, catalogue=parts.catalogue, clock=parts.clock, cipher=parts.cipher)


def make_dispatcher(parts: Parts) -> Dispatcher:
    dispatcher = Dispatcher(storage=parts.storage, fsm_strategy=FSMStrategy.CHAT)
    live = LiveSwitches(parts.clock)
    container = make_async_container(
        AiogramProvider(),
        GroundProvider(parts.clock, parts.cipher),
        UpdateProvider(),
        AccountsProvider(),
        EditingProvider(),
        DeadlineProvider(),
        ComplaintGroundProvider(parts.files, _words(parts), parts.daily),
        ComplaintsProvider(),
        CitizenProvider(),
        RegisterProvider(),
        OfficialsProvider(),
        ReportProvider(),
        FilingProvider(parts.feed),
        SwitchProvider(live),
    )
    dispatcher.update.outer_middleware(CountingMiddleware())
    dispatcher.update.outer_middleware(ContainerMiddleware(container))
    dispatcher.update.outer_middleware(
        RequestContextMiddleware(parts.texts, parts.catalogue, parts.clock, live)
    )
    if parts.limits is not None:
        dispatcher.update.outer_middleware(LimitMiddleware(parts.limits))
    dispatcher.message.outer_middleware(ReplyMiddleware())
    dialogs = make_dialogs()
    is_free_text = IsFreeText(WindowInputs(dialogs))
    dispatcher.include_routers(
        errors.make_router(),
        groups.make_router(),
        joins.make_router(),
        complaints.make_router(),
        register.make_router(),
        desk.make_router(),
        reports.make_router(),
        card_papers.make_router(),
        filings.make_router(),
        switches.make_router(),
        commands.make_router(),
        inline.make_router(),
        courtesy.make_router(is_free_text),
        questions.make_router(is_free_text),
        other.make_messages_router(is_free_text),
        presses.make_router(),
        verdicts.make_router(),
        other.make_unknown_buttons_router(),
        *dialogs,
        other.make_rest_router(),
    )
    setup_dialogs(dispatcher)
    dispatcher.callback_query.outer_middleware(WindowPressMiddleware(dialogs))
    return dispatcher
