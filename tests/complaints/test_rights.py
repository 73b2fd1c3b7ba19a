"""Every action by every role, at home and in another organisation: only what the table allows.

A refused action changes nothing.
"""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy import select

from accounts.errors import GoneError, NotAllowedError
from accounts.roles import Role
from complaints.actions.answering import AnswerComplaint, CloseComplaint, ComplaintReply
from complaints.actions.citizens import (
    AddToComplaint,
    EscalateToAgency,
    MarkNotSolved,
    MarkSolved,
    WithdrawComplaint,
)
from complaints.actions.completing import AskToComplete, ConfirmComplete, ReturnComplaint
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.materials import RequestMaterials, ShowMaterials
from complaints.actions.paper import CorrectPaper, PaperCorrection, VoidComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.actions.rating import RateComplaint, RateService
from complaints.actions.taking import AssignComplaint, AssignSeveral, TakeComplaint
from complaints.actions.working import AskCitizen, CorrectComplaint
from complaints.approvals.actions import ApproveAnswer, ReturnAnswer
from complaints.approvals.queries import ApprovalQueries
from complaints.errors import AlreadyAssignedError, NotAssigneeError
from complaints.facts import ComplaintOutcome, ComplaintSource, ExtensionReason
from complaints.finding.opening import OpenBody
from complaints.hearings.actions import AskOralHearing, KeepProtocol, NoteHearing, RemoveHearing
from complaints.joining.actions import JoinComplaints
from complaints.kinds.kind import ComplaintKind
from complaints.notes.notes import ReadNotes, WriteNote
from complaints.paper import VoidReason
from complaints.queries.below import BodiesBelow
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from complaints.queries.inbox import InboxList, InboxQueries
from complaints.queries.search import CaseSearch, Criteria
from complaints.requests.rules import RequestEnd, Requisite
from complaints.requests.tables import RequestRow
from complaints.tables import AuditLogRow, ComplaintRow, MessageRow
from complaints.templates.actions import AnswerTemplates
from complaints.thread import MessageContent
from database.engine import Database
from kernel.errors import DomainError
from messaging.outbox.tables import OutboxRow
from reports.reported import ReportedQuarters
from tests.complaints.deciding import SCAN, excepted, told
from tests.complaints.scenario import (
    AGENCY_BODY,
    AKIMAT,
    CITIZEN,
    HEAD,
    OFFICER,
    OTHER_CITIZEN,
    STRANGER,
    ComplaintScenario,
)

WORDS = MessageContent(text="x")
Attempt = Callable[[ComplaintScenario, int, int], Awaitable[object]]


async def hear(scenario: ComplaintScenario, by: int, complaint: int) -> None:
    await told(scenario, complaint)
    await NoteHearing(scenario.context)(by, complaint, date(2026, 3, 19))


async def keep_protocol(scenario: ComplaintScenario, by: int, complaint: int) -> None:
    await told(scenario, complaint)
    await NoteHearing(scenario.context)(OFFICER, complaint, date(2026, 3, 19))
    await KeepProtocol(scenario.context)(by, complaint, MessageContent(files=[SCAN]))


async def remove_hearing(scenario: ComplaintScenario, by: int, complaint: int) -> None:
    await excepted(scenario, complaint)
    await RemoveHearing(scenario.context)(by, complaint)


async def correct_paper(scenario: ComplaintScenario, by: int) -> None:
    case = await scenario.entered(organisation=AKIMAT)
    change = PaperCorrection(source=ComplaintSource.AKIM)
    await CorrectPaper(scenario.context, ReportedQuarters())(by, case.id, change)


async def void(scenario: ComplaintScenario, by: int) -> None:
    case = await scenario.entered(organisation=AKIMAT)
    await VoidComplaint(scenario.context)(by, case.id, VoidReason.TWICE)


