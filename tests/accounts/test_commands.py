"""`qyzmet organisations` and `qyzmet officials` at the command line."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook
from typer.testing import CliRunner

from accounts.cipher import Cipher
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from cli import main
from database.engine import Database
from tests.accounts.people import AccountsScenario

runner = CliRunner()
Run = Callable[..., Result]
HEADER = "code;kind;names.kk;names.ru;parent;region;district"
SEMEY = "akimat-semey;akimat_district;Семей қаласының әкімдігі;Акимат города Семея;;abai;semey"


@pytest.fixture
def run(registry_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("QYZMET_BOT_TOKEN", raising=False)

    def invoke(*arguments: str | Path) -> Result:
        return runner.invoke(main.app, [*map(str, arguments), "--database", registry_url])

    return invoke


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "organisations.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def listed(run: Run) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in json.loads(run("organisations", "list", "--json").stdout)}


def test_import_adds_and_updates_organisations_and_leaves_others(run: Run, tmp_path: Path):
    before = listed(run)
    assert "akimat-semey" not in before
    assert not any(one["connected"] for one in before.values())
    assert run("organisations", "import", sheet(tmp_path, HEADER, SEMEY)).stdout == "1 added, 0 changed.\n"
    changed = SEMEY.replace("Акимат города", "Акимат г.")
    result = run("organisations", "import", sheet(tmp_path, HEADER, changed), "--json")
    assert json.loads(result.stdout) == {"added": [], "changed": ["akimat-semey"]}
    after = listed(run)
    assert after.keys() == {*before, "akimat-semey"}
    assert after["akimat-semey"]["names"]["ru"] == "Акимат г. Семея"
    assert after["akimat-semey"]["district"] == "semey"


def test_import_accepts_xlsx_and_yaml(run: Run, tmp_path: Path):
    book = Workbook()
    for line in (HEADER, SEMEY):
        book.worksheets[0].append(line.split(";"))
    book.save(tmp_path / "o.xlsx")
    assert run("organisations", "import", tmp_path / "o.xlsx").stdout == "1 added, 0 changed.\n"
    text = (
        "- {code: akimat-semey, kind: akimat_district, names: {kk: Ә, ru: А}, region: abai, district: semey}"
    )
    (tmp_path / "o.yaml").write_text(text, encoding="utf-8")
    assert run("organisations", "import", tmp_path / "o.yaml").stdout == "0 added, 1 changed.\n"


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["code;kind;names.kk"], "line 1: the column names.ru is wanted here"),
        ([HEADER + ";colour", SEMEY], "column H (colour): there is no such column"),
        ([HEADER, SEMEY.replace("akimat_district", "castle")], "line 2, column B (kind)"),
        ([HEADER, SEMEY, SEMEY], "line 3, column A (code): akimat-semey occurs twice"),
        ([HEADER, SEMEY.replace(";abai;", ";mars;")], "no region 'mars'"),
        ([HEADER, SEMEY.replace(";;abai", ";akimat-semey;abai")], "it is its own superior"),
        ([HEADER, "=1+1;" + SEMEY.partition(";")[2]], "a formula is not taken"),
        ([], "no header row"),
    ],
)
def test_bad_file_is_rejected_whole_and_names_the_cell(
    run: Run, tmp_path: Path, lines: list[str], place: str
):
    result = run("organisations", "import", sheet(tmp_path, *lines))
    assert result.exit_code == 1
    assert place in result.stderr
    assert "Nothing was imported." in result.stderr
    assert "akimat-semey" not in listed(run)


def test_unknown_file_type_is_rejected(run: Run, tmp_path: Path):
    path = tmp_path / "organisations.pdf"
    path.write_bytes(b"%PDF")
    assert run("organisations", "import", path).exit_code == 1


def test_list_is_readable(run: Run):
    lines = run("organisations", "list").stdout.splitlines()
    assert any(line.startswith("police-shymkent ") and "territorial_police" in line for line in lines)


def test_invitation_prints_a_link_and_its_expiry(run: Run):
    result = run("officials", "invite", "--organisation", "police-shymkent", "--role", "head", "--json")
    document = json.loads(result.stdout)
    assert document["link"] == f"https://t.me/qyzmet_bot?start={document['start']}"
    assert document["start"].startswith("inv_")
    assert "this command is the confirmation" in result.stderr
    shown = run("officials", "invite", "--organisation", "police-shymkent", "--role", "head").stdout
    assert "/start inv_" in shown


@pytest.mark.parametrize(
    ("organisation", "role", "status"),
    [("nowhere", "head", 1), ("police-shymkent", "inspector", 1), ("police-shymkent", "king", 2)],
)
def test_invalid_invitation_is_rejected(run: Run, organisation: str, role: str, status: int):
    result = run("officials", "invite", "--organisation", organisation, "--role", role)
    assert result.exit_code == status
    assert result.stdout == ""


def test_operator_confirms_and_refuses(run: Run, registry_url: str, cipher: Cipher):
    asyncio.run(appoint_administrator(registry_url, cipher))
    numbers = []
    for person in (1, 2):
        arguments = ("--organisation", "police-shymkent", "--role", "head", "--json")
        result = run("officials", "invite", *arguments)
        assert "qyzmet officials confirm" in result.stderr
        numbers.append(asyncio.run(follow(registry_url, cipher, person, json.loads(result.stdout))))
    assert run("officials", "confirm", numbers[0]).stdout == "Confirmed.\n"
    assert run("officials", "confirm", numbers[1], "--refuse").stdout == "Refused.\n"
    assert run("officials", "confirm", numbers[1]).exit_code == 1
    assert run("officials", "confirm", "999").exit_code == 1
    assert asyncio.run(roles_of(registry_url, 1)) == [Role.HEAD]
    assert asyncio.run(roles_of(registry_url, 2)) == []


async def appoint_administrator(url: str, cipher: Cipher) -> None:
    database = Database(url)
    async with database.unit_of_work() as unit:
        await AccountsScenario(unit=unit, cipher=cipher).membership(
            100, Role.ADMINISTRATOR, "agency-civil-service"
        )
        await unit.commit()
    await database.dispose()


async def follow(url: str, cipher: Cipher, person: int, invitation: dict[str, Any]) -> str:
    """Open the printed link and enter a name; return the invitation's number."""
    database = Database(url)
    async with database.unit_of_work() as unit:
        scenario = AccountsScenario(unit=unit, cipher=cipher)
        await scenario.open(person, invitation["start"].removeprefix("inv_"))
        await scenario.consent(person)
        await scenario.introduce(person, invitation["number"], "Серик Ахметов")
    await database.dispose()
    return str(invitation["number"])


async def roles_of(url: str, person: int) -> list[Role]:
    database = Database(url)
    async with database.session() as session:
        found = [one.role for one in await MembershipStore(session).of_person(person)]
    await database.dispose()
    return found
