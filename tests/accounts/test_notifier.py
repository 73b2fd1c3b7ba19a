"""Officials are notified of joins, roles and leave in working hours, and notices hold no names."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select, update

from accounts.officials.invitation import Invitation
from accounts.officials.leave import Leave
from accounts.person import Person, PersonStore
from accounts.roles import Role
from bot.request_context import RequestContext
from bot.views.accounts.notifier import AccountNotifier
from database.engine import Database
from kernel.clock import ALMATY
from kernel.language import Language
from knowledge.catalogue import Catalogue
from localisation.translations import Translations
from messaging.outbox.tables import OutboxRow
from notifications.notices import Notices
from tests.accounts.people import POLICE, AccountsScenario
from tests.messaging.recording import is_working

HEAD, OFFICER, OTHER = 1, 2, 3
NAME = "Серик Ахметов"
FRIDAY_NIGHT = datetime(2026, 3, 27, 22, 15, tzinfo=ALMATY)
MONDAY_MORNING = datetime(2026, 3, 30, 9, 0, tzinfo=ALMATY)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite only: no SQL is under test here."""
    return sqlite_database


@pytest.fixture
def notifier(scenario: AccountsScenario) -> AccountNotifier:
    session = scenario.unit.session
    notices = Notices(session=session, is_working=is_working)
    return AccountNotifier(PersonStore(session), scenario.guard.organisations, notices)


def context(scenario: AccountsScenario, person: int = HEAD) -> RequestContext:
    no_catalogue = cast(Catalogue, None)
    return RequestContext(
        person=Person(telegram_id=person),
        language=Language.RU,
        texts=Translations.load(),
        catalogue=no_catalogue,
        now=scenario.clock.now(),
    )


async def written(scenario: AccountsScenario) -> Sequence[OutboxRow]:
    return (await scenario.unit.session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()


async def waiting_join(scenario: AccountsScenario) -> Invitation:
    await scenario.membership(HEAD, Role.HEAD)
    found = await scenario.invitations.get(await scenario.joined(HEAD, OFFICER, Role.OFFICER))
    assert found is not None
    return found


async def leave_of(scenario: AccountsScenario) -> Leave:
    await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER)
    await scenario.consent(OFFICER)
    return await scenario.take_leave(OFFICER, POLICE, OTHER, "30.03.2026 - 05.04.2026")


async def test_join_request_waits_for_working_hours_and_holds_no_name(
    scenario: AccountsScenario, notifier: AccountNotifier
):
    invitation = await waiting_join(scenario)
    scenario.clock.instant = FRIDAY_NIGHT
    await notifier.asks_to_join(context(scenario, OFFICER), invitation, HEAD)
    (row,) = await written(scenario)
    assert (row.chat_id, row.audience) == (HEAD, "official")
    assert row.key == f"invitation/{invitation.number}/1/join_request/{HEAD}"
    assert row.send_at == MONDAY_MORNING
    payload = json.loads(row.payload)
    assert f"№ {invitation.number}" in payload["text"]
    assert not any(part in as_text(payload) for part in NAME.split())
    assert "reply_markup" in payload


def as_text(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)


@pytest.mark.parametrize("accepted", [True, False])
async def test_applicant_is_notified_of_the_decision(
    scenario: AccountsScenario, notifier: AccountNotifier, accepted: bool
):
    await notifier.decided(context(scenario), await waiting_join(scenario), accepted=accepted)
    (row,) = await written(scenario)
    assert (row.chat_id, row.audience) == (OFFICER, "official")
    assert (row.key or "").split("/")[3] == ("joined" if accepted else "refused")


async def test_revoked_member_and_successor_are_notified(
    scenario: AccountsScenario, notifier: AccountNotifier
):
    await scenario.membership(HEAD, Role.HEAD)
    number = await scenario.membership(OFFICER, Role.OFFICER)
    await scenario.membership(OTHER, Role.OFFICER)
    left = await scenario.revoke(HEAD, number, OTHER)
    await notifier.revoked(context(scenario), left, OTHER)
    await notifier.revoked(context(scenario), left, OTHER)  # as if the update were handled twice
    notices = [(row.chat_id, (row.key or "").split("/")[3]) for row in await written(scenario)]
    assert notices == [(OFFICER, "revoked"), (OTHER, "handed_over")]


async def test_self_revocation_is_not_notified(scenario: AccountsScenario, notifier: AccountNotifier):
    await scenario.membership(HEAD, Role.HEAD)
    number = await scenario.membership(OTHER, Role.HEAD)
    await notifier.revoked(context(scenario, OTHER), await scenario.revoke(OTHER, number, None), None)
    assert await written(scenario) == []


async def test_deputy_notice_holds_days_but_no_name(scenario: AccountsScenario, notifier: AccountNotifier):
    await notifier.deputy(context(scenario, OFFICER), await leave_of(scenario))
    (row,) = await written(scenario)
    assert row.chat_id == OTHER
    assert "30.03.2026 – 05.04.2026" in json.loads(row.payload)["text"]


async def test_leave_cancelled_before_delivery_is_not_notified(
    scenario: AccountsScenario, notifier: AccountNotifier
):
    leave = await leave_of(scenario)
    await notifier.deputy(context(scenario, OFFICER), leave)
    await notifier.leave_cancelled(
        context(scenario, OFFICER), await scenario.cancel_leave(OFFICER, leave.number)
    )
    assert [row.reason for row in await written(scenario)] == ["dropped"]


async def test_notified_deputy_hears_of_cancellation(scenario: AccountsScenario, notifier: AccountNotifier):
    leave = await leave_of(scenario)
    await notifier.deputy(context(scenario, OFFICER), leave)
    await scenario.unit.session.execute(update(OutboxRow).values(sent_at=scenario.clock.now()))
    scenario.clock.advance(timedelta(hours=1))
    await notifier.leave_cancelled(
        context(scenario, OFFICER), await scenario.cancel_leave(OFFICER, leave.number)
    )
    notices = [(row.chat_id, (row.key or "").split("/")[3]) for row in await written(scenario)]
    assert notices == [(OTHER, "deputy"), (OTHER, "freed")]
