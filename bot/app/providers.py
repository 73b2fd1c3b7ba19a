"""dishka providers: what handlers, getters and actions are given."""

from aiogram import Bot
from dishka import Provider, Scope, provide
from dishka.integrations.aiogram import AiogramMiddlewareData
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.actions import ChooseLanguage, NoteSwitchOffer
from accounts.checklists import ChecklistStore, DropChecklist, TickItem
from accounts.cipher import Cipher
from accounts.officials.connecting import Connect, Disconnect
from accounts.officials.deciding import SeeJoin
from accounts.officials.editors import CheckEditor
from accounts.officials.guard import Guard
from accounts.officials.invitations import GuessStore, InvitationStore
from accounts.officials.joining import (
    DecideJoin,
    DeclineInvitation,
    IntroduceOneself,
    Invite,
    OpenInvitation,
)
from accounts.officials.leaving import CancelLeave, Revoke, TakeLeave
from accounts.officials.queries import MemberQueries
from accounts.officials.store import ConnectionStore, HandOverStore, LeaveStore, MembershipStore
from accounts.person import PersonStore
from accounts.profile.actions import ForgetMe, ForgetValue, GiveConsent, StoreValue
from accounts.profile.store import ProfileStore
from bot.handlers.joins import JoinDecision
from bot.handlers.signed_journal import SignedJournal
from bot.views.accounts.notifier import AccountNotifier
from bot.views.accounts.personal_values import PersonalValues
from bot.views.public_address import PublicAddress
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from knowledge.journal.actions import GiveVerdict, RecordQuestion, RefuseOffer
from knowledge.journal.editor_queue import (
    AcceptProposal,
    DropProposal,
    EditorCheck,
    FinishOldWording,
    FinishQuestion,
    FinishWrongFact,
    ReadEditorQueue,
)
from knowledge.journal.store import JournalStore
from messaging.inbox.unit import current_session, current_unit_of_work
from messaging.outbox.hours import WorkingDays
from messaging.voice.receiver import VoiceQueue
from notifications.notices import Notices
from registry_data.store import OrganisationRepository


class UpdateProvider(Provider):
    """Everything within an update shares its unit of work."""

    scope = Scope.REQUEST

    unit_of_work = provide(staticmethod(current_unit_of_work))
    session = provide(staticmethod(current_session))
    people = provide(PersonStore)
    journal = provide(JournalStore)

    choose_language = provide(ChooseLanguage)
    note_switch_offer = provide(NoteSwitchOffer)
    keep_question = provide(RecordQuestion)
    refuse_offer = provide(RefuseOffer)
    give_verdict = provide(GiveVerdict)
    signed_journal = provide(SignedJournal)

    checklists = provide(ChecklistStore)
    tick = provide(TickItem)
    drop_checklist = provide(DropChecklist)


class AccountsProvider(Provider):
    """People, their profiles and their roles."""

    scope = Scope.REQUEST

    profiles = provide(ProfileStore)
    organisations = provide(OrganisationRepository)
    members = provide(MembershipStore)
    hand_overs = provide(HandOverStore)
    leaves = provide(LeaveStore)
    invitations = provide(InvitationStore)
    guesses = provide(GuessStore)
    connections = provide(ConnectionStore)
    guard = provide(Guard)
    member_queries = provide(MemberQueries)

    give_consent = provide(GiveConsent)
    keep_value = provide(StoreValue)
    forget_value = provide(ForgetValue)
    forget_me = provide(ForgetMe)
    invite = provide(Invite)
    open_invitation = provide(OpenInvitation)
    introduce = provide(IntroduceOneself)
    decline = provide(DeclineInvitation)
    decide_join = provide(DecideJoin)
    revoke = provide(Revoke)
    take_leave = provide(TakeLeave)
    cancel_leave = provide(CancelLeave)
    connect = provide(Connect)
    disconnect = provide(Disconnect)
    see_join = provide(SeeJoin)
    notifier = provide(AccountNotifier)
    reveal = provide(PersonalValues)
    deciding = provide(JoinDecision)

    @provide
    async def notices(self, session: AsyncSession, calendar: LiveCalendar) -> Notices:
        return Notices(session=session, is_working=await WorkingDays(calendar)(session))

    @provide
    def bot(self, data: AiogramMiddlewareData) -> Bot:
        found: Bot = data["bot"]
        return found


class VoiceProvider(Provider):
    """The queue of voice messages; `is_on` if the operator has connected a recogniser."""

    scope = Scope.REQUEST

    def __init__(self, *, is_on: bool) -> None:
        super().__init__()
        self._is_on = is_on

    @provide
    def voices(self, session: AsyncSession, clock: Clock) -> VoiceQueue:
        return VoiceQueue(session, clock, self._is_on)


class EditorProvider(Provider):
    """The editor's queue."""

    scope = Scope.REQUEST

    check = provide(CheckEditor, provides=EditorCheck)
    read_desk = provide(ReadEditorQueue)
    finish_question = provide(FinishQuestion)
    finish_wrong_fact = provide(FinishWrongFact)
    finish_old_wording = provide(FinishOldWording)
    accept_proposal = provide(AcceptProposal)
    drop_proposal = provide(DropProposal)


class AppProvider(Provider):
    """What lives as long as the process."""

    scope = Scope.APP

    def __init__(self, clock: Clock, cipher: Cipher, address: PublicAddress) -> None:
        super().__init__()
        self._clock = clock
        self._cipher = cipher
        self._address = address

    @provide
    def clock(self) -> Clock:
        return self._clock

    @provide
    def cipher(self) -> Cipher:
        return self._cipher

    @provide
    def address(self) -> PublicAddress:
        return self._address
