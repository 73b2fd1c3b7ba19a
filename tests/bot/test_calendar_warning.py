"""Editors are warned that next year's calendar is missing, in working hours and once a month."""

import asyncio
from datetime import UTC, datetime

import pytest
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import TOKEN, Simulator

from accounts.cipher import Cipher, make_key
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.roles import Role
from bot.app.jobs import CalendarWarning
from bot.app.runner import AppResources, BotSettings, running_bot
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock, MovableClock, SystemClock
from kernel.language import Language
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.inbox.runner import InboxSettings
from tests.notifications.factories import local, rows


async def admit(database: Database, telegram_id: int, role: Role, language: Language = Language.RU) -> None:
    joined_at = datetime(2026, 1, 1, tzinfo=UTC)
    member = Membership(
        number=0, telegram_id=telegram_id, organisation="qyzmet", role=role, joined_at=joined_at
    )
    async with database.unit_of_work() as work:
        await MembershipStore(work.session).add(member, None)
        await PersonStore(work.session).keep_language(telegram_id, language, joined_at)
        await work.commit()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-10-31 23:59", []),
        ("2026-11-01 00:00", [("calendar/2027", "missing_in_2026_11")]),
        ("2026-12-15 12:00", [("calendar/2027", "missing_in_2026_12")]),
        ("2027-02-01 12:00", [("calendar/2027", "missing_in_2027_02")]),  # late, and still missing
    ],
)
async def test_missing_calendar_is_due_monthly_from_november(
    registry_database: Database, now: str, due: list[tuple[str, str]]
):
    clock = FixedClock(local(now))
    warning = CalendarWarning(calendar=LiveCalendar(clock), texts=Translations.load())
    async with registry_database.session() as session:
        due_events = await warning.due_events(session, clock.now())
    assert [(one.subject, one.stage) for one in due_events] == due


async def test_warning_goes_to_editors_or_else_administrators(registry_database: Database):
    clock = FixedClock(local("2026-11-02 12:00"))
    warning = CalendarWarning(calendar=LiveCalendar(clock), texts=Translations.load())
    async with registry_database.session() as session:
        (due_event,) = await warning.due_events(session, clock.now())
    found = []
    for person, role in ((5, Role.ADMINISTRATOR), (7, Role.EDITOR), (6, Role.HEAD)):
        await admit(registry_database, person, role)
        async with registry_database.session() as session:
            found.append(await warning.recipients(session, due_event))
    assert found == [[5], [7], [7]]


@pytest.mark.bot
async def test_running_bot_warns_the_editor_on_monday_morning(
    registry_database: Database, catalogue: LiveCatalogue
):
    clock = MovableClock(SystemClock())
    clock.set(local("2026-11-01 12:00"))  # a Sunday
    resources = AppResources(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock, movable=clock) as simulator, SimulatorClient(simulator.url) as client:
        settings = BotSettings(
            token=TOKEN, api_url=simulator.url, inbox=InboxSettings(poll_wait_s=1), tick_interval_s=0.05
        )
        async with running_bot(resources, settings):
            editor = await client.person("Айгүл", "kk")
            await editor.start()
            await editor.wait_for_reply()
            await admit(registry_database, editor.number, Role.EDITOR)
            await _until_postponed(registry_database, clock)
            assert await _warnings(editor) == []
            clock.set(local("2026-11-02 09:00"))
            await editor.wait_until(lambda messages: "2027" in messages[-1].get("text", ""))
            (warning,) = await _warnings(editor)
    assert "на 2027 год" in warning
    assert "по 31 декабря 2026 года включительно" in warning


async def _warnings(editor: SimulatedPerson) -> list[str]:
    return [text for one in await editor.messages() if "2027" in (text := one.get("text", ""))]


async def _until_postponed(database: Database, clock: MovableClock) -> None:
    """Wait until delivery has seen the warning, and put it off."""
    async with asyncio.timeout(60):
        while not any(row.subject and row.send_at > clock.now() for row in await rows(database)):
            await asyncio.sleep(0.02)
