"""Assembles the bot: routers, dialogs, middlewares and their dependencies."""

from dataclasses import dataclass, field

from aiogram import Dispatcher
from aiogram.fsm.strategy import FSMStrategy
from aiogram.types import Update
from aiogram_dialog import Dialog, setup_dialogs
from dishka import make_async_container
from dishka.integrations.aiogram import AiogramProvider, ContainerMiddleware

from accounts.cipher import Cipher
from accounts.switches.store import LiveSwitches
from bot.app.filters import IsFreeText, WindowInputs
from bot.app.providers import AccountsProvider, AppProvider, EditorProvider, UpdateProvider, VoiceProvider
from bot.dialogs.accounts.joining.dialog import make_joining_dialog
from bot.dialogs.accounts.organisation.dialog import make_organisation_dialog
from bot.dialogs.accounts.profile.dialog import make_me_dialog
from bot.dialogs.answers.wrong_facts.dialog import make_wrong_facts_dialog
from bot.dialogs.complaints.casework.duplicates import make_duplicates_dialog
from bot.dialogs.complaints.casework.history import make_history_dialog
from bot.dialogs.complaints.casework.notes import make_notes_dialog
from bot.dialogs.complaints.casework.providers import CaseworkProvider
from bot.dialogs.complaints.casework.several import make_several_dialog
from bot.dialogs.complaints.casework.templates import make_templates_dialog
from bot.dialogs.complaints.entry.dialog import make_register_dialog
from bot.dialogs.complaints.entry.providers import RegisterProvider
from bot.dialogs.complaints.finding.dialog import make_bodies_dialog, make_finding_dialog
from bot.dialogs.complaints.inbox.dialog import make_cases_dialog
from bot.dialogs.complaints.inbox.providers import OfficialsProvider
from bot.dialogs.complaints.mine.dialog import make_my_complaints_dialog
from bot.dialogs.complaints.submission.dialog import make_complaint_dialog
from bot.dialogs.complaints.submission.providers import (
    CitizenProvider,
    ComplaintAppProvider,
    ComplaintsProvider,
)
from bot.dialogs.deadlines.dialog import make_deadline_dialog
from bot.dialogs.deadlines.providers import DeadlineProvider
from bot.dialogs.editor.dialog import make_editor_dialog
from bot.dialogs.filings.calendar.dialog import make_calendar_dialog
from bot.dialogs.filings.control.dialog import make_control_dialog
from bot.dialogs.filings.dialog import make_filings_dialog
from bot.dialogs.filings.events.dialog import make_events_dialog
from bot.dialogs.filings.providers import FilingProvider
from bot.dialogs.menu.dialog import make_menu_dialog
from bot.dialogs.oversight.region.dialog import make_region_dialog
from bot.dialogs.reports.dialog import make_report_dialog
from bot.dialogs.reports.providers import ReportProvider
from bot.dialogs.switches.dialog import make_switches_dialog
from bot.dialogs.switches.providers import SwitchProvider
from bot.handlers import (
    card_callbacks,
    card_documents,
    checklists,
    commands,
    complaint_entry,
    complaints,
    complaints_inbox,
    errors,
    fallbacks,
    filings,
    groups,
    inline,
    intents,
    joins,
    questions,
    redrawing,
    reports,
    service_messages,
    switches,
    verdicts,
)
from bot.handlers.placing import router as placing
from bot.middlewares.edited import EditedContextMiddleware
from bot.middlewares.updates import (
    AlbumMiddleware,
    LimitMiddleware,
    MetricsMiddleware,
    ReplyMiddleware,
    RequestContextMiddleware,
    StandingButtonsMiddleware,
    WindowMessages,
)
from bot.views.complaints.notices import ComplaintNoticeRenderer
from bot.views.public_address import PublicAddress
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import DEFAULT_FOLDER, FileFolder
from kernel.clock import Clock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.inbox.unit import DatabaseStorage
from messaging.rate_limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatcherParts:
    """What the dispatcher is built from."""

    clock: Clock
    texts: Translations
    storage: DatabaseStorage
    catalogue: LiveCatalogue
    cipher: Cipher
    files: FileFolder = field(default_factory=lambda: FileFolder(DEFAULT_FOLDER))
    address: PublicAddress = field(default_factory=PublicAddress)
    limits: Limits | None = None
    daily: DailyLimit = field(default_factory=DailyLimit)
    hears_voice: bool = False


