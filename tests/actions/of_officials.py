"""One success of each action on filings, reports, people, switches and the editor's queue."""

from datetime import date

from accounts.actions import ChooseLanguage, NoteSwitchOffer
from accounts.checklists import DropChecklist, TickItem
from accounts.officials.connecting import Connect, Disconnect
from accounts.officials.joining import DecideJoin, DeclineInvitation, IntroduceOneself, Invite, OpenInvitation
from accounts.officials.leaving import CancelLeave, Revoke, TakeLeave
from accounts.profile.actions import ForgetMe, ForgetValue, GiveConsent, StoreValue
from accounts.profile.fields import Field
from accounts.roles import Role
from accounts.switches.actions import TurnSwitch
from accounts.switches.switch import SwitchedJob
from kernel.language import Language
from knowledge.journal.actions import GiveVerdict, RecordQuestion, RefuseOffer
from knowledge.journal.editor_queue import (
    AcceptProposal,
    DropProposal,
    FinishOldWording,
    FinishQuestion,
    FinishWrongFact,
)
from knowledge.journal.entries import AnswerOutcome, Verdict
from oversight.contact_centre.actions import AcceptChangeOfAct
from oversight.control.actions import (
    AddControlEntry,
    DescribeControl,
    MarkDone,
    RecordInForms,
    RemoveControlEntry,
)
from oversight.control.entries import ControlDetails
from reminders.actions import AskFilingCorrection as PlanCorrection
from reminders.actions import AskWaiver, DecideWaiver, ReopenFiling, SnoozeReminder, SubmitFiling
from reminders.events import AddEvent, CloseEvent, RecordEventFact
from reminders.feed_addresses import FeedAddressStore, RenewFeedAddress
from reminders.settings import SetReminderSchedule, SwitchObligation
from reports.actions import FillCells, FillRest, OpenReport, ShowFigures, TakeSheet
from reports.correcting import AskReportCorrection, DecideCorrection
from reports.handing_in import HandInReport
from reports.reopening import ReopenReport
from tests.actions.officials_world import (
    ADMINISTRATOR,
    CELL,
    EDITOR,
    EVENT,
    IN_TIME,
    INSPECTOR,
    MINE,
    NUMBERED,
    PERSON,
    RECORDED_SINCE,
    accepting_change,
    agency,
    asked,
    breach,
    control,
    corrected,
    correction_asked,
    editor,
    event_added,
    events,
    filled,
    hand_in,
    handed_in,
    introduced,
    invited,
    keeping,
    old_wording,
    on_leave,
    opened,
    owing,
    owing_sheet,
    proposed,
    proposed_from_act,
    recommended,
    shown,
    submitted,
    ticked,
    unanswered,
    unconnected,
    waiver_asked,
    with_colleague,
    wrong_fact,
)
from tests.actions.world import World, trial
from tests.complaints.scenario import AKIMAT, COLLEAGUE, HEAD, OFFICER, STRANGER
from tests.reminders.scenario import OBLIGATIONS
from tests.switches.switching import turning

