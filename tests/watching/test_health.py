"""Liveness, readiness, and the metrics of queues and complaints."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert, text

from bot.app.metrics_probes import PROBES
from cli.local_database import load_own_calendar
from complaints.tables import ComplaintRow
from database.engine import Database
from kernel.clock import FixedClock
from messaging.health import Health
from messaging.inbox.intake import Intake, parse
from messaging.metrics import REGISTRY, UPDATES
from registry_data.contents import Changes
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.schema import Text
from registry_data.store import ORGANISATIONS, RegistryRepository
from tests.bot.live_bot import RunningBot
from tests.complaints.factories import made, noon
from tests.messaging.telegram import as_text, message
from tests.notifications.factories import notice, write


def values(text: bytes) -> dict[str, float]:
    """The samples without labels."""
    families = text_string_to_metric_families(text.decode())
    return {one.name: one.value for family in families for one in family.samples if not one.labels}


async def test_queue_depth_and_age_are_measured(database: Database, clock: FixedClock):
    await load_own_calendar(database, clock)
    intake = Intake(database=database, clock=clock, wake=lambda _: None)
    await intake.accept([parse(as_text(message(number, "a"))) for number in (1, 2)])
    await write(database, clock, notice(), notice(stage="later", due_at=clock.now() + timedelta(days=1)))
    clock.advance(timedelta(minutes=3))
    found = values(await Health(database=database, clock=clock, probes=PROBES).metrics())
    assert (found["qyzmet_inbox_depth"], found["qyzmet_inbox_oldest_seconds"]) == (2, 180)
    assert (found["qyzmet_outbox_depth"], found["qyzmet_outbox_oldest_seconds"]) == (1, 180)
    assert found["qyzmet_calendar_published_until_timestamp_seconds"] > clock.now().timestamp()


DUE, YESTERDAY, TODAY = date(2026, 3, 17), date(2026, 3, 18), date(2026, 3, 19)
CLOSED = {"closed_on": YESTERDAY, "closed_at": noon(YESTERDAY)}
AGENCY = Organisation(
    code="agency-body",
    kind=OrganisationKind.AGENCY_DEPARTMENT,
    names=Text(kk="Департамент", ru="Департамент"),
)
OF_AGENCY = {"organisation": AGENCY.code}
COMPLAINTS = [
    {"due_on": DUE},
    {"due_on": YESTERDAY, "late_after": TODAY},  # past due but not late on every reading: as in the list
    {"due_on": TODAY},  # the last day is still in time
    {"due_on": DUE, **CLOSED},
    {"due_on": DUE, **OF_AGENCY},
    {"due_on": TODAY, **OF_AGENCY},
]


async def overdue(database: Database, clock: FixedClock) -> dict[str, float]:
    text = (await Health(database=database, clock=clock, probes=PROBES).metrics()).decode()
    families = text_string_to_metric_families(text)
    samples = [one for family in families for one in family.samples]
    return {one.labels["holder"]: one.value for one in samples if one.name == "qyzmet_complaints_overdue"}


async def test_overdue_complaints_are_counted_by_responsible_body(database: Database, clock: FixedClock):
    rows = [made(serial, date(2026, 3, 2), **changes) for serial, changes in enumerate(COMPLAINTS, 1)]
    async with database.unit_of_work() as unit:
        added = Changes(added=(AGENCY.code,))
        await RegistryRepository(unit.session, ORGANISATIONS).apply([AGENCY], added, clock.now())
        await unit.session.execute(insert(ComplaintRow), rows)
        await unit.commit()
    assert await overdue(database, clock) == {"provider": 2, "agency": 1}
    clock.advance(timedelta(hours=14))  # midnight in Kazakhstan
    assert await overdue(database, clock) == {"provider": 3, "agency": 2}


async def test_no_overdue_complaints_are_reported_as_zero(database: Database, clock: FixedClock):
    assert await overdue(database, clock) == {"provider": 0, "agency": 0}


async def test_failing_database_is_not_ready_but_metrics_work(clock: FixedClock):
    health = Health(database=Database("postgresql://127.0.0.1:1/nowhere"), clock=clock, probes=PROBES)
    assert not await health.ready()
    assert b"qyzmet_inbox_depth" in await health.metrics()


async def is_ready(url: str, clock: FixedClock, files: Path | None = None) -> bool:
    database = Database(url)
    try:
        return await Health(database=database, clock=clock, files=files).ready()
    finally:
        await database.dispose()


async def test_process_that_can_read_but_not_write_is_not_ready(sqlite_url: str, clock: FixedClock):
    assert await is_ready(sqlite_url, clock)
    path = sqlite_url.removeprefix("sqlite:///")
    assert not await is_ready(f"sqlite:///file:{path}?mode=ro&uri=true", clock)


@pytest.mark.postgres
async def test_read_only_postgresql_is_not_ready(postgres_url: str, clock: FixedClock):
    assert await is_ready(postgres_url, clock)
    database = Database(postgres_url)
    async with database.engine.begin() as connection:
        await connection.execute(
            text(f'ALTER DATABASE "{database.url.database}" SET default_transaction_read_only = on')
        )
    await database.dispose()
    assert not await is_ready(postgres_url, clock)


async def test_process_that_can_write_but_not_read_is_not_ready(tmp_path: Path, clock: FixedClock):
    """A file without tables, and one that is no database."""
    assert not await is_ready(f"sqlite:///{tmp_path / 'empty.sqlite3'}", clock)
    (tmp_path / "text.sqlite3").write_text("no database at all" * 100, encoding="utf-8")
    assert not await is_ready(f"sqlite:///{tmp_path / 'text.sqlite3'}", clock)


async def test_folder_of_files_that_cannot_be_written_is_not_ready(
    sqlite_url: str, tmp_path: Path, clock: FixedClock
):
    (tmp_path / "file").touch()
    assert not await is_ready(sqlite_url, clock, tmp_path / "file")
    assert await is_ready(sqlite_url, clock, tmp_path / "files")
    assert [*(tmp_path / "files").iterdir()] == []


async def test_database_that_somebody_holds_is_not_ready(
    sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("messaging.health.DATABASE_TIMEOUT_S", 0.1)
    monkeypatch.setattr("database.engine.BUSY_TIMEOUT_MS", 500)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not await is_ready(sqlite_url, clock)


async def test_stopping_process_is_not_ready(database: Database, clock: FixedClock):
    health = Health(database=database, clock=clock, probes=PROBES)
    assert await health.ready()
    health.is_stopping = True
    assert not await health.ready()


def counted(kind: str, result: str) -> float:
    return UPDATES.labels(kind, result)._value.get()


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [("привет", "message", "handled"), ("/start inv_guess", "message", "refused")],
)
async def test_updates_are_counted_by_result(live_bot: RunningBot, text: str, kind: str, result: str):
    before = counted(kind, result)
    await (await live_bot.person("ru")).ask(text)
    assert counted(kind, result) == before + 1


async def test_button_of_a_closed_window_counts_as_outdated(live_bot: RunningBot):
    person = await live_bot.person("ru")
    menu = await person.ask("/menu")
    before = counted("callback_query", "outdated")
    await person.send_callback("gone\x1dbutton", menu["message_id"])
    await live_bot.client.settle()
    assert counted("callback_query", "outdated") == before + 1


async def test_no_metric_names_a_person(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("мой ИИН 010101200012, как получить справку?")
    families = text_string_to_metric_families(generate_latest(REGISTRY).decode())
    labels = {value for family in families for one in family.samples for value in one.labels.values()}
    assert not [value for value in labels if "010101200012" in value or value == str(person.number)]