# o: officer, h: head, c: coordinator, i: inspector; of the complaint's own organisation
# These prepare what they act on; tests/actions refuses them.
PREPARED = {"hear", "keep protocol", "remove hearing", "correct paper", "void"}
ATTEMPTS: dict[str, tuple[str, Attempt]] = {
    "take": ("h", lambda scenario, by, case: TakeComplaint(scenario.context)(by, case)),
    "assign": ("h", lambda scenario, by, case: AssignComplaint(scenario.context)(by, case, OFFICER)),
    "ask": ("h", lambda scenario, by, case: AskCitizen(scenario.context)(by, case, WORDS)),
    "tell preliminary": ("h", lambda scenario, by, case: told(scenario, case, by)),
    "except hearing": ("h", lambda scenario, by, case: excepted(scenario, case, by)),
    "hear": ("h", hear),
    "keep protocol": ("h", keep_protocol),
    "remove hearing": ("h", remove_hearing),
    "correct paper": ("ohci", lambda scenario, by, _: correct_paper(scenario, by)),
    "void": ("h", lambda scenario, by, _: void(scenario, by)),
    "read note": (
        "ohi",
        lambda scenario, by, case: ApprovalQueries(CaseQueries(scenario.context)).note(by, case),
    ),
    "print": ("h", lambda scenario, by, case: CaseQueries(scenario.context).paper(by, case, WHY)),
    "correct": (
        "ohi",
        lambda scenario, by, case: CorrectComplaint(scenario.context)(by, case, kind=ComplaintKind.FEE),
    ),
    "pass on": (
        "h",
        lambda scenario, by, case: PassOnComplaint(scenario.context)(by, case, "police-abai", WORDS),
    ),
    "extend": (
        "h",
        lambda scenario, by, case: AskExtension(scenario.context)(by, case, 1, ExtensionReason.STUDY),
    ),
    "ask to complete": (
        "h",
        lambda scenario, by, case: AskToComplete(scenario.context)(
            by, case, [Requisite.SIGNATURE], date(2026, 3, 20)
        ),
    ),
    "answer": (
        "h",
        lambda scenario, by, case: AnswerComplaint(scenario.context)(
            by, case, ComplaintReply(outcome=ComplaintOutcome.UPHELD, content=WORDS)
        ),
    ),
    "see": ("ohci", lambda scenario, by, case: CaseQueries(scenario.context).of_official(by, case)),
    "see who": ("h", lambda scenario, by, case: CaseQueries(scenario.context).personal(by, case, WHY)),
    "look": (
        "ohci",
        lambda scenario, by, case: CaseQueries(scenario.context).look(by, case, LookedAt.WORDS, WHY),
    ),
    "audit_log": ("ohci", lambda scenario, by, case: CaseQueries(scenario.context).audit_log(by, case)),
    "list": ("ohci", lambda scenario, by, _: InboxQueries(scenario.context).page(by, AKIMAT, InboxList.ALL)),
    "count": ("ohci", lambda scenario, by, _: InboxQueries(scenario.context).counts(by, AKIMAT)),
    "note": ("ohi", lambda scenario, by, case: WriteNote(scenario.context)(by, case, "x")),
    "notes": (
        "ohci",
        lambda scenario, by, case: ReadNotes(CaseQueries(scenario.context))(by, case, WHY),
    ),
    "template": ("ohi", lambda scenario, by, _: AnswerTemplates(scenario.context).save(by, AKIMAT, "x\nx")),
    "templates": ("ohi", lambda scenario, by, _: AnswerTemplates(scenario.context).all(by, AKIMAT)),
    "several": (
        "h",
        lambda scenario, by, case: AssignSeveral(scenario.context)(by, AKIMAT, [case], OFFICER),
    ),
    "duplicates": ("ohi", lambda scenario, by, case: JoinComplaints(scenario.context).candidates(by, case)),
    "find": (
        "ohci",
        lambda scenario, by, case: CaseSearch(scenario.context).page(by, AKIMAT, Criteria(ids=(case,))),
    ),
    "find person": ("ohi", lambda scenario, by, _: CaseSearch(scenario.context).of_person(by, AKIMAT)),
    "find words": ("ohi", lambda scenario, by, _: CaseSearch(scenario.context).by_words(by, AKIMAT, "x")),
    "open body": ("ohci", lambda scenario, by, _: OpenBody(scenario.context)(by, AKIMAT, WHY)),
    "bodies": ("c", lambda scenario, by, _: BodiesBelow(scenario.context).counts(by, AKIMAT)),
    "enter": ("ohci", lambda scenario, by, _: scenario.entered(by=by, organisation=AKIMAT)),
}
WHY = LookReason.SUPERVISION
# Of what was asked before; the head does it as the assignee does.
OF_REQUESTS: dict[str, Attempt] = {
    "complete": lambda scenario, by, case: ConfirmComplete(scenario.context)(by, case),
    "return": lambda scenario, by, case: ReturnComplaint(scenario.context)(by, case, WORDS),
    "show": lambda scenario, by, case: ShowMaterials(scenario.context)(by, case, RequestEnd.COPIES),
}
BY_HEAD: dict[str, Attempt] = {
    **OF_REQUESTS,
    "decide": lambda scenario, by, case: DecideExtension(scenario.context)(by, case, approve=True),
    "approve": lambda scenario, by, case: ApproveAnswer(scenario.context)(by, case),
    "return": lambda scenario, by, case: ReturnAnswer(scenario.context)(by, case, "x"),
    "read answer": lambda scenario, by, case: ApprovalQueries(CaseQueries(scenario.context)).answer(by, case),
}
BY_CITIZEN: dict[str, Attempt] = {
    "add": lambda scenario, by, case: AddToComplaint(scenario.context)(by, case, WORDS),
    "withdraw": lambda scenario, by, case: WithdrawComplaint(scenario.context)(by, case),
    "solved": lambda scenario, by, case: MarkSolved(scenario.context)(by, case),
    "not solved": lambda scenario, by, case: MarkNotSolved(scenario.context)(by, case),
    "agency": lambda scenario, by, case: EscalateToAgency(scenario.context)(by, case),
    "materials": lambda scenario, by, case: RequestMaterials(scenario.context)(by, case),
    "ask oral": lambda scenario, by, case: AskOralHearing(scenario.context)(by, case),
    "rate": lambda scenario, by, case: RateComplaint(scenario.context)(by, case, 5),
    "rate_service": lambda scenario, by, case: RateService(scenario.context)(by, case, 5),
    "see mine": lambda scenario, by, case: CaseQueries(scenario.context).of_person(by, case),
}
ROLE_CODES = {
    Role.OFFICER: "o",
    Role.HEAD: "h",
    Role.COORDINATOR: "c",
    Role.INSPECTOR: "i",
    Role.EDITOR: "e",
    Role.ADMINISTRATOR: "a",
}


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


