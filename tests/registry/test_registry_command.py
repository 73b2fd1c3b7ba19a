"""`qyzmet registry` as its users see it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.registry import app
from registry_data.load import DATA, SERVICES
from tests.registry.factories import CARD_FILE, write

runner = CliRunner()
SHIPPED = len(list(SERVICES.glob("*.yaml")))  # cards of the program's own registry


@pytest.fixture
def run(registry_url: str) -> Any:
    def invoke(*arguments: str | Path) -> Result:
        return runner.invoke(app, [*map(str, arguments), "--database", registry_url])

    return invoke


def one_card(folder: Path, text: str = CARD_FILE) -> Path:
    services = folder / "cards"
    services.mkdir(exist_ok=True)
    write(services, "id-card.yaml", text)
    return services


@pytest.mark.slow
def test_check_of_own_data_finds_no_faults() -> None:
    result = runner.invoke(app, ["check", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["faults"] == []


def test_check_exits_with_one_and_lists_the_faults(tmp_path: Path) -> None:
    services = tmp_path / "services"
    services.mkdir()
    write(services, "id-card.yaml", CARD_FILE.replace("documents", "papers"))
    for name in ("acts.yaml", "regions.yaml", "organisations.yaml", "indices.yaml"):
        write(tmp_path, name, (DATA / name).read_text(encoding="utf-8"))
    write(tmp_path, "synonyms.yaml", "alike: [{words: [куәлік]}]")
    result = runner.invoke(app, ["check", str(tmp_path), "--json"])
    assert result.exit_code == 1
    faults = [(fault["file"], fault["key"]) for fault in json.loads(result.stdout)["faults"]]
    assert faults == [("synonyms.yaml", "alike.0.reason"), ("id-card.yaml", "life_situation")]
    shown = runner.invoke(app, ["check", str(tmp_path)])
    assert shown.exit_code == 1
    assert "fault: id-card.yaml: life_situation: Input should be" in shown.stdout
    assert shown.stdout.endswith("2 faults, 0 warnings\n")


def test_import_lists_changes_and_dry_run_writes_nothing(run: Any, tmp_path: Path) -> None:
    cards = one_card(tmp_path)
    for options in (["--dry-run"], ["--yes-all"]):
        result = run("import", cards, "--json", *options)
        document = json.loads(result.stdout)
        assert result.exit_code == 0
        assert document["dry_run"] is (options == ["--dry-run"])
        assert document["cards"]["added"] == ["id-card"]
        assert len(document["cards"]["gone"]) == SHIPPED
        assert document["acts"] == {"added": [], "changed": [], "gone": []}
    assert run("import", cards).stdout == "Nothing has changed.\n"


def test_import_prints_a_readable_summary(run: Any, tmp_path: Path) -> None:
    run("import", one_card(tmp_path), "--yes-all")
    changed = one_card(tmp_path, CARD_FILE.replace("individual", "legal_entity"))
    assert run("import", changed, "--dry-run").stdout == (
        "cards changed: 1 (id-card)\n"
        "That changes or removes 1 of 1 cards. If it is what you want, after a dry run: --yes-all.\n"
        "Nothing was written: this was a dry run.\n"
    )
    assert run("import", changed, "--yes-all").stdout == "cards changed: 1 (id-card)\n"


def test_faulty_import_exits_with_one_and_imports_nothing(run: Any, tmp_path: Path) -> None:
    result = run("import", one_card(tmp_path, CARD_FILE.replace("documents", "papers")), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"][0]["key"] == "life_situation"
    assert "Nothing was imported." in result.stderr
    assert run("import", SERVICES).stdout == "Nothing has changed.\n"


def test_inconsistent_card_is_not_imported(run: Any, tmp_path: Path) -> None:
    text = f"{CARD_FILE}provider_organisation: ministry-war\n"
    result = run("import", one_card(tmp_path, text))
    assert result.exit_code == 1
    assert "no organisation 'ministry-war'" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export_import_round_trip(run: Any, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"cards.{ending}"
    result = run("export", file, "--json")
    assert json.loads(result.stdout) == {"file": str(file), "cards": SHIPPED}
    assert run("import", file).stdout == "Nothing has changed.\n"


def test_export_prints_a_readable_summary(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    assert run("export", file).stdout == f"Wrote {SHIPPED} services to {file}.\n"


def test_export_to_unknown_file_type_is_wrong_usage(run: Any, tmp_path: Path) -> None:
    result = run("export", tmp_path / "cards.pdf")
    assert result.exit_code == 2
    assert not (tmp_path / "cards.pdf").exists()


def test_export_to_an_unwritable_path_fails(run: Any, tmp_path: Path) -> None:
    result = run("export", tmp_path / "missing" / "cards.csv")
    assert result.exit_code == 1
    assert "Nothing was exported." in result.stderr


def test_too_long_author_name_is_wrong_usage(run: Any, tmp_path: Path) -> None:
    assert run("import", one_card(tmp_path), "--by", "ә" * 129).exit_code == 2


def test_import_of_a_missing_file_is_wrong_usage(run: Any, tmp_path: Path) -> None:
    assert run("import", tmp_path / "nothing.csv").exit_code == 2
