"""Whoever opens words, files or the name of a complaint is in the access log, and why; no list opens any."""

import pytest

from accounts.access_log.store import AccessLog
from accounts.errors import NotAllowedError
from accounts.roles import Role
from complaints.actions.citizens import AddToComplaint
from complaints.case import ComplaintCase
from complaints.errors import LookReasonError, NotAssigneeError
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from complaints.queries.inbox import InboxList, InboxQueries
from complaints.thread import MessageContent
from tests.complaints.scenario import (
    CITIZEN,
    COLLEAGUE,
    HEAD,
    MINISTRY,
    NAME,
    OFFICER,
    POLICE,
    STRANGER,
    TEXT,
    ComplaintScenario,
)

COORDINATOR, MINISTRY_COORDINATOR = 601, 602
WORD = "құпия сөз"


@pytest.fixture
async def case(scenario: ComplaintScenario) -> ComplaintCase:
    """A complaint with a message, held by OFFICER."""
    await scenario.connect(POLICE)
    await scenario.staff()
    await scenario.add_membership(COORDINATOR, Role.COORDINATOR)
    await scenario.add_membership(MINISTRY_COORDINATOR, Role.COORDINATOR, MINISTRY)
    case = await scenario.taken()
    await AddToComplaint(scenario.context)(CITIZEN, case.id, MessageContent(text=WORD))
    return case


Logged = list[tuple[int | None, str, str | None]]


async def logged(scenario: ComplaintScenario, case: ComplaintCase) -> Logged:
    found = await AccessLog(scenario.session).of(f"complaint/{case.id}")
    return [(entry.viewer, entry.what, entry.reason) for entry, _ in found]


async def test_a_case_and_its_lists_hold_no_word(scenario: ComplaintScenario, case: ComplaintCase):
    full = await CaseQueries(scenario.context).of_official(OFFICER, case.id)
    page = await InboxQueries(scenario.context).page(OFFICER, POLICE, InboxList.ALL)
    for shown in (full, page):
        assert not [word for word in (TEXT, NAME, WORD) if word in repr(shown)]
    assert full.length == len(TEXT)
    assert await logged(scenario, case) == []  # and are no look


async def test_every_opening_is_logged_by_whom_and_why(scenario: ComplaintScenario, case: ComplaintCase):
    queries = CaseQueries(scenario.context)
    for viewer in (OFFICER, COLLEAGUE, HEAD, COORDINATOR, MINISTRY_COORDINATOR):
        reason = None if viewer == OFFICER else LookReason.SUPERVISION
        for what in (LookedAt.WORDS, LookedAt.FILES):
            full = await queries.look(viewer, case.id, what, reason)
            assert full.text == TEXT, viewer
            assert WORD in [one.text for one in full.thread], viewer
    for viewer, reason in ((OFFICER, None), (HEAD, LookReason.REQUEST)):
        assert (await queries.personal(viewer, case.id, reason)).name == NAME
    expected: Logged = [
        (viewer, what.value, None if viewer == OFFICER else "supervision")
        for viewer in (OFFICER, COLLEAGUE, HEAD, COORDINATOR, MINISTRY_COORDINATOR)
        for what in (LookedAt.WORDS, LookedAt.FILES)
    ]
    person = LookedAt.PERSON.value
    assert await logged(scenario, case) == [*expected, (OFFICER, person, None), (HEAD, person, "request")]


async def test_who_does_not_hold_the_case_gives_a_reason(scenario: ComplaintScenario, case: ComplaintCase):
    queries = CaseQueries(scenario.context)
    for viewer in (COLLEAGUE, HEAD, COORDINATOR, MINISTRY_COORDINATOR):
        for what in (LookedAt.WORDS, LookedAt.FILES):
            with pytest.raises(LookReasonError):
                await queries.look(viewer, case.id, what)
    with pytest.raises(LookReasonError):
        await queries.personal(HEAD, case.id)
    with pytest.raises(NotAssigneeError):
        await queries.personal(COLLEAGUE, case.id, LookReason.QUALITY)
    with pytest.raises(NotAllowedError):
        await queries.look(STRANGER, case.id, LookedAt.WORDS, LookReason.QUALITY)
    assert await logged(scenario, case) == []
