"""Startup cost of commands."""

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from typer import Context
from typer.main import get_command

from cli.main import Commands, app
from cli.settings import Settings
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import DEFAULT_FOLDER

PLAIN = "import typer, sqlalchemy, pydantic_settings"  # 0.4 s of CPU on an idle core in 2026
# Help imports the command's module; its imports go to standard error.
HELP = """
import sys
from cli.main import app
for arguments in {commands}:
    app(arguments, standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""
OF_FILES = ("alembic", "asyncpg", "docx", "docxtpl", "holidays", "icalendar", "matplotlib", "openpyxl")
OF_TELEGRAM = ("aiogram", "aiogram_dialog", "aiohttp", "apscheduler", "dishka", "telegram")
OF_THE_BOT = {"demo": ("alembic", "holidays", "matplotlib", "openpyxl")}
OF_THE_BOT["talk"] = OF_THE_BOT["demo"]
OF_THE_BOT["run"] = (*OF_THE_BOT["demo"], "telegram", "localgram")
OF_THE_BOT["simulate"] = ("aiogram", "aiogram_dialog", "dishka", *OF_FILES)
WITHOUT_TELEGRAM = [name for name in Commands.lazy if name not in OF_THE_BOT]


def cpu_s(code: str) -> float:
    """CPU seconds of a Python process running `code`: the best of three, as the machine may be busy."""
    return min(_cpu_s(code) for _ in range(3))


def _cpu_s(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def imported_by(*commands: list[str]) -> set[str]:
    """The modules imported by a Python process that has run these commands."""
    code = HELP.format(commands=list(commands))
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(ended.stderr.split())


@pytest.mark.slow
def test_list_of_commands_costs_no_more_than_its_libraries():
    assert cpu_s(HELP.format(commands=[["--help"]])) < cpu_s(PLAIN)


@pytest.mark.slow
def test_question_at_the_command_line_starts_within_a_second():
    ask = HELP.format(commands=[["ask", "--help"]])  # the slowest command without Telegram: it needs numpy
    assert cpu_s(ask) < 4 * cpu_s(PLAIN)  # twice as much on an idle core


def test_list_of_commands_imports_no_command():
    names = {*OF_TELEGRAM, *OF_FILES, "sqlalchemy", "pydantic", "numpy", "bot", "registry_data"}
    assert not imported_by(["--help"]) & names


@pytest.mark.slow
def test_command_without_telegram_imports_no_heavy_package():
    heavy, helps = {*OF_TELEGRAM, *OF_FILES, "localgram"}, [[name, "--help"] for name in WITHOUT_TELEGRAM]
    if imported_by(*helps) & heavy:
        pytest.fail(str({" ".join(one): found for one in helps if (found := imported_by(one) & heavy)}))


@pytest.mark.long
@pytest.mark.parametrize(("name", "needless"), OF_THE_BOT.items())
def test_bot_starts_without_packages_of_single_features(name: str, needless: tuple[str, ...]):
    assert not imported_by([name, "--help"]) & {*needless}


@pytest.mark.parametrize("name", Commands.lazy)
def test_command_list_matches_each_commands_help(name: str):
    group = get_command(app)
    with Context(group) as context:
        listed = group.get_command(context, name).get_short_help_str(limit=1_000)
        _, command, _ = group.resolve_command(context, [name])
    assert command.name == name
    assert command.get_short_help_str(limit=1_000) == listed


def as_in_production(*arguments: str) -> list[str]:
    """Runs a command without python-telegram-bot."""
    code = f"import sys; sys.modules['telegram'] = None; from cli.main import app; app({list(arguments)})"
    return [sys.executable, "-c", code]


def without_telegram(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QYZMET_BOT_TOKEN": ""}
    return subprocess.run(
        as_in_production(*arguments), check=False, capture_output=True, text=True, env=environment
    )


@contextmanager
def local_telegram() -> Iterator[tuple[str, str]]:
    """Address and token of a local Telegram in its own process."""
    code = "from cli.main import app; app(['simulate', '--port', '0'])"
    with subprocess.Popen([sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"(http\S+)/bot(\S+)/", process.stdout.readline())
            assert found is not None
            yield found[1], found[2]
        finally:
            process.terminate()


def asked(url: str, body: object = None) -> Any:
    """GET, or POST `body`; returns JSON."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json"}), timeout=60) as reply:
        return json.load(reply)


@pytest.mark.long
def test_production_serves_a_person_without_python_telegram_bot(tmp_path: Path):
    with local_telegram() as (url, token):
        settings = {
            "QYZMET_BOT_TOKEN": token,
            "QYZMET_TELEGRAM_API_URL": url,
            "QYZMET_DATABASE_URL": f"sqlite:///{tmp_path / 'q.sqlite3'}",
        }
        person = asked(f"{url}/people", {"first_name": "Aigul", "language_code": "kk"})["id"]
        sent = asked(f"{url}/people/{person}/messages", {"text": "/start"})
        with subprocess.Popen(as_in_production("run"), cwd=tmp_path, env={**os.environ, **settings}) as bot:
            try:
                chat = f"{url}/people/{person}/messages?after={sent['message_id']}&version=0&wait=5"
                while not asked(chat)["messages"]:
                    assert bot.poll() is None
            finally:
                bot.terminate()


@pytest.mark.long
def test_production_runs_without_python_telegram_bot():
    ended = without_telegram("run")  # fails as expected: there is no token
    assert "BotFather" in ended.stderr
    assert ended.returncode == 1


@pytest.mark.long
@pytest.mark.parametrize("command", ["demo", "simulate"])
def test_local_telegram_names_the_extra_that_it_needs(command: str):
    ended = without_telegram(command)
    assert ended.stderr.splitlines() == [
        "python-telegram-bot is not installed; the local Telegram needs it: pip install 'qyzmet[local]'"
    ]
    assert ended.returncode == 1


def test_settings_defaults_match_the_packages():
    settings = Settings.model_fields
    assert settings["complaints_per_day"].default == DailyLimit().most
    assert settings["files"].default == DEFAULT_FOLDER
