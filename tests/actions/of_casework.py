"""One success of each action on the work with complaints: notes, templates, several at once, duplicates."""

from accounts.roles import Role
from complaints.actions.taking import AssignSeveral
from complaints.finding.opening import OpenBody
from complaints.joining.actions import JoinComplaints
from complaints.notes.notes import WriteNote
from complaints.queries.cases import LookReason
from complaints.templates.actions import AnswerTemplates
from tests.actions.of_complaints import sent, taken
from tests.actions.world import World, trial
from tests.complaints.scenario import AKIMAT, COLLEAGUE, HEAD, OFFICER

TYPED = "Үлгі\nШағым № {нөмір}"


async def two_sent(world: World) -> tuple[int, int]:
    first = await sent(world)
    await world.scenario.add_membership(COLLEAGUE, Role.OFFICER, AKIMAT)
    return first, (await world.scenario.sent()).id


async def two_taken(world: World) -> tuple[int, int]:
    return await taken(world), (await world.scenario.taken()).id


async def joined_complaint(world: World) -> int:
    """The one that was closed."""
    first, second = await two_taken(world)
    return (await JoinComplaints(world.complaints)(OFFICER, first, second)).joined.id


async def saved(world: World) -> str:
    await world.staff()
    return (await AnswerTemplates(world.complaints).save(OFFICER, AKIMAT, TYPED)).key


def several(world: World) -> AssignSeveral:
    return AssignSeveral(world.complaints)


TRIALS = (
    trial(WriteNote, lambda w, case: WriteNote(w.complaints)(OFFICER, case, "x"), taken),
    trial(AssignSeveral, lambda w, cases: several(w)(HEAD, AKIMAT, cases, COLLEAGUE), two_sent),
    trial(JoinComplaints, lambda w, cases: JoinComplaints(w.complaints)(OFFICER, *cases), two_taken),
    trial(
        AnswerTemplates,
        lambda w, key: AnswerTemplates(w.complaints).save(OFFICER, AKIMAT, TYPED, key),
        saved,
        "save",
    ),
    trial(
        AnswerTemplates,
        lambda w, key: AnswerTemplates(w.complaints).delete(OFFICER, AKIMAT, key),
        saved,
        "delete",
    ),
    trial(
        OpenBody,
        lambda w, _: OpenBody(w.complaints)(HEAD, AKIMAT, LookReason.SUPERVISION),
        World.staff,
    ),
)
