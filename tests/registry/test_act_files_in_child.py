"""Act files, whatever is in them, cost their child process and nothing else."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from registry_data.faults import FaultsError
from registry_data.reading import in_child
from registry_data.reading.in_child import LIMITS, read_documents
from registry_data.reading.read import read_drafts
from tests.each import each_case
from tests.registry.test_act_reading import RU, RU_CAPTION, html

ACT = html(RU, RU_CAPTION)
PARENT = """
import sys
from cli.registry import app
app(["draft", sys.argv[1], "--json"], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""


def test_child_tells_what_the_parent_would(tmp_path: Path):
    ru, kk = tmp_path / "ru.html", tmp_path / "kk.md"
    ru.write_text(ACT, encoding="utf-8")
    kk.write_text("# Қағидалар\n", encoding="utf-8")
    found = read_documents([ru, kk])
    assert found
    assert found == [draft.document() for draft in read_drafts([ru, kk])]


def test_file_of_no_known_kind_is_named(tmp_path: Path):
    file = tmp_path / "act.pdf"
    file.write_bytes(b"%PDF")
    with pytest.raises(FaultsError) as refused:
        read_documents([file])
    assert [fault.file for fault in refused.value.faults] == ["act.pdf"]


def told(file: Path) -> str:
    try:
        return "drafts" if read_documents([file]) else "no draft"
    except FaultsError as refused:
        return "takes too much" if "takes too much" in str(refused) else str(refused)


@pytest.mark.slow
def test_file_that_takes_too_much_ends_in_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(in_child, "LIMITS", replace(LIMITS, memory=256, seconds=2, wait_s=6.0))
    hostile = {
        "deep.html": "<div>" * 300_000,
        "wide.html": "<table><tr>" + "<td>1" * 2_000_000,
        "tables.md": "<table><tr><td>" * 100_000,
        "lists.md": "- " * 400_000,
    }
    with each_case() as cases:
        for name, text in hostile.items():
            file = tmp_path / name
            file.write_text(text, encoding="utf-8")
            with cases.case(name):
                assert told(file) in {"no draft", "takes too much"}


def test_command_parses_nothing_itself(tmp_path: Path):
    file = tmp_path / "act.html"
    file.write_text(ACT, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", PARENT, str(file)], check=True, capture_output=True, text=True
    )
    assert '"services"' in ended.stdout
    assert not {"lxml", "markdown_it", "docx"} & {*ended.stderr.split()}