async def scene(scenario: ComplaintScenario) -> int:
    """A complaint at the akimat, assigned to OFFICER."""
    await scenario.connect(AKIMAT, AGENCY_BODY)
    await scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
    scenario.service = "treatment-abroad"
    return (await scenario.taken()).id


async def is_allowed(scenario: ComplaintScenario, action: Attempt, by: int, case: int) -> bool:
    """Whether `by` may do it; the effect is rolled back."""
    nested = await scenario.session.begin_nested()
    try:
        await action(scenario, by, case)
    except (NotAllowedError, NotAssigneeError, AlreadyAssignedError):
        return False
    else:
        return True
    finally:
        await nested.rollback()


@pytest.mark.parametrize("organisation", [AKIMAT, "akimat-almaty"])
@pytest.mark.parametrize("role", [*Role, None])
async def test_role_performs_only_permitted_actions(
    scenario: ComplaintScenario, role: Role | None, organisation: str
):
    case = await scene(scenario)
    if role is not None:
        await scenario.add_membership(STRANGER, role, organisation)
    expected = {
        name: role is not None and ROLE_CODES[role] in codes and organisation == AKIMAT
        for name, (codes, _) in ATTEMPTS.items()
    }
    done = {
        name: await is_allowed(scenario, action, STRANGER, case) for name, (_, action) in ATTEMPTS.items()
    }
    assert done == expected


