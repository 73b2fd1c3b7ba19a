"""A citizen who blocked the bot gets no extension notice: an official must notify them."""

import pytest
from sqlalchemy import select

from accounts.errors import GoneError
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice
from complaints.facts import ExtensionReason
from complaints.queries.cases import CaseQueries
from complaints.undelivered import extension_notice_undelivered
from messaging.outbox.tables import OutboxRow
from messaging.outbox.undelivered import UndeliveredNotice
from notifications.notices import NoticeKind
from tests.complaints.scenario import CITIZEN, HEAD, ComplaintScenario
from tests.complaints.test_extending import akimat

__all__ = ["akimat"]


async def keys_of(scenario: ComplaintScenario, recipient: int) -> list[str]:
    rows = await scenario.session.scalars(select(OutboxRow.key).where(OutboxRow.chat_id == recipient))
    return [str(key) for key in rows]


async def test_undelivered_extension_notice_becomes_pending(akimat: ComplaintScenario):
    case = await akimat.taken(by=HEAD)
    await AskExtension(akimat.context)(HEAD, case.id, 3, ExtensionReason.STUDY)
    with pytest.raises(GoneError):  # announced by the bot
        await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)
    for key in await keys_of(akimat, CITIZEN):
        assert key.startswith(f"{NoticeKind.COMPLAINT_EVENT}/")
        lost = UndeliveredNotice(recipient=CITIZEN, key=key, reason="unreachable")
        await extension_notice_undelivered(akimat.session, lost, akimat.clock.now())
    extension = (await CaseQueries(akimat.context).of_official(HEAD, case.id)).extensions[0]
    await akimat.session.refresh(extension)
    assert extension.told_at is None
    await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)


async def test_other_undelivered_notices_change_nothing(akimat: ComplaintScenario):
    case = await akimat.taken(by=HEAD)
    await AskExtension(akimat.context)(HEAD, case.id, 3, ExtensionReason.STUDY)
    for key in [*await keys_of(akimat, HEAD), f"complaint_event/{case.id}/1/taken_2/{CITIZEN}"]:
        lost = UndeliveredNotice(recipient=HEAD, key=key, reason="unreachable")
        await extension_notice_undelivered(akimat.session, lost, akimat.clock.now())
    with pytest.raises(GoneError):
        await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)
