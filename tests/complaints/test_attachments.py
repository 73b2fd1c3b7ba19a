"""A file of a complaint is given to those who may see the complaint, and to nobody else."""

import pytest

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.citizens import AddToComplaint
from complaints.actions.drafting import AttachToDraft
from complaints.actions.passing import PassOn
from complaints.actions.sending import SendDraft, Sent
from complaints.actions.taking import Take
from complaints.actions.working import AskCitizen
from complaints.forgetting import ForgetComplaints
from complaints.queries.cases import CaseQueries
from complaints.talk import Words
from tests.complaints.hall import (
    AGENT,
    AKIMAT,
    CITIZEN,
    COORDINATOR,
    HEAD,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    STRANGER,
    Hall,
)
from tests.complaints.test_passing import AKIM_HEAD, WHY, two
from tests.complaints.test_sending import file

__all__ = ["two"]


async def sent(hall: Hall) -> tuple[int, int]:
    """A complaint that OFFICER has, with one file; their numbers."""
    draft = await hall.drafted()
    row = await AttachToDraft(hall.desk)(CITIZEN, file())
    found = await SendDraft(hall.desk)(CITIZEN, draft)
    assert isinstance(found, Sent)
    await Take(hall.desk)(OFFICER, found.case.id)
    return found.case.id, row.id


@pytest.mark.parametrize("by", [CITIZEN, OFFICER, HEAD, COORDINATOR])
async def test_who_sees_the_complaint_gets_its_file(two: Hall, by: int):
    _, attachment = await sent(two)
    assert (await CaseQueries(two.desk).attachment(by, attachment)).name == file().name


@pytest.mark.parametrize("by", [OTHER_CITIZEN, STRANGER, AGENT, AKIM_HEAD])
async def test_nobody_else_does(two: Hall, by: int):
    _, attachment = await sent(two)
    with pytest.raises(NotAllowedError):
        await CaseQueries(two.desk).attachment(by, attachment)


async def test_the_body_it_was_passed_to_gets_what_was_said_before_and_the_first_nothing_said_after(
    two: Hall,
):
    complaint, attachment = await sent(two)
    following = (await PassOn(two.desk)(OFFICER, complaint, AKIMAT, WHY)).following
    assert following is not None
    await AddToComplaint(two.desk)(CITIZEN, following.id, Words(files=[file(7)]))
    queries = CaseQueries(two.desk)
    later = next(
        one
        for said in (await queries.of_official(AKIM_HEAD, following.id)).talk
        for one in said.files
        if one.name == file(7).name
    )
    assert (await queries.attachment(AKIM_HEAD, attachment)).name == file().name
    assert (await queries.attachment(AKIM_HEAD, later.id)).name == file(7).name
    assert (await queries.attachment(CITIZEN, later.id)).name == file(7).name
    with pytest.raises(NotAllowedError):
        await queries.attachment(OFFICER, later.id)
    full = await queries.of_official(OFFICER, complaint)
    assert [one.name for said in full.talk for one in said.files] == []


async def test_a_file_of_a_draft_or_of_nothing_is_gone(two: Hall):
    await two.drafted()
    row = await AttachToDraft(two.desk)(CITIZEN, file())
    for number in (row.id, 10**9):
        with pytest.raises(GoneError):
            await CaseQueries(two.desk).attachment(OFFICER, number)


async def test_a_forgotten_file_is_gone(two: Hall):
    complaint, attachment = await sent(two)
    await two.answer(await two.again((await CaseQueries(two.desk).of_person(CITIZEN, complaint)).case))
    await ForgetComplaints(two.desk)(CITIZEN)
    with pytest.raises(GoneError):
        await CaseQueries(two.desk).attachment(OFFICER, attachment)


async def test_who_complains_is_told_to_the_holder_and_the_head_alone(two: Hall):
    complaint, _ = await sent(two)
    await AskCitizen(two.desk)(OFFICER, complaint, WHY)
    seen = await CaseQueries(two.desk).personal(HEAD, complaint)
    assert (seen.name, seen.phone) == ("Айгүл Серікова", "+77010000000")
    assert POLICE not in str(seen)
