"""One process takes updates in, another answers them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from localgram.client import SimulatorClient
from localgram.keys import WORLD
from localgram.server import TOKEN, Simulator
from typer.testing import CliRunner

from accounts.cipher import Cipher, make_key
from accounts.no_keys import NoKeyError, no_keys
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import ready_database
from cli.main import app
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.health import MonitoringAddress
from messaging.inbox import runner as runner_module
from messaging.inbox.runner import InboxSettings, Webhook
from tests.bot.test_update_kinds import TAKEN

SECRET = "s3cret-of-the-webhook"


@asynccontextmanager
async def part(
    database: Database, catalogue: LiveCatalogue, api_url: str, **settings: Any
) -> AsyncIterator[None]:
    """A part of the bot, as its own process would run it."""
    monitoring_port = settings.pop("monitoring_port")
    clock = SystemClock()
    cipher = Cipher.of(make_key()) if settings.get("works", True) else no_keys()
    resources = AppResources(database=database, clock=clock, catalogue=catalogue, cipher=cipher)
    bot = BotSettings(
        token=TOKEN,
        api_url=api_url,
        inbox=InboxSettings(**settings),
        tick_interval_s=3_600,
        monitoring=MonitoringAddress(host="127.0.0.1", port=monitoring_port),
    )
    async with running_bot(resources, bot):
        yield


async def fetch(port: int, path: str) -> tuple[int, str]:
    async with ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def test_update_of_one_process_is_answered_by_another(
    postgres_url: str, catalogue: LiveCatalogue, free_ports: tuple[int, int, int]
):
    hook, web_watch, worker_watch = free_ports
    webhook = Webhook(url=f"http://127.0.0.1:{hook}/webhook", secret=SECRET, port=hook)
    clock = SystemClock()
    async with (
        ready_database(postgres_url) as database,
        Simulator(clock=clock) as simulator,
        SimulatorClient(simulator.url) as client,
        part(database, catalogue, simulator.url, webhook=webhook, works=False, monitoring_port=web_watch),
        part(database, catalogue, simulator.url, takes_in=False, monitoring_port=worker_watch),
    ):
        person = await client.person(language_code="ru")
        assert "Апостиль" in (await person.ask("поставить апостиль"))["text"]
        assert simulator.app[WORLD].updates.allowed == TAKEN
        for port in (hook, web_watch, worker_watch):
            assert await fetch(port, "/healthz") == (200, "ok\n")
            assert await fetch(port, "/readyz") == (200, "ready\n")
        assert (await fetch(hook, "/metrics"))[0] == 404  # not served publicly
        status, metrics = await fetch(worker_watch, "/metrics")
    assert status == 200
    assert "qyzmet_inbox_depth 0.0" in metrics
    assert 'qyzmet_updates_total{kind="message",result="handled"}' in metrics
    assert 'qyzmet_answers_total{confidence="confident"}' in metrics
    assert "qyzmet_tick_seconds_count" in metrics


@pytest.mark.bot
async def test_endless_handler_is_cancelled_after_the_grace_period(
    registry_database: Database, catalogue: LiveCatalogue, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(runner_module, "GRACE_S", 0.2)
    begun = asyncio.Event()

    async def never(*_: Any, **__: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    clock = SystemClock()
    resources = AppResources(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        settings = BotSettings(
            token=TOKEN, api_url=simulator.url, inbox=InboxSettings(poll_wait_s=1), tick_interval_s=None
        )
        async with asyncio.timeout(60), running_bot(resources, settings) as runner:
            monkeypatch.setattr(runner.dispatcher, "feed_update", never)
            await (await client.person()).start()
            await begun.wait()
    assert runner.health is not None
    assert not await runner.health.ready()


@pytest.mark.parametrize(
    ("role", "database", "reason"),
    [
        ("web", "sqlite:///never-made.sqlite3", "SQLite serves one process"),
        ("worker", "sqlite:///never-made.sqlite3", "SQLite serves one process"),
        ("web", "postgresql://nowhere/qyzmet", "QYZMET_WEBHOOK_URL"),
    ],
)
def test_role_that_cannot_run_alone_explains_why(
    role: str, database: str, reason: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QYZMET_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("QYZMET_DATABASE_URL", database)
    monkeypatch.delenv("QYZMET_WEBHOOK_URL", raising=False)
    result = CliRunner().invoke(app, ["run", "--role", role])
    assert result.exit_code == 1
    assert reason in result.stderr


@pytest.mark.parametrize(("role", "asks"), [("web", 0), ("worker", 1)])
def test_web_process_reads_no_data_key(role: str, asks: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QYZMET_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("QYZMET_DATABASE_URL", "postgresql://nowhere/qyzmet")
    monkeypatch.setenv("QYZMET_WEBHOOK_URL", "https://bot.example.kz/webhook")
    monkeypatch.setenv("QYZMET_WEBHOOK_SECRET", SECRET)
    asked: list[object] = []

    @asynccontextmanager
    async def ready(*_: Any) -> AsyncIterator[None]:
        yield None

    async def key_of(*given: object) -> Cipher:
        asked.append(given)
        return Cipher.of(make_key())

    async def at_once(*_: Any) -> None:
        """Nothing is sealed, nothing waited for."""

    for name, stub in (("ready_database", ready), ("running_bot", ready), ("data_cipher", key_of)):
        monkeypatch.setattr(f"cli.serve.{name}", stub)
    for name in ("seal_left_files", "stopped"):
        monkeypatch.setattr(f"cli.serve.{name}", at_once)
    for name in ("freeze_long_lived", "log_to_standard_error"):
        monkeypatch.setattr(f"cli.serve.{name}", lambda: None)
    assert CliRunner().invoke(app, ["run", "--role", role], catch_exceptions=False).exit_code == 0
    assert len(asked) == asks


def test_process_without_key_encrypts_nothing():
    with pytest.raises(NoKeyError):
        no_keys().close("a name")


@pytest.mark.parametrize("secret", ["", "short", "with spaces in it, and long", "a" * 257])
def test_webhook_without_a_strong_secret_is_rejected(
    secret: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("QYZMET_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("QYZMET_DATABASE_URL", f"sqlite:///{tmp_path / 'never-made.sqlite3'}")
    monkeypatch.setenv("QYZMET_WEBHOOK_URL", "https://bot.example.kz/webhook")
    monkeypatch.setenv("QYZMET_WEBHOOK_SECRET", secret)
    result = CliRunner().invoke(app, ["run"])
    assert result.exit_code == 1
    assert "QYZMET_WEBHOOK_SECRET" in result.stderr
