"""The steps of the image's first stage, taken from the Containerfile, in a folder of their own.

No registry of images is needed: what is tried is all that the stage does after its base. The second stage
adds Debian's packages and a user.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PREFIX = "/opt/qyzmet"
LOCAL = {"localgram", "tests", "bench", "tools", "pip", "setuptools"}


def steps() -> list[tuple[str, str]]:
    """The instructions of the first stage, each on one line."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    stage = re.sub(r"\\\n\s*", "", text).split("\nFROM ")[1]
    lines = [line for line in stage.splitlines()[1:] if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def copied(sources: list[str], to: Path) -> None:
    for name in sources:
        if (source := ROOT / name).is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to / name)


def built(folder: Path) -> Path:
    """Run the steps with `folder` as the root; returns where the program is."""
    source, prefix = folder / "source", folder / "opt" / "qyzmet"
    source.mkdir()
    prefix.parent.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PATH"] = f"{Path(sys.base_prefix) / 'bin'}:{environment['PATH']}"
    for name, rest in steps():
        if name == "ENV":
            environment |= dict(pair.split("=") for pair in rest.split())
        elif name == "COPY":
            *sources, _ = rest.split()
            copied(sources, source)
        elif name == "RUN":
            command = rest.replace(PREFIX, str(prefix))
            done = subprocess.run(
                ["/bin/sh", "-ec", command],
                cwd=source,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{rest}\n{done.stderr[-2_000:]}"
        else:
            assert name == "WORKDIR", name
    shutil.rmtree(source)
    return prefix


@pytest.mark.long
def test_what_the_image_holds_runs(tmp_path: Path):
    """From the copied files and the locked packages alone: a database, an answer, a check of the data."""
    prefix, home = built(tmp_path), tmp_path / "home"
    home.mkdir()

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        environment = {"HOME": str(home), "PATH": f"{prefix}/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)

    commands = (("database", "upgrade"), ("registry", "check"), ("keys", "make"), ("ask", "замена прав"))
    for command in commands:
        done = run("qyzmet", *command)
        assert done.returncode == 0, f"{command}\n{done.stderr[-2_000:]}"
    assert "прав" in done.stdout.casefold()
    packages = next((prefix / "lib").glob("python*/site-packages"))
    assert {one.name for one in packages.iterdir()} & LOCAL == set()
    assert run("qyzmet", "demo").returncode != 0
    where = run(str(prefix / "bin" / "python"), "-c", "import cli; print(cli.__file__)")
    assert where.stdout.strip() == str(packages / "cli" / "__init__.py")  # the installed one, not this tree
