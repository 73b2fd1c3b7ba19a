"""Extensions: once, in time, by whom the law names, with the head's word; and the telling of them."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.roles import Role
from complaints.actions.extending import AskExtension, DecideExtension, TellExtension
from complaints.actions.taking import Take
from complaints.case import Case
from complaints.errors import ExtensionBodyError, ExtensionLateError, ExtensionPendingError, IllegalMoveError
from complaints.facts import ExtensionReason
from complaints.lifecycle import Step
from complaints.queries.cases import CaseQueries
from database.engine import Database
from deadlines.errors import ExtendedAlreadyError, TooLongError
from tests.complaints.hall import (
    AKIMAT,
    CITIZEN,
    CORPORATION_BRANCH,
    HEAD,
    OF_AKIMAT,
    OFFICER,
    POLICE,
    Hall,
)

STUDY = ExtensionReason.STUDY


@pytest.fixture
def untouched_hall(untouched_sqlite_hall: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return untouched_sqlite_hall


@pytest.fixture
async def akimat(hall: Hall) -> Hall:
    """A region's akimat, which may extend, with an officer and a head."""
    await hall.connect(AKIMAT)
    await hall.seat(OFFICER, Role.OFFICER, AKIMAT)
    await hall.seat(HEAD, Role.HEAD, AKIMAT)
    hall.service = OF_AKIMAT
    return hall


async def asked(hall: Hall, days: int = 10) -> Case:
    case = await hall.taken()
    return await AskExtension(hall.desk)(OFFICER, case.id, days, STUDY)


async def test_asked_by_the_officer_approved_by_the_head_and_told_at_once(akimat: Hall):
    case = await asked(akimat)
    assert case.due_on == date(2026, 3, 31)  # nothing moves before the head has said so
    with pytest.raises(NotAllowedError):
        await DecideExtension(akimat.desk)(OFFICER, case.id, approve=True)
    before = len(await akimat.notices())
    extended = await DecideExtension(akimat.desk)(HEAD, case.id, approve=True)
    assert (extended.due_on, extended.extended_by) == (date(2026, 4, 14), 10)
    assert extended.due_version == case.due_version + 1
    assert (await akimat.notices())[before:] == [("extended", CITIZEN), ("extension_decided", OFFICER)]
    step = next(one for one in await akimat.trail(case) if one.step is Step.EXTEND)
    assert step.actor.role == "head"
    assert step.what == {
        "days": 10,
        "reason": "study",
        "due_before": "2026-03-31",
        "due_on": "2026-04-14",
        "tell_by": "2026-03-27",
    }


async def test_the_head_hears_of_the_request_and_may_refuse(akimat: Hall):
    await asked(akimat)
    assert (await akimat.notices())[-1] == ("extension_asked", HEAD)
    case = (await CaseQueries(akimat.desk).of_official(HEAD, await last(akimat))).case
    refused = await DecideExtension(akimat.desk)(HEAD, case.id, approve=False)
    assert (refused.due_on, refused.extended_by) == (date(2026, 3, 31), 0)
    assert (await akimat.notices())[-1] == ("extension_decided", OFFICER)
    again = await AskExtension(akimat.desk)(OFFICER, case.id, 5, ExtensionReason.INFORMATION)
    assert again.due_on == date(2026, 3, 31)


async def last(hall: Hall) -> int:
    """The newest complaint's id."""
    return max(one.complaint for one in hall.words.told)


async def test_what_the_head_asks_for_is_granted_at_once(akimat: Hall):
    case = await akimat.taken(by=HEAD)
    extended = await AskExtension(akimat.desk)(HEAD, case.id, 3, STUDY)
    assert (extended.due_on, extended.extended_by) == (date(2026, 4, 3), 3)


async def test_an_extension_is_granted_once(akimat: Hall):
    case = await asked(akimat, days=1)
    with pytest.raises(ExtensionPendingError):
        await AskExtension(akimat.desk)(OFFICER, case.id, 1, STUDY)
    await DecideExtension(akimat.desk)(HEAD, case.id, approve=True)
    with pytest.raises(ExtendedAlreadyError):
        await AskExtension(akimat.desk)(OFFICER, case.id, 1, STUDY)
    with pytest.raises(GoneError):
        await DecideExtension(akimat.desk)(HEAD, case.id, approve=True)


@pytest.mark.parametrize("days", [0, 11, -1, 10**6])
async def test_an_extension_is_one_to_ten_days(akimat: Hall, days: int):
    case = await akimat.taken()
    with pytest.raises(TooLongError) as refused:
        await AskExtension(akimat.desk)(OFFICER, case.id, days, STUDY)
    assert refused.value.data == {"up_to": 10}


async def test_what_is_late_is_not_extended_neither_asked_nor_approved(akimat: Hall):
    case = await asked(akimat)
    akimat.at(date(2026, 3, 31), hour=23)
    other = await akimat.taken(district="semey")
    akimat.at(date(2026, 4, 1), hour=0)
    with pytest.raises(ExtensionLateError):
        await DecideExtension(akimat.desk)(HEAD, case.id, approve=True)
    akimat.at(date(2026, 4, 20))
    with pytest.raises(ExtensionLateError):
        await AskExtension(akimat.desk)(OFFICER, other.id, 1, STUDY)


@pytest.mark.parametrize("organisation", [POLICE, CORPORATION_BRANCH])
async def test_whom_art_25_does_not_name_has_no_extension(hall: Hall, organisation: str):
    await hall.seat(OFFICER, Role.OFFICER, organisation)
    await hall.seat(HEAD, Role.HEAD, organisation)
    case = await hall.entered(organisation=organisation)
    await Take(hall.desk)(OFFICER, case.id)
    for by in (OFFICER, HEAD):
        with pytest.raises(ExtensionBodyError):
            await AskExtension(hall.desk)(by, case.id, 1, STUDY)


async def test_an_answered_complaint_is_not_extended(akimat: Hall):
    case = await akimat.answered()
    with pytest.raises(IllegalMoveError):
        await AskExtension(akimat.desk)(OFFICER, case.id, 1, STUDY)


async def test_who_did_not_come_by_the_bot_is_told_by_the_official_within_three_days(akimat: Hall):
    case = await akimat.entered(organisation=AKIMAT)
    await Take(akimat.desk)(HEAD, case.id)
    await AskExtension(akimat.desk)(HEAD, case.id, 2, STUDY)
    extension = (await CaseQueries(akimat.desk).of_official(HEAD, case.id)).extensions[0]
    assert (extension.tell_by, extension.told_at) == (date(2026, 3, 27), None)
    await TellExtension(akimat.desk)(HEAD, case.id)
    assert extension.told_at == akimat.clock.now()
    with pytest.raises(GoneError):
        await TellExtension(akimat.desk)(HEAD, case.id)
