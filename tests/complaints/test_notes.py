"""Notes for colleagues: encrypted, a look to read, never the citizen's, gone with the complaint's words."""

import pytest
from sqlalchemy import select

from accounts.access_log.store import AccessLog
from accounts.errors import GoneError, NotAllowedError
from complaints.actions.citizens import WithdrawComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.errors import LookReasonError, MessageEmptyError, TextTooLongError, TooManyNotesError
from complaints.forgetting import ForgetComplaints
from complaints.lifecycle import LifecycleStep
from complaints.notes.notes import MOST_NOTES, ReadNotes, WriteNote
from complaints.notes.tables import NoteRow
from complaints.queries.cases import CaseQueries, LookReason
from complaints.thread import MessageContent
from tests.complaints.scenario import (
    AGENCY_BODY,
    AGENT,
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    OFFICER,
    ComplaintScenario,
)

SAID = "Азамат екінші рет келді, 3-терезе"


def read(scenario: ComplaintScenario) -> ReadNotes:
    return ReadNotes(CaseQueries(scenario.context))


async def test_colleague_reads_what_an_official_noted(police: ComplaintScenario):
    case = await police.taken()
    await WriteNote(police.context)(OFFICER, case.id, f"  {SAID} ")
    [note] = await read(police)(COLLEAGUE, case.id, LookReason.SUBSTITUTE)
    assert (note.author, note.text, note.at) == (OFFICER, SAID, police.clock.now())
    stored = await police.session.scalar(select(NoteRow.text_cipher))
    assert stored
    assert "терезе" not in stored


async def test_reading_is_a_look(police: ComplaintScenario):
    case = await police.taken()
    await WriteNote(police.context)(OFFICER, case.id, SAID)
    for by in (COLLEAGUE, COORDINATOR):
        with pytest.raises(LookReasonError):
            await read(police)(by, case.id)
    await read(police)(OFFICER, case.id)
    await read(police)(COORDINATOR, case.id, LookReason.SUPERVISION)
    looks = [entry for entry, _ in await AccessLog(police.session).of(f"complaint/{case.id}")]
    assert [(one.viewer, one.what, one.reason) for one in looks] == [
        (OFFICER, "notes", None),
        (COORDINATOR, "notes", "supervision"),
    ]


async def test_log_knows_that_there_was_one_and_nothing_of_it(police: ComplaintScenario):
    case = await police.taken()
    await WriteNote(police.context)(OFFICER, case.id, SAID)
    last = (await police.audit_log(case))[-1]
    assert (last.step, last.actor.id, last.what) == (LifecycleStep.NOTE, OFFICER, {})


async def test_nobody_else_writes_or_reads(police: ComplaintScenario):
    case = await police.taken()
    await WriteNote(police.context)(OFFICER, case.id, SAID)
    for by in (CITIZEN, AGENT):
        with pytest.raises(NotAllowedError):
            await read(police)(by, case.id, LookReason.SUPERVISION)
    for by in (CITIZEN, AGENT, COORDINATOR):
        with pytest.raises(NotAllowedError):
            await WriteNote(police.context)(by, case.id, SAID)
    full = await CaseQueries(police.context).of_person(CITIZEN, case.id)
    assert SAID not in repr(full)


async def test_notes_stay_where_they_were_written(police: ComplaintScenario):
    case = await police.taken()
    await WriteNote(police.context)(OFFICER, case.id, SAID)
    passed = await PassOnComplaint(police.context)(OFFICER, case.id, AGENCY_BODY, MessageContent(text="x"))
    assert passed.following is not None
    assert await read(police)(AGENT, passed.following.id, LookReason.QUALITY) == []


async def test_notes_go_with_the_words(police: ComplaintScenario):
    case = await police.taken()
    await WriteNote(police.context)(OFFICER, case.id, SAID)
    await WithdrawComplaint(police.context)(CITIZEN, case.id)
    await ForgetComplaints(police.context)(CITIZEN)
    assert (await police.session.scalars(select(NoteRow))).all() == []
    assert await read(police)(OFFICER, case.id, LookReason.SUPERVISION) == ()
    with pytest.raises(GoneError):
        await WriteNote(police.context)(OFFICER, case.id, SAID)


async def test_empty_long_and_too_many_notes_are_refused(police: ComplaintScenario):
    case = await police.taken()
    write = WriteNote(police.context)
    with pytest.raises(MessageEmptyError):
        await write(OFFICER, case.id, "  ")
    with pytest.raises(TextTooLongError):
        await write(OFFICER, case.id, "ә" * 20_001)
    for _ in range(MOST_NOTES):
        await write(OFFICER, case.id, SAID)
    with pytest.raises(TooManyNotesError):
        await write(OFFICER, case.id, SAID)
