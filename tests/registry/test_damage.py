"""Imports that cannot destroy: damaged texts are refused with their cell, sweeping changes need a yes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli import main
from registry_data.contents import Registry
from registry_data.damage import faults_of_texts
from registry_data.faults import FaultsError
from registry_data.schema import ServiceCard, Text
from registry_data.sheets.csv_file import write_csv
from registry_data.sources import read_source
from tests.each import each_case
from tests.registry.factories import act, card

RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


def body(one: ServiceCard) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude_none=True)


def test_own_cards_are_never_taken_for_damaged(own: Registry) -> None:
    with each_case() as cases:
        for one in own.cards:
            with cases.case(one.slug):
                assert faults_of_texts("own", body(one), body(one)) == ()


def test_every_own_card_saved_as_ansi_is_refused(own: Registry) -> None:
    with each_case() as cases:
        for one in own.cards:
            text = json.dumps(body(one), ensure_ascii=False)
            with cases.case(one.slug, "as ANSI"):
                assert faults_of_texts(
                    "own", json.loads(text.encode("cp1251", "replace").decode("cp1251")), None
                )
            with cases.case(one.slug, "with Russian letters"):
                assert faults_of_texts("own", json.loads(text.translate(RUSSIAN)), body(one))


def test_a_lost_letter_is_told_from_a_question() -> None:
    texts = {
        "Техникалы? ж?не": True,
        "?аза?стан": True,
        "аны? болса": True,
        "???????? ?????": True,
        "Куәлік\ufffd": True,
        "Кто получает? Любой гражданин": False,
        "Кім алады? Кез келген азамат": False,
        "Кто имеет право?": False,
        "https://egov.kz/a?lang=kk және https://www.gov.kz/x?y=1": False,
        "egov.kz/cms/kk/services?id=5": False,
        "www.gov.kz?lang=kk": False,
        "https://egov.kz/a\ufffd": True,
    }
    with each_case() as cases:
        for text, lost in texts.items():
            with cases.case(text):
                found = faults_of_texts("a.yaml", {"names": {"kk": text}}, None)
                assert bool(found) is lost
                assert [fault.key for fault in found] == ["names.kk"] * lost


def test_questions_people_ask_may_hold_question_marks() -> None:
    asked = {"aliases": {"ru": ["потерял паспорт? что делать"]}}
    assert faults_of_texts("a.yaml", asked, None) == ()
    assert faults_of_texts("a.yaml", {"aliases": {"kk": ["ж?не"]}}, None)


def test_only_lost_kazakh_letters_are_refused() -> None:
    old = {"names": {"kk": "Жеке куәлік беру"}, "documents": [{"kk": "Өтініш"}, {"kk": "Паспорт"}]}
    cases_of = {
        "letters replaced": ({"names": {"kk": "Жеке куалик беру"}}, ["names.kk"]),
        "the Russian text instead": ({"names": {"kk": "Выдача удостоверения"}}, ["names.kk"]),
        "a new wording": ({"names": {"kk": "Жеке басын куәландыратын құжат"}}, []),
        "in another order": ({"documents": [{"kk": "Паспорт"}, {"kk": "Өтініш"}]}, []),
        "a new paper without such letters": (
            {"documents": [{"kk": "Диплом"}, {"kk": "Өтініш"}, {"kk": "Паспорт"}]},
            [],
        ),
        "one of several replaced": (
            {"documents": [{"kk": "Отиниш"}, {"kk": "Қолхат"}]},
            ["documents.0.kk"],
        ),
        "all of several": ({"documents": [{"kk": "Заявление"}, {"kk": "Диплом"}]}, ["documents.0.kk"]),
        "Russian stays Russian": ({"names": {"ru": "Выдача"}}, []),
    }
    with each_case() as cases:
        for name, (new, keys) in cases_of.items():
            with cases.case(name):
                assert [fault.key for fault in faults_of_texts("a.yaml", new, old)] == keys


@pytest.mark.parametrize("damage", ["Техникалы? ж?не", "Куалик беру"])
def test_the_cell_is_named(tmp_path: Path, damage: str) -> None:
    standing = card(documents=[{"kk": "Куәлік беру", "ru": "Выдача"}])
    path = tmp_path / "cards.csv"
    write_csv(path, [standing])
    path.write_text(path.read_text("utf-8-sig").replace("Куәлік беру", damage), encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        read_source(path, Registry(cards=(standing,), acts=(act(),)))
    (fault,) = caught.value.faults
    assert (fault.file, fault.key.endswith("(documents.kk)")) == ("cards.csv", True)
    assert fault.key.startswith("line 2, column ")


@pytest.fixture
def run(registry_url: str) -> Any:
    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main.app, [*map(str, arguments), "--database", registry_url])

    return invoke


def with_changed_cards(path: Path, own: Registry, count: int) -> Path:
    fresh = {"result": Text(kk="Жаңа нәтиже", ru="Новый результат")}
    changed = [one.model_copy(update=fresh) for one in own.cards[:count]]
    write_csv(path, [*changed, *own.cards[count:]])
    return path


@pytest.mark.slow
def test_a_sweeping_import_needs_a_yes(run: Any, tmp_path: Path, own: Registry) -> None:
    tenth = len(own.cards) // 10
    assert run("registry", "import", with_changed_cards(tmp_path / "few.csv", own, tenth)).exit_code == 0
    assert run("registry", "undo").exit_code == 0
    many = with_changed_cards(tmp_path / "many.csv", own, tenth + 1)
    refused = run("registry", "import", many)
    assert refused.exit_code == 1
    assert f"changes or removes {tenth + 1} of {len(own.cards)} cards" in refused.stderr
    assert "Nothing was imported." in refused.stderr
    assert "--yes-all" in run("registry", "import", many, "--dry-run").stdout
    assert run("registry", "import", many, "--yes-all").exit_code == 0


@pytest.mark.slow
def test_each_import_can_be_undone(run: Any, tmp_path: Path, own: Registry) -> None:
    for count in (1, 2):
        run("registry", "import", with_changed_cards(tmp_path / f"{count}.csv", own, count), "--by", "aigul")
    undone = run("registry", "undo", "--json")
    assert json.loads(undone.stdout)["by"] == "aigul"
    assert json.loads(undone.stdout)["restored"] == {"cards": [own.cards[1].slug]}
    first = with_changed_cards(tmp_path / "again.csv", own, 1)
    assert run("registry", "import", first).stdout == "Nothing has changed.\n"
    assert run("registry", "undo").stdout.startswith("Undid the import of aigul: 1 cards")
    write_csv(tmp_path / "own.csv", own.cards)
    assert run("registry", "import", tmp_path / "own.csv").stdout == "Nothing has changed.\n"
    nothing = run("registry", "undo")
    assert nothing.exit_code == 1
    assert "there is no import to undo" in nothing.stderr


@pytest.mark.slow
def test_an_import_of_organisations_is_undone_too(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(
        "- {code: akimat-x, kind: akimat_region, names: {kk: Әкімдік, ru: Акимат}}", encoding="utf-8"
    )
    run("organisations", "import", path)
    path.write_text("- {code: akimat-x, kind: akimat_region, names: {kk: Акимдик, ru: А}}", encoding="utf-8")
    refused = run("organisations", "import", path)
    assert (refused.exit_code, "akimat-x.names.kk" in refused.stderr) == (1, True)
    run("registry", "undo")
    listed = json.loads(run("organisations", "list", "--json").stdout)
    assert "akimat-x" not in {one["code"] for one in listed}
