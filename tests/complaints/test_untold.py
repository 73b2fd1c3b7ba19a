"""A citizen who blocked the bot does not hear of an extension by it: the official is to tell him."""

import pytest
from sqlalchemy import select

from accounts.errors import GoneError
from complaints.actions.extending import AskExtension, TellExtension
from complaints.facts import ExtensionReason
from complaints.queries.cases import CaseQueries
from complaints.untold import SUBJECT, extension_not_told
from messaging.outbox.given_up import GivenUp
from messaging.outbox.tables import OutboxRow
from tests.complaints.hall import CITIZEN, HEAD, Hall
from tests.complaints.test_extending import akimat

__all__ = ["akimat"]


async def keys_of(hall: Hall, recipient: int) -> list[str]:
    rows = await hall.session.scalars(select(OutboxRow.key).where(OutboxRow.chat_id == recipient))
    return [str(key) for key in rows]


async def test_what_reached_nobody_is_to_be_told_again(akimat: Hall):
    case = await akimat.taken(by=HEAD)
    await AskExtension(akimat.desk)(HEAD, case.id, 3, ExtensionReason.STUDY)
    with pytest.raises(GoneError):  # told already, by the bot
        await TellExtension(akimat.desk)(HEAD, case.id)
    for key in await keys_of(akimat, CITIZEN):
        assert key.startswith(f"{SUBJECT}/")
        lost = GivenUp(recipient=CITIZEN, key=key, reason="unreachable")
        await extension_not_told(akimat.session, lost, akimat.clock.now())
    extension = (await CaseQueries(akimat.desk).of_official(HEAD, case.id)).extensions[0]
    await akimat.session.refresh(extension)
    assert extension.told_at is None
    await TellExtension(akimat.desk)(HEAD, case.id)


async def test_other_notices_that_were_lost_change_nothing(akimat: Hall):
    case = await akimat.taken(by=HEAD)
    await AskExtension(akimat.desk)(HEAD, case.id, 3, ExtensionReason.STUDY)
    for key in [*await keys_of(akimat, HEAD), f"complaint_event/{case.id}/1/taken_2/{CITIZEN}"]:
        lost = GivenUp(recipient=HEAD, key=key, reason="unreachable")
        await extension_not_told(akimat.session, lost, akimat.clock.now())
    with pytest.raises(GoneError):
        await TellExtension(akimat.desk)(HEAD, case.id)
