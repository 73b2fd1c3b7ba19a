"""What stands in deploy/ agrees with the program."""

import re
import shlex
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.views.public_address import CALENDAR_PATH, OPEN_DATA_PATH
from cli.main import app
from cli.serve import ProcessRole
from cli.settings import Settings
from messaging.inbox.runner import Webhook
from messaging.metrics import REGISTRY

DEPLOY = Path(__file__).parents[2] / "deploy"
ROOMS = DEPLOY.parent
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OF_PROMETHEUS = {"up"}


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


OF_THE_OWNER = "owner.env.example"  # one setting of the others again, as another role
EXAMPLES = "".join(
    path.read_text(encoding="utf-8")
    for path in sorted(DEPLOY.glob("*.env.example"))
    if path.name != OF_THE_OWNER
)


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


def test_examples_list_exactly_the_settings():
    named = re.findall(r"^#? ?(QYZMET_\w+)=", EXAMPLES, re.MULTILINE)
    assert len(named) == len(set(named))
    assert set(named) == {f"QYZMET_{name.upper()}" for name in Settings.model_fields}


def test_example_shows_the_real_defaults():
    told = re.findall(r"^# QYZMET_(\w+)=(.*)$", EXAMPLES, re.MULTILINE)
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


@pytest.mark.parametrize(("ticked", "fires"), [(0, False), (-299, False), (-301, True), (3_300, True)])
def test_missing_tick_is_seen_whichever_way_the_clock_was_set(ticked: int, fires: bool):
    """Set back by an hour, the last tick lies 55 minutes in the future."""
    (rule,) = (one for one in rules() if one["alert"] == "TickIsMissing")
    asked = rule["expr"].partition(" or ")[0].replace("time()", "now")
    asked = asked.replace("max(qyzmet_tick_finished_timestamp_seconds)", "ticked")
    assert eval(asked, {"now": 1_000_000, "ticked": 1_000_000 + ticked, "abs": abs}) is fires


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


def test_only_processes_that_read_messages_get_the_data_key():
    services = yaml.safe_load(read("compose.yaml"))["services"]
    with_key = {name for name, one in services.items() if "data-key.env" in one.get("env_file", ())}
    with_key |= {unit.name for unit in UNITS if "data-key.env" in unit.read_text(encoding="utf-8")}
    assert with_key == {"worker", "qyzmet-worker@.service"}
    assert not {"QYZMET_DATA_KEY", "QYZMET_BACKUP_KEY"} & set(
        re.findall(r"QYZMET_\w+", read("qyzmet.env.example"))
    )


def test_only_the_containers_network_hears_more_than_loopback():
    """Outside containers webhook and metrics are for this machine's proxy and Prometheus."""
    assert {Settings.model_fields[name].default for name in ("webhook_host", "metrics_host")} == {"127.0.0.1"}
    outside = [EXAMPLES, *(unit.read_text(encoding="utf-8") for unit in UNITS)]
    assert not [text for text in outside if "0.0.0.0" in text]
    web = read("systemd/qyzmet-web@.service")
    assert "QYZMET_WEBHOOK_HOST=127.0.0.1 QYZMET_METRICS_HOST=127.0.0.1" in web
    assert "QYZMET_METRICS_HOST=127.0.0.1" in read("systemd/qyzmet-worker@.service")
    for name, service in yaml.safe_load(read("compose.yaml"))["services"].items():
        assert ("ports" in service) == (name == "proxy")


def test_proxy_passes_the_webhook_secret_calendar_addresses_and_open_data_only():
    matchers = re.findall(r"@(\w+) \{\n\s+method ([A-Z ]+)\n\s+path (.+)\n", read("Caddyfile"))
    assert {name: methods for name, methods, _ in matchers} == {
        "webhook": "POST",
        "calendar": "GET HEAD",
        "open_data": "GET HEAD",
    }
    passed = {name: path for name, _, path in matchers}
    assert passed["webhook"] == Webhook(url="", secret="").path
    assert fnmatch(CALENDAR_PATH.format(token="u_-7" * 10), passed["calendar"])
    assert passed.pop("open_data").split() == [
        OPEN_DATA_PATH,
        f"{OPEN_DATA_PATH}/data.csv",
        f"{OPEN_DATA_PATH}/data.json",
    ]
    for path in ("/metrics", "/readyz", "/healthz", "/calendar", "/"):
        assert not any(fnmatch(path, one) for one in passed.values())


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
    assert "!requirements.lock\n" in ignored
    assert all(f"!{room}\n" in ignored for room in copied)
