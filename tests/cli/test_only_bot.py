"""One bot to a SQLite file; short commands work beside it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from localgram.client import SimulatorClient
from localgram.server import TOKEN, Simulator
from typer import Exit
from typer.testing import CliRunner

from accounts.cipher import Cipher, make_key
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.local_database import only_bot
from cli.main import app
from complaints.attachments.folder import FileFolder
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings
from registry_data.load import DATA

HOLD = """
import sys
from cli.local_database import only_bot
with only_bot(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_bot_on_one_file_is_refused_until_the_first_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    url = f"sqlite:///{tmp_path / 'new' / 'q.sqlite3'}"
    monkeypatch.setenv("QYZMET_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("QYZMET_DATABASE_URL", url)
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        for words in (["run"], ["demo", "--port", "0"]):
            refused = CliRunner().invoke(app, words)
            assert refused.exit_code == 1, words
            assert "Another bot runs on" in refused.stderr, words
        first.send_signal(signal.SIGKILL)
    with only_bot(url), pytest.raises(Exit), only_bot(url):
        pass
    assert "Another bot runs on" in capsys.readouterr().err
    assert (tmp_path / "new" / "q.sqlite3.lock").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://nowhere/qyzmet"])
def test_other_databases_have_no_lock(url: str):
    with only_bot(url), only_bot(url):
        pass


async def told(url: str, key: str, *words: str) -> tuple[int, str]:
    """Run a short command in a process of its own."""
    program = "from cli.main import app; app()"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        *words,
        env={**os.environ, "QYZMET_DATABASE_URL": url, "QYZMET_DATA_KEY": key, "QYZMET_BOT_TOKEN": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.mark.bot
async def test_short_commands_work_beside_a_running_bot(
    registry_url: str, catalogue: LiveCatalogue, tmp_path: Path
):
    """While the bot holds its file and answers."""
    key, clock, database = make_key(), SystemClock(), Database(registry_url)
    changed = tmp_path / "registry"
    shutil.copytree(DATA, changed, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    card = changed / "services" / "apostille.yaml"
    text = card.read_text(encoding="utf-8")
    card.write_text(
        text.replace("    - апостиль қою\n", "    - апостиль қою\n    - апостильді қою\n"), "utf-8"
    )
    commands = (
        ("officials", "invite", "--organisation", "agency-civil-service", "--role", "administrator"),
        ("registry", "import", str(changed)),
        ("inbox", "retry"),
        ("jobs", "list"),
    )
    resources = AppResources(
        database=database,
        clock=clock,
        catalogue=catalogue,
        cipher=Cipher.of(key),
        files=FileFolder(tmp_path / "files"),
    )
    with only_bot(registry_url):
        async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
            settings = BotSettings(
                token=TOKEN, api_url=simulator.url, inbox=InboxSettings(poll_wait_s=1), tick_interval_s=None
            )
            async with running_bot(resources, settings):
                person = await client.person(language_code="ru")
                running = asyncio.gather(*(told(registry_url, key, *words) for words in commands))
                for _ in range(10):
                    assert "Апостиль" in (await person.ask("поставить апостиль"))["text"]
                ended = await running
    await database.dispose()
    assert {words[:2]: said for words, (code, said) in zip(commands, ended, strict=True) if code} == {}
