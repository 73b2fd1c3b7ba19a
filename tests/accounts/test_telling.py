"""Officials hear of joins, roles and leave in working hours, and no name stands in what they are told."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select, update

from accounts.officials.invitation import Invitation
from accounts.officials.leave import Leave
from accounts.person import Person
from accounts.roles import Role
from accounts.store import PersonStore
from bot.catalogue import Catalogue
from bot.request_context import RequestContext
from bot.telling import Telling
from bot.translations import Translations
from database.engine import Database
from deadlines.clock import ALMATY
from messaging.outbox.tables import OutboxRow
from notifications.notices import Notices
from registry_data.schema import Language
from tests.accounts.people import POLICE, Office
from tests.notifications.telegram import is_working

HEAD, OFFICER, OTHER = 1, 2, 3
NAME = "Серик Ахметов"
FRIDAY_NIGHT = datetime(2026, 3, 27, 22, 15, tzinfo=ALMATY)
MONDAY_MORNING = datetime(2026, 3, 30, 9, 0, tzinfo=ALMATY)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return sqlite_database


@pytest.fixture
def telling(office: Office) -> Telling:
    session = office.unit.session
    notices = Notices(session=session, is_working=is_working)
    return Telling(PersonStore(session), office.guard.organisations, notices)


def context(office: Office, person: int = HEAD) -> RequestContext:
    no_catalogue = cast(Catalogue, None)
    return RequestContext(
        person=Person(telegram_id=person),
        language=Language.RU,
        texts=Translations.load(),
        catalogue=no_catalogue,
        now=office.clock.now(),
    )


async def written(office: Office) -> Sequence[OutboxRow]:
    return (await office.unit.session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()


async def waiting_join(office: Office) -> Invitation:
    await office.seat(HEAD, Role.HEAD)
    found = await office.invitations.get(await office.joined(HEAD, OFFICER, Role.OFFICER))
    assert found is not None
    return found


async def leave_of(office: Office) -> Leave:
    await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER)
    await office.consent(OFFICER)
    return await office.take_leave(OFFICER, POLICE, OTHER, "30.03.2026 - 05.04.2026")


async def test_a_request_to_confirm_waits_for_monday_and_holds_no_name(office: Office, telling: Telling):
    invitation = await waiting_join(office)
    office.clock.instant = FRIDAY_NIGHT
    await telling.asks_to_join(context(office, OFFICER), invitation, HEAD)
    (row,) = await written(office)
    assert (row.chat_id, row.audience) == (HEAD, "official")
    assert row.key == f"invitation/{invitation.number}/1/join_request/{HEAD}"
    assert row.send_at == MONDAY_MORNING
    said = json.loads(row.payload)
    assert f"№ {invitation.number}" in said["text"]
    assert not any(part in row_words(said) for part in NAME.split())
    assert "reply_markup" in said


def row_words(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize("accepted", [True, False])
async def test_whoever_asked_to_join_hears_what_became_of_it(
    office: Office, telling: Telling, accepted: bool
):
    await telling.decided(context(office), await waiting_join(office), accepted=accepted)
    (row,) = await written(office)
    assert (row.chat_id, row.audience) == (OFFICER, "official")
    assert (row.key or "").split("/")[3] == ("joined" if accepted else "refused")


async def test_whoever_lost_a_role_and_whoever_has_the_work_are_told(office: Office, telling: Telling):
    await office.seat(HEAD, Role.HEAD)
    number = await office.seat(OFFICER, Role.OFFICER)
    await office.seat(OTHER, Role.OFFICER)
    left = await office.revoke(HEAD, number, OTHER)
    await telling.revoked(context(office), left, OTHER)
    await telling.revoked(context(office), left, OTHER)  # the update was handled twice
    told = [(row.chat_id, (row.key or "").split("/")[3]) for row in await written(office)]
    assert told == [(OFFICER, "revoked"), (OTHER, "handed_over")]


async def test_whoever_leaves_by_himself_is_not_told_of_it(office: Office, telling: Telling):
    await office.seat(HEAD, Role.HEAD)
    number = await office.seat(OTHER, Role.HEAD)
    await telling.revoked(context(office, OTHER), await office.revoke(OTHER, number, None), None)
    assert await written(office) == []


async def test_a_deputy_is_told_the_days_and_not_whose_work_it_is(office: Office, telling: Telling):
    await telling.deputy(context(office, OFFICER), await leave_of(office))
    (row,) = await written(office)
    assert row.chat_id == OTHER
    assert "30.03.2026 – 05.04.2026" in json.loads(row.payload)["text"]


async def test_a_leave_cancelled_before_the_deputy_heard_of_it_is_never_told(
    office: Office, telling: Telling
):
    leave = await leave_of(office)
    await telling.deputy(context(office, OFFICER), leave)
    await telling.leave_cancelled(context(office, OFFICER), await office.cancel_leave(OFFICER, leave.number))
    assert [row.reason for row in await written(office)] == ["dropped"]


async def test_a_deputy_who_was_told_hears_that_the_leave_is_off(office: Office, telling: Telling):
    leave = await leave_of(office)
    await telling.deputy(context(office, OFFICER), leave)
    await office.unit.session.execute(update(OutboxRow).values(sent_at=office.clock.now()))
    office.clock.advance(timedelta(hours=1))
    await telling.leave_cancelled(context(office, OFFICER), await office.cancel_leave(OFFICER, leave.number))
    told = [(row.chat_id, (row.key or "").split("/")[3]) for row in await written(office)]
    assert told == [(OTHER, "deputy"), (OTHER, "freed")]
