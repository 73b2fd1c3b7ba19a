"""`qyzmet jobs` at the command line."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from typer.testing import CliRunner

from accounts.switches.switch import LONGEST_REASON
from cli.main import app
from tests.switches.switching import REASON

Run = Callable[..., Result]


@pytest.fixture
def run(registry_url: str) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["jobs", *arguments, "--database", registry_url])

    return invoke


def listed(run: Run) -> dict[str, bool]:
    return {one["job"]: one["off"] for one in json.loads(run("list", "--json").stdout)}


def test_job_is_switched_and_history_holds_the_reason(run: Run):
    assert listed(run) == {"answers": False, "complaints": False, "reminders": False}
    off = run("off", "answers", "--reason", REASON)
    assert off.exit_code == 0
    assert off.stdout.startswith("answers    off since 20")
    assert off.stdout.endswith(f"by the operator: {REASON}\n")
    assert "within a minute" in off.stderr
    assert listed(run) == {"answers": True, "complaints": False, "reminders": False}
    shown = run("list").stdout.splitlines()
    assert shown[0].startswith("answers    off since ")
    assert shown[1:] == ["complaints on", "reminders  on"]
    on = json.loads(run("on", "answers", "--reason", "Готово", "--json").stdout)
    assert (on["job"], on["off"], on["by"], on["reason"]) == ("answers", False, None, "Готово")
    history = json.loads(run("trail", "--json").stdout)
    assert [(one["off"], one["reason"]) for one in history] == [(False, "Готово"), (True, REASON)]
    assert [line.split()[:2] for line in run("trail").stdout.splitlines()] == [
        ["answers", "on"],
        ["answers", "off"],
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (("on", "answers", "--reason", "Причина"), 1, "Nothing to change"),
        (("off", "answers", "--reason", "  "), 1, "Give the reason in words"),
        (("off", "answers", "--reason", "Ә" * (LONGEST_REASON + 1)), 1, "The reason is too long"),
        (("off", "answers", "--reason", "+7 701 000 00 42"), 1, "Give the reason in words"),
        (("off", "answers", "--reason", "тел. +7 701 000 00 42"), 1, "Leave IIN, phone number, e-mail"),
        (("off", "answers"), 2, "--reason"),
        (("off", "everything", "--reason", "Причина"), 2, "everything"),
    ],
)
def test_invalid_command_is_explained_and_switches_nothing(
    run: Run, arguments: tuple[str, ...], status: int, error: str
):
    result = run(*arguments)
    assert result.exit_code == status
    assert error in result.stderr
    assert result.stdout == ""
    assert not any(listed(run).values())
