"""A citizen who blocked the bot gets no notice: an official must tell them in another way."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.errors import GoneError
from complaints.actions.answering import AnswerComplaint
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice
from complaints.decision_errors import HearingHeldError, HearingUntoldError, HearingWaitsError, PaperDayError
from complaints.facts import ComplaintOutcome, ExtensionReason
from complaints.hearings.actions import AskOralHearing, NoteHearing
from complaints.hearings.store import HearingStore
from complaints.hearings.telling import NotePreliminaryTold
from complaints.queries.cases import CaseQueries
from complaints.undelivered import notice_undelivered
from messaging.outbox.tables import OutboxRow
from messaging.outbox.undelivered import UndeliveredNotice
from notifications.notices import NoticeKind
from tests.complaints.deciding import REJECTED, told
from tests.complaints.scenario import CITIZEN, HEAD, OFFICER, ComplaintScenario
from tests.complaints.test_extending import akimat

__all__ = ["akimat"]


async def keys_of(scenario: ComplaintScenario, recipient: int) -> list[str]:
    rows = await scenario.session.scalars(select(OutboxRow.key).where(OutboxRow.chat_id == recipient))
    return [str(key) for key in rows]


async def lose_notices(scenario: ComplaintScenario) -> None:
    """Nothing reaches the citizen."""
    for key in await keys_of(scenario, CITIZEN):
        assert key.startswith(f"{NoticeKind.COMPLAINT_EVENT}/")
        lost = UndeliveredNotice(recipient=CITIZEN, key=key, reason="unreachable")
        await notice_undelivered(scenario.session, lost, scenario.clock.now())


async def test_undelivered_extension_notice_becomes_pending(akimat: ComplaintScenario):
    case = await akimat.taken(by=HEAD)
    await AskExtension(akimat.context)(HEAD, case.id, 3, ExtensionReason.STUDY)
    with pytest.raises(GoneError):  # announced by the bot
        await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)
    await lose_notices(akimat)
    extension = (await CaseQueries(akimat.context).of_official(HEAD, case.id)).extensions[0]
    await akimat.session.refresh(extension)
    assert extension.told_at is None
    await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)


async def test_other_undelivered_notices_change_nothing(akimat: ComplaintScenario):
    case = await akimat.taken(by=HEAD)
    await AskExtension(akimat.context)(HEAD, case.id, 3, ExtensionReason.STUDY)
    for key in [*await keys_of(akimat, HEAD), f"complaint_event/{case.id}/1/taken_2/{CITIZEN}"]:
        lost = UndeliveredNotice(recipient=HEAD, key=key, reason="unreachable")
        await notice_undelivered(akimat.session, lost, akimat.clock.now())
    with pytest.raises(GoneError):
        await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)


async def test_undelivered_preliminary_decision_is_told_in_another_way(police: ComplaintScenario):
    case = await police.taken()
    await told(police, case.id)
    tell, answer = NotePreliminaryTold(police.context), AnswerComplaint(police.context)
    with pytest.raises(HearingHeldError):  # the bot told it
        await tell(OFFICER, case.id, date(2026, 3, 19))
    await lose_notices(police)
    hearing = await HearingStore(police.session).hearing(case.id)
    assert hearing is not None
    assert hearing.is_untold
    assert (hearing.object_by, hearing.act_from, hearing.held_on) == (None, None, None)
    assert (await police.audit_log(case))[-1].actor.role == "system"
    police.at(date(2026, 3, 27))
    with pytest.raises(HearingUntoldError):
        await answer(OFFICER, case.id, REJECTED)
    with pytest.raises(HearingUntoldError):
        await NoteHearing(police.context)(OFFICER, case.id, date(2026, 3, 27))
    for day in (date(2026, 3, 18), date(2026, 3, 28)):
        with pytest.raises(PaperDayError):
            await tell(OFFICER, case.id, day)
    await tell(OFFICER, case.id, date(2026, 3, 26))
    assert (await police.audit_log(case))[-1].what == {
        "told_on": "2026-03-26", "object_by": "2026-03-30", "act_from": "2026-03-31",
    }  # fmt: skip
    with pytest.raises(HearingWaitsError):
        await answer(OFFICER, case.id, REJECTED)
    police.at(date(2026, 3, 31))
    assert (await answer(OFFICER, case.id, REJECTED)).outcome is ComplaintOutcome.REJECTED


async def test_who_asks_for_an_oral_hearing_has_got_the_preliminary_decision(police: ComplaintScenario):
    case = await police.taken()
    await told(police, case.id)
    await lose_notices(police)
    police.at(date(2026, 3, 27))
    await AskOralHearing(police.context)(CITIZEN, case.id)
    hearing = await HearingStore(police.session).hearing(case.id)
    assert hearing is not None
    assert (hearing.told_on, hearing.act_from) == (date(2026, 3, 27), date(2026, 4, 1))
