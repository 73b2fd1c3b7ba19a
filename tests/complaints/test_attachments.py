"""A complaint's files are available to those who may see the complaint, and to nobody else."""

import pytest

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.citizens import AddToComplaint
from complaints.actions.drafting import AttachToDraft
from complaints.actions.passing import PassOnComplaint
from complaints.actions.sending import SubmitDraft, SubmittedComplaint
from complaints.actions.taking import TakeComplaint
from complaints.actions.working import AskCitizen
from complaints.forgetting import ForgetComplaints
from complaints.queries.cases import CaseQueries, LookReason
from complaints.thread import MessageContent
from tests.complaints.scenario import (
    AGENT,
    AKIMAT,
    CITIZEN,
    COORDINATOR,
    HEAD,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    STRANGER,
    ComplaintScenario,
)
from tests.complaints.test_passing import AKIM_HEAD, WHY, two
from tests.complaints.test_sending import file

__all__ = ["two"]


async def sent(scenario: ComplaintScenario) -> tuple[int, int]:
    """A complaint assigned to OFFICER, with one file; the ids of both."""
    draft = await scenario.drafted()
    row = await AttachToDraft(scenario.context)(CITIZEN, file())
    found = await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert isinstance(found, SubmittedComplaint)
    await TakeComplaint(scenario.context)(OFFICER, found.case.id)
    return found.case.id, row.id


@pytest.mark.parametrize("by", [CITIZEN, OFFICER, HEAD, COORDINATOR])
async def test_viewer_of_complaint_gets_its_file(two: ComplaintScenario, by: int):
    _, attachment = await sent(two)
    assert (await CaseQueries(two.context).attachment(by, attachment)).name == file().name


@pytest.mark.parametrize("by", [OTHER_CITIZEN, STRANGER, AGENT, AKIM_HEAD])
async def test_file_is_denied_to_others(two: ComplaintScenario, by: int):
    _, attachment = await sent(two)
    with pytest.raises(NotAllowedError):
        await CaseQueries(two.context).attachment(by, attachment)


async def test_files_follow_a_passed_complaint_one_way(
    two: ComplaintScenario,
):
    complaint, attachment = await sent(two)
    following = (await PassOnComplaint(two.context)(OFFICER, complaint, AKIMAT, WHY)).following
    assert following is not None
    await AddToComplaint(two.context)(CITIZEN, following.id, MessageContent(files=[file(7)]))
    queries = CaseQueries(two.context)
    later = next(
        one
        for message in (await queries.of_official(AKIM_HEAD, following.id)).thread
        for one in message.files
        if one.name == file(7).name
    )
    assert (await queries.attachment(AKIM_HEAD, attachment)).name == file().name
    assert (await queries.attachment(AKIM_HEAD, later.id)).name == file(7).name
    assert (await queries.attachment(CITIZEN, later.id)).name == file(7).name
    with pytest.raises(NotAllowedError):
        await queries.attachment(OFFICER, later.id)
    full = await queries.of_official(OFFICER, complaint)
    assert [one.name for message in full.thread for one in message.files] == []


async def test_file_of_a_draft_is_not_served(two: ComplaintScenario):
    await two.drafted()
    row = await AttachToDraft(two.context)(CITIZEN, file())
    for number in (row.id, 10**9):
        with pytest.raises(GoneError):
            await CaseQueries(two.context).attachment(OFFICER, number)


async def test_forgotten_file_is_not_served(two: ComplaintScenario):
    complaint, attachment = await sent(two)
    await two.answer(await two.again((await CaseQueries(two.context).of_person(CITIZEN, complaint)).case))
    await ForgetComplaints(two.context)(CITIZEN)
    with pytest.raises(GoneError):
        await CaseQueries(two.context).attachment(OFFICER, attachment)


async def test_only_assignee_and_head_see_the_complainant(two: ComplaintScenario):
    complaint, _ = await sent(two)
    await AskCitizen(two.context)(OFFICER, complaint, WHY)
    seen = await CaseQueries(two.context).personal(HEAD, complaint, LookReason.SUPERVISION)
    assert (seen.name, seen.phone) == ("Айгүл Серікова", "+77010000000")
    assert POLICE not in str(seen)
