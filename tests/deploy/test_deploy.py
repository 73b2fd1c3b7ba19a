"""What stands in deploy/ agrees with the program."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from cli.main import app
from cli.serve import ProcessRole
from cli.settings import Settings
from messaging.metrics import REGISTRY

DEPLOY = Path(__file__).parents[2] / "deploy"
ROOMS = DEPLOY.parent
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OF_PROMETHEUS = {"up"}


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def rules() -> list[dict[str, Any]]:
    return [
        rule for group in yaml.safe_load(read("prometheus/alerts.yaml"))["groups"] for rule in group["rules"]
    ]


def commands() -> list[list[str]]:
    """What the containers and units run, without the program's name."""
    services = yaml.safe_load(read("compose.yaml"))["services"].values()
    units = [re.search(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE) for unit in UNITS]
    return [
        *(service["command"] for service in services if "command" in service),
        *(shlex.split(found[1])[1:] for found in units if found),
    ]


def test_example_lists_exactly_the_settings():
    named = set(re.findall(r"^#? ?(QYZMET_\w+)=", read("qyzmet.env.example"), re.MULTILINE))
    assert named == {f"QYZMET_{name.upper()}" for name in Settings.model_fields}


def test_example_shows_the_real_defaults():
    told = re.findall(r"^# QYZMET_(\w+)=(.*)$", read("qyzmet.env.example"), re.MULTILINE)
    assert told
    for name, value in told:
        default = Settings.model_fields[name.lower()].default
        assert type(default)(value) == default


def test_filled_example_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QYZMET_{name.upper()}", raising=False)
    settings = Settings(_env_file=DEPLOY / "qyzmet.env.example")  # type: ignore[call-arg]
    assert settings.webhook_url == "https://bot.example.kz/webhook"
    assert settings.metrics_port == 9464


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_alerts_use_existing_metrics(rule: dict[str, Any]):
    known = {name for family in REGISTRY.collect() for name in (family.name, f"{family.name}_total")}
    known |= {f"{family.name}_bucket" for family in REGISTRY.collect()}
    asked = set(re.findall(r"\b(qyzmet_\w+|up)\b", rule["expr"].replace('job="qyzmet"', "")))
    assert asked
    assert asked <= known | OF_PROMETHEUS
    assert rule["annotations"]["summary"]


def test_required_alerts_exist():
    assert {rule["alert"] for rule in rules()} >= {
        "InboxIsOld",
        "OutboxIsOld",
        "TickIsMissing",
        "CalendarEnds",
    }


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_deployed_commands_exist(command: list[str]):
    *path, last = [word for word in command if not word.startswith("-") and word not in set(ProcessRole)]
    assert CliRunner().invoke(app, [*path, last, "--help"]).exit_code == 0
    if "--role" in command:
        assert command[command.index("--role") + 1] in set(ProcessRole)


def test_compose_runs_two_web_and_two_worker_replicas():
    services = yaml.safe_load(read("compose.yaml"))["services"]
    assert {name: services[name]["deploy"]["replicas"] for name in ("web", "worker")} == {
        "web": 2,
        "worker": 2,
    }
    assert services["database"]["image"].partition(":")[0].endswith("postgres")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_is_unprivileged_and_stops_gracefully(unit: Path):
    text = unit.read_text(encoding="utf-8")
    assert "User=qyzmet" in text
    assert "NoNewPrivileges=yes" in text
    if "--role" in text:
        assert int(re.search(r"TimeoutStopSec=(\d+)", text)[1]) > 20  # type: ignore[index]


def test_container_is_multi_stage_and_rootless():
    lines = read("Containerfile").splitlines()
    assert sum(line.startswith("FROM ") for line in lines) == 2
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001"]


def test_every_package_is_in_the_container():
    copied = set(re.findall(r"^COPY (\w+) \1$", read("Containerfile"), re.MULTILINE))
    config = (ROOMS / "pyproject.toml").read_text(encoding="utf-8")
    packed = re.search(r"\[tool.setuptools.packages.find\]\ninclude = \[(.*?)\]", config, re.DOTALL)
    assert packed is not None
    assert copied == set(re.findall(r'"(\w+)\*"', packed[1]))
    ignored = read("Containerfile.dockerignore")
    assert all(f"!{room}\n" in ignored for room in copied)
