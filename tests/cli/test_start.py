"""What a command costs before it does anything."""

import os
import resource
import subprocess
import sys

import pytest
from typer import Context
from typer.main import get_command

from cli.main import Commands, app
from cli.settings import Settings
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import DEFAULT_FOLDER

PLAIN = "import typer, sqlalchemy"
HELP = "from cli.main import app; app(['--help'])"


def cpu_s(code: str) -> float:
    """Seconds of CPU of a Python that runs `code`: the best of three, as the machine may be busy."""
    return min(_cpu_s(code) for _ in range(3))


def _cpu_s(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_costs_little_more_than_its_libraries():
    assert cpu_s(HELP) < 2 * cpu_s(PLAIN)


@pytest.mark.parametrize("name", Commands.lazy)
def test_command_list_matches_each_commands_help(name: str):
    group = get_command(app)
    with Context(group) as context:
        listed = group.get_command(context, name).get_short_help_str(limit=1_000)
        _, command, _ = group.resolve_command(context, [name])
    assert command.name == name
    assert command.get_short_help_str(limit=1_000) == listed


def without_telegram(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command where python-telegram-bot cannot be imported."""
    code = f"import sys; sys.modules['telegram'] = None; from cli.main import app; app({list(arguments)})"
    environment = {**os.environ, "QYZMET_BOT_TOKEN": ""}
    return subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, env=environment
    )


def test_production_runs_without_python_telegram_bot():
    ended = without_telegram("run")  # gets as far as it does with it: there is no token
    assert "BotFather" in ended.stderr
    assert ended.returncode == 1


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