TRIALS = (
    trial(SubmitFiling, lambda w, n: SubmitFiling(w.filings)(OFFICER, n, IN_TIME, NUMBERED), owing),
    trial(SnoozeReminder, lambda w, n: SnoozeReminder(w.filings)(OFFICER, n, 1), owing),
    trial(AskWaiver, lambda w, n: AskWaiver(w.filings)(HEAD, n, "x y"), owing),
    trial(DecideWaiver, lambda w, n: DecideWaiver(w.filings)(HEAD, n, accept=True), waiver_asked),
    trial(ReopenFiling, lambda w, n: ReopenFiling(w.filings)(HEAD, n), submitted),
    trial(PlanCorrection, lambda w, n: PlanCorrection(w.filings, OBLIGATIONS)(OFFICER, n), submitted),
    trial(
        SetReminderSchedule, lambda w, _: SetReminderSchedule(w.filings)(HEAD, AKIMAT, "10 5 09:00"), owing
    ),
    trial(
        SwitchObligation,
        lambda w, _: SwitchObligation(w.filings, OBLIGATIONS)(
            ADMINISTRATOR, "assessment.standards", is_on=True
        ),
        agency,
    ),
    trial(AddEvent, lambda w, _: AddEvent(w.filings, events(w))(OFFICER, EVENT), World.staff),
    trial(
        RecordEventFact,
        lambda w, n: RecordEventFact(w.filings, events(w))(OFFICER, n, None, date(2027, 1, 10)),
        event_added,
    ),
    trial(CloseEvent, lambda w, n: CloseEvent(w.filings, events(w))(OFFICER, n), event_added),
    trial(AddControlEntry, lambda w, n: AddControlEntry(control(w))(OFFICER, breach(n)), event_added),
    trial(MarkDone, lambda w, n: MarkDone(control(w))(OFFICER, n, None, "no money yet"), recommended),
    trial(RemoveControlEntry, lambda w, n: RemoveControlEntry(control(w))(OFFICER, n), recommended),
    trial(
        DescribeControl,
        lambda w, n: DescribeControl(control(w))(OFFICER, n, ControlDetails(questions="terms")),
        event_added,
    ),
    trial(RecordInForms, lambda w, _: RecordInForms(control(w))(HEAD, AKIMAT, RECORDED_SINCE), event_added),
    trial(
        RenewFeedAddress,
        lambda w, _: RenewFeedAddress(w.filings, FeedAddressStore(w.unit.session))(OFFICER),
        World.staff,
    ),
    trial(OpenReport, lambda w, _: OpenReport(w.reports)(OFFICER, MINE), owing),
    trial(
        TakeSheet,
        lambda w, content: TakeSheet(w.reports)(OFFICER, MINE, content),
        owing_sheet,
    ),
    trial(FillCells, lambda w, _: FillCells(w.reports)(OFFICER, MINE, {CELL: "7"}), owing),
    trial(FillRest, lambda w, _: FillRest(w.reports)(OFFICER, MINE), owing),
    trial(ShowFigures, lambda w, report: ShowFigures(w.reports)(report), shown),
    trial(ReopenReport, lambda w, n: ReopenReport(w.reports, ReopenFiling(w.filings))(HEAD, n), handed_in),
    trial(HandInReport, lambda w, _: hand_in(w), filled),
    trial(
        AskReportCorrection,
        lambda w, content: AskReportCorrection(w.reports)(OFFICER, MINE, content, "Бұйрық № 5"),
        corrected,
    ),
    trial(
        DecideCorrection,
        lambda w, n: DecideCorrection(w.reports)(INSPECTOR, n, accept=True),
        correction_asked,
    ),
    trial(
        ChooseLanguage, lambda w, _: ChooseLanguage(w.unit, w.people, w.clock)(PERSON, Language.EN), keeping
    ),
    trial(NoteSwitchOffer, lambda w, _: NoteSwitchOffer(w.unit, w.people, w.clock)(PERSON), keeping),
    trial(GiveConsent, lambda w, _: w.accounts.consent(PERSON)),
    trial(StoreValue, lambda w, _: w.accounts.keep(PERSON, Field.NAME, "Серик"), keeping),
    trial(ForgetValue, lambda w, _: ForgetValue(w.unit, w.accounts.profiles)(PERSON, Field.NAME), keeping),
    trial(
        ForgetMe,
        lambda w, _: ForgetMe(w.unit, w.accounts.profiles, w.people, w.checklists)(PERSON),
        keeping,
    ),
    trial(TickItem, lambda w, _: TickItem(w.unit, w.checklists, w.clock)(PERSON, "e:birth", "a")),
    trial(DropChecklist, lambda w, _: DropChecklist(w.unit, w.checklists)(PERSON, "e:birth"), ticked),
    trial(Invite, lambda w, _: w.accounts.invite(HEAD, AKIMAT, Role.OFFICER), World.staff),
    trial(OpenInvitation, lambda w, issued: w.accounts.open(STRANGER, issued.token), invited),
    trial(IntroduceOneself, lambda w, n: w.accounts.introduce(STRANGER, n, "Серик Ахметов"), opened),
    trial(
        DeclineInvitation,
        lambda w, n: DeclineInvitation(w.unit, w.accounts.invitations, w.clock)(STRANGER, n),
        opened,
    ),
    trial(DecideJoin, lambda w, n: w.accounts.decide(HEAD, n, accept=True), introduced),
    trial(Connect, lambda w, _: w.accounts.connect(HEAD, AKIMAT, "x"), unconnected),
    trial(Disconnect, lambda w, _: w.accounts.disconnect(HEAD, AKIMAT), World.staff),
    trial(Revoke, lambda w, n: w.accounts.revoke(HEAD, n, OFFICER), with_colleague),
    trial(
        TakeLeave,
        lambda w, _: w.accounts.take_leave(OFFICER, AKIMAT, COLLEAGUE, "01.04.2026-05.04.2026"),
        with_colleague,
    ),
    trial(CancelLeave, lambda w, n: w.accounts.cancel_leave(OFFICER, n), on_leave),
    trial(
        TurnSwitch,
        lambda w, _: turning(w.unit, w.clock)(ADMINISTRATOR, SwitchedJob.COMPLAINTS, "Жұмыс", off=True),
        agency,
    ),
    trial(
        RecordQuestion,
        lambda w, _: RecordQuestion(w.unit, w.journal, w.clock)("виза", "ru", AnswerOutcome.UNANSWERED),
    ),
    trial(RefuseOffer, lambda w, n: RefuseOffer(w.unit, w.journal)(n), asked),
    trial(
        GiveVerdict,
        lambda w, _: GiveVerdict(w.unit, w.journal, w.clock)("apostille", Verdict.WRONG, "x"),
    ),
    trial(FinishQuestion, lambda w, n: FinishQuestion(*editor(w))(EDITOR, n), unanswered),
    trial(FinishWrongFact, lambda w, n: FinishWrongFact(*editor(w))(EDITOR, n), wrong_fact),
    trial(AcceptProposal, lambda w, n: AcceptProposal(*editor(w))(EDITOR, n), proposed),
    trial(
        AcceptChangeOfAct,
        lambda w, n: accepting_change(w)(EDITOR, n, date(2026, 3, 2)),
        proposed_from_act,
    ),
    trial(DropProposal, lambda w, n: DropProposal(*editor(w))(EDITOR, n), proposed),
    trial(FinishOldWording, lambda w, slug: FinishOldWording(*editor(w))(EDITOR, slug), old_wording),
)
