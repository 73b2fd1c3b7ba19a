"""What production installs: each file by its hash, each image by its digest, nothing of development."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import pin_images
from tools.sbom import lean

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DIGEST = re.compile(r"docker\.io/library/[\w.-]+:[\w.-]+@sha256:[0-9a-f]{64}")
OF_DEVELOPERS = {
    "localgram",
    "python-telegram-bot",
    "pytest",
    "hypothesis",
    "ruff",
    "mypy",
    "playwright",
    "bandit",
}


UNDECLARED = {"pyrage"}  # its package names no licence; its repository has the text of MIT
# An editable install finds the modules of the work tree in any case.
ALONE = """
import sys
sys.meta_path = [one for one in sys.meta_path if getattr(one, "__name__", "") != "_EditableFinder"]
sys.path.insert(0, sys.argv.pop())
from cli.main import app
app()
"""


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", text, re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def needed(package: str, known: set[str]) -> None:
    """Add what the package needs in production, as the installed packages tell, to `known`."""
    for text in requires(package) or ():
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        name = canonicalize_name(requirement.name)
        if name not in known:
            known.add(name)
            needed(name, known)


def test_lock_pins_everything_production_needs_with_hashes():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = [one for one in re.split(r"\n(?=\S)", lines) if not one.startswith("#")]
    assert [one for one in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", one)] == []
    locked = pinned("requirements.lock")
    known: set[str] = set()
    needed("qyzmet", known)
    assert known <= {*locked}
    assert not OF_DEVELOPERS & {*locked}
    assert "://" not in lines  # no index and no link


def test_lock_and_tests_use_the_same_versions():
    constraints = pinned("constraints.txt")
    assert {name: constraints.get(name) for name in pinned("requirements.lock")} == pinned(
        "requirements.lock"
    )
    assert "hash" not in (ROOT / "constraints.txt").read_text(
        encoding="utf-8"
    )  # editable installs refuse them


def test_container_installs_by_hash_and_then_itself_alone():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install (.*?)(?: \\)?$", text, re.MULTILINE)
    assert installs == ["--require-hashes -r requirements.lock", "--no-build-isolation --no-deps ."]
    assert "setuptools" in pinned("requirements.lock")  # what --no-build-isolation builds with


def test_images_are_named_by_digest():
    bases = re.findall(r"^FROM (\S+)", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    others = [one["image"] for one in services.values() if "build" not in one]
    assert len(others) == 2
    assert [one for one in (*bases, *others) if not DIGEST.fullmatch(one)] == []


def test_pinning_writes_the_digest_the_registry_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    new = f"sha256:{'5' * 64}"
    skopeo = tmp_path / "skopeo"
    skopeo.write_text(f"#!/bin/sh\necho {new}\n", encoding="utf-8")
    skopeo.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    file = tmp_path / "Containerfile"
    file.write_text(f"FROM docker.io/library/a:1 AS build\nFROM docker.io/library/a:1@sha256:{'0' * 64}\n")
    pin_images.pin((file,))
    assert (
        file.read_text() == f"FROM docker.io/library/a:1@{new} AS build\nFROM docker.io/library/a:1@{new}\n"
    )


def test_bill_of_materials_and_licences_name_what_the_lock_names():
    bom = json.loads((DEPLOY / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert bom["bomFormat"] == "CycloneDX"
    locked = {name: version for name, version in pinned("requirements.lock").items() if name != "setuptools"}
    assert {canonicalize_name(one["name"]): one["version"] for one in bom["components"]} == locked
    assert all(one["purl"].startswith("pkg:pypi/") for one in bom["components"])
    assert {one["name"] for one in bom["components"] if not one.get("licenses")} == UNDECLARED
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (DEPLOY / "licences.md").read_text(encoding="utf-8").splitlines()[2:]
    ]
    assert {canonicalize_name(name): version for name, version, _ in rows} == locked
    assert {name for name, _, licence in rows if licence in {"", "UNKNOWN"}} == UNDECLARED


def test_bill_holds_no_address():
    given: Any = {
        "a": [{"name": "x", "externalReferences": [{"url": "https://x"}]}],
        "externalReferences": [],
    }
    assert lean(given) == {"a": [{"name": "x"}]}


def in_the_image() -> Iterator[Path]:
    """The Python files that the container's build gets: copied by the Containerfile, not ignored."""
    rooms = re.findall(
        r"^COPY (\w+) \1$", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    left_out = {ROOT / line for line in ignored if not line.startswith(("!", "*", "#"))}
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        if not left_out & {path, *path.parents}:
            yield path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{one.name}" for one in node.names))
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


@pytest.mark.slow
def test_image_holds_neither_the_local_telegram_nor_the_demo():
    files = {path.relative_to(ROOT).as_posix() for path in in_the_image()}
    assert {"cli/main.py", "cli/serve.py", "bot/app/runner.py"} <= files
    left_out = {"cli.demo", "cli.simulate", "cli.talk", "cli.talks", "localgram", "telegram"}
    assert not {name.replace(".", "/") + ".py" for name in left_out} & files
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in in_the_image()
        for name in imports(path)
        if any(name == one or name.startswith(f"{one}.") for one in left_out)
    }
    assert found == set()


def test_command_left_out_is_not_offered(tmp_path: Path):
    """The command line with the modules of the image alone."""
    for path in in_the_image():
        if path.is_relative_to(ROOT / "cli"):
            to = tmp_path / path.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.symlink_to(path)
    command = [sys.executable, "-c", ALONE, "--help", str(tmp_path)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    assert " run " in listed
    assert not [name for name in ("demo", "simulate", "talk") if f" {name} " in listed]