def make_dialogs() -> list[Dialog]:
    """New dialogs for each dispatcher: aiogram attaches a router only once."""
    return [
        make_menu_dialog(),
        make_wrong_facts_dialog(),
        make_deadline_dialog(),
        make_me_dialog(),
        make_joining_dialog(),
        make_organisation_dialog(),
        make_editor_dialog(),
        make_complaint_dialog(),
        make_my_complaints_dialog(),
        make_register_dialog(),
        make_cases_dialog(),
        make_notes_dialog(),
        make_templates_dialog(),
        make_several_dialog(),
        make_history_dialog(),
        make_duplicates_dialog(),
        make_finding_dialog(),
        make_bodies_dialog(),
        make_region_dialog(),
        make_report_dialog(),
        make_filings_dialog(),
        make_calendar_dialog(),
        make_events_dialog(),
        make_control_dialog(),
        make_switches_dialog(),
    ]


def _renderer(parts: DispatcherParts) -> ComplaintNoticeRenderer:
    return ComplaintNoticeRenderer(
        texts=parts.texts, catalogue=parts.catalogue, clock=parts.clock, cipher=parts.cipher
    )


def make_dispatcher(parts: DispatcherParts) -> Dispatcher:
    dispatcher = Dispatcher(storage=parts.storage, fsm_strategy=FSMStrategy.CHAT)
    live = LiveSwitches()
    container = make_async_container(
        AiogramProvider(),
        AppProvider(parts.clock, parts.cipher, parts.address),
        UpdateProvider(),
        AccountsProvider(),
        EditorProvider(),
        DeadlineProvider(),
        ComplaintAppProvider(parts.files, _renderer(parts), parts.daily),
        ComplaintsProvider(),
        CitizenProvider(),
        RegisterProvider(),
        OfficialsProvider(),
        CaseworkProvider(),
        ReportProvider(),
        FilingProvider(),
        SwitchProvider(live),
        VoiceProvider(is_on=parts.hears_voice),
    )
    dispatcher.update.outer_middleware(MetricsMiddleware())
    dispatcher.update.outer_middleware(ContainerMiddleware(container))
    dispatcher.update.outer_middleware(RequestContextMiddleware(parts.texts, parts.catalogue, live))
    if parts.limits is not None:
        dispatcher.update.outer_middleware(LimitMiddleware(parts.limits))
    dispatcher.message.outer_middleware(AlbumMiddleware())
    dispatcher.message.outer_middleware(ReplyMiddleware())
    dispatcher.callback_query.outer_middleware(StandingButtonsMiddleware())
    dialogs = make_dialogs()
    dispatcher.edited_message.outer_middleware(EditedContextMiddleware(dialogs))
    inputs = WindowInputs(dialogs)
    is_free_text = IsFreeText(inputs)
    dispatcher.include_routers(
        errors.make_router(),
        service_messages.make_router(),
        groups.make_router(),
        joins.make_router(),
        complaints.make_router(),
        complaint_entry.make_router(),
        complaints_inbox.make_router(),
        reports.make_router(),
        card_documents.make_router(),
        filings.make_router(),
        switches.make_router(),
        commands.make_router(),
        inline.make_router(),
        redrawing.make_router(),
        placing.make_router(inputs),
        intents.make_router(inputs),
        questions.make_router(is_free_text),
        fallbacks.make_messages_router(is_free_text),
        card_callbacks.make_router(),
        checklists.make_router(),
        verdicts.make_router(),
        fallbacks.make_unknown_buttons_router(),
        *dialogs,
        fallbacks.make_rest_router(),
    )
    setup_dialogs(dispatcher, message_manager=WindowMessages())
    return dispatcher


def used_updates(dispatcher: Dispatcher) -> list[str]:
    """The kinds of update that a handler of ours takes, for Telegram to send no others.

    aiogram-dialog registers its windows for every kind that could hold a message: they do not count.
    """
    ours = (router for router in dispatcher.chain_tail if not isinstance(router, Dialog))
    taken = {kind for router in ours for kind, observer in router.observers.items() if observer.handlers}
    return sorted(taken & Update.model_fields.keys())