async def test_superior_coordinator_has_read_access_only(scenario: ComplaintScenario):
    await scenario.connect("police-abai")
    await scenario.staff()
    case = await scenario.taken()
    await scenario.add_membership(STRANGER, Role.COORDINATOR, "ministry-internal-affairs")
    actions = {**{name: action for name, (_, action) in ATTEMPTS.items()}, **BY_HEAD}
    elsewhere = {"list", "count", "enter"}  # these name another organisation
    done = {name for name, action in actions.items() if await is_allowed(scenario, action, STRANGER, case.id)}
    assert done - elsewhere == {"see", "look", "audit_log", "notes"}


@pytest.mark.parametrize("by", [OFFICER, HEAD, OTHER_CITIZEN])
async def test_only_the_citizen_performs_citizen_actions(scenario: ComplaintScenario, by: int):
    case = await scene(scenario)
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    assert [name for name, action in BY_CITIZEN.items() if await is_allowed(scenario, action, by, case)] == []


async def test_citizen_has_no_official_rights_on_own_complaint(scenario: ComplaintScenario):
    case = await scene(scenario)
    done = [
        name for name, (_, action) in ATTEMPTS.items() if await is_allowed(scenario, action, CITIZEN, case)
    ]
    assert done == ["audit_log"]


async def test_number_opens_the_complaint_for_its_viewers_only(scenario: ComplaintScenario):
    case = await scene(scenario)
    queries = CaseQueries(scenario.context)
    number = (await queries.of_person(CITIZEN, case)).case.number
    assert (await queries.by_number(CITIZEN, number)).id == case
    assert (await queries.by_number(OFFICER, number)).id == case
    with pytest.raises(GoneError):  # not even whether one exists
        await queries.by_number(STRANGER, number)


REFUSED: dict[str, Attempt] = {
    **{
        name: action
        for name, (_, action) in ATTEMPTS.items()
        if name not in {"see", "audit_log", "list", "count", *PREPARED}
    },
    **BY_HEAD,
    **{name: action for name, action in BY_CITIZEN.items() if name != "see mine"},
    "close": lambda scenario, by, case: CloseComplaint(scenario.context)(by, case),
    "tell": lambda scenario, by, case: ConfirmExtensionNotice(scenario.context)(by, case),
}


@pytest.mark.parametrize("by", [STRANGER, OFFICER, HEAD, CITIZEN])
@pytest.mark.parametrize("state", ["open", "answered", "withdrawn"])
async def test_rejected_action_writes_nothing(scenario: ComplaintScenario, by: int, state: str):
    case = await scene(scenario)
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    if state == "answered":
        await scenario.answer(await scenario.again(await scenario_case(scenario, case)))
        scenario.at(date(2026, 6, 1))
    if state == "withdrawn":
        await WithdrawComplaint(scenario.context)(CITIZEN, case)
    for name, action in REFUSED.items():
        before = await everything(scenario)
        nested = await scenario.session.begin_nested()
        try:
            await action(scenario, by, case)
        except DomainError:
            await scenario.session.flush()
            assert await everything(scenario) == before, name
        await nested.rollback()


async def scenario_case(scenario: ComplaintScenario, case: int):
    return (await CaseQueries(scenario.context).of_person(CITIZEN, case)).case


async def everything(scenario: ComplaintScenario) -> list[object]:
    """The full content of the complaint and notice tables."""
    found: list[object] = []
    for row in (ComplaintRow, MessageRow, RequestRow, AuditLogRow, OutboxRow):
        table = row.__table__
        found += [
            tuple(one) for one in await scenario.session.execute(select(table).order_by(*table.primary_key))
        ]
    return found
