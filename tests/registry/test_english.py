"""English renderings of what cards say."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import registry_english
from cli.registry import app
from registry_data import english
from registry_data.english import EnglishShare, english_share, mistakes, phrases, unrendered, with_english
from tests.each import each_case
from tests.registry.factories import card

runner = CliRunner()
KNOWN = {"Квитанция": "Receipt", "при утере": "if lost"}


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "phrases", lambda: KNOWN)


@pytest.mark.usefixtures("known")
def test_each_text_without_english_gets_the_rendering_of_its_russian() -> None:
    own = {"kk": "Түбіртек", "ru": "Квитанция", "en": "Slip"}
    subject = card(
        names={"kk": "Түбіртек", "ru": "Квитанция"},
        documents=[
            {"kk": "Түбіртек", "ru": " Квитанция\n", "when": {"kk": "жоғалтқанда", "ru": "при утере"}},
            own,
            {"kk": "Өтініш", "ru": "Заявление"},
        ],
    )
    rendered = with_english(subject)
    receipt, slip, application = rendered.documents or ()
    assert receipt.when is not None
    assert (receipt.en, receipt.when.en) == ("Receipt", "if lost")
    assert slip.model_dump(exclude_none=True) == own
    assert application.en is None
    assert rendered.names == subject.names, "a service's name has an English of its own"


@pytest.mark.usefixtures("known")
def test_share_of_a_card_in_english() -> None:
    receipt, lost = {"kk": "т", "ru": "Квитанция", "en": "Receipt"}, {"kk": "ж", "ru": "при утере"}
    bare = card(term=None, fee=None, documents=None)
    cases = {
        EnglishShare.WHOLE: bare.model_copy(update={"documents": card(documents=[receipt]).documents}),
        EnglishShare.NONE: card(),
        EnglishShare.PART: card(documents=[{**receipt, "when": lost}]),
        None: bare,
    }
    for expected, subject in cases.items():
        assert english_share(subject) is expected


def test_mistakes_that_show_without_reading() -> None:
    cases = {
        ("3,5×4,5 см", "3.5×4.5 cm"): [],
        ("срок 5 дней", "5 days' term"): [],
        ("срок 5 дней", "15 days' term"): ["the numbers differ: 15, 5"],
        ("Заявление", "An application (заявление)"): ["'заявление' is not English"],
    }
    with each_case() as trial:
        for (russian, rendering), expected in cases.items():
            with trial.case(russian, rendering):
                assert list(mistakes(russian, rendering)) == expected


def test_own_renderings_hold_no_mistake() -> None:
    with each_case() as trial:
        for russian, rendering in phrases().items():
            with trial.case(russian):
                assert list(mistakes(russian, rendering)) == []
                assert rendering.strip() == rendering != ""


def test_a_draft_comes_from_the_nearest_text() -> None:
    found = {one.russian: one for one in unrendered([card()], {"при утрате": "if lost"})}
    assert found.keys() >= {"Квитанция", "Заявление", "при утере", "срочно"}
    assert found["Квитанция"].draft == ""
    assert found["Квитанция"].slugs == ("id-card",)


def test_command_lists_what_is_missing_and_takes_what_an_editor_wrote(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, wanted = tmp_path / "english.yaml", card()
    monkeypatch.setattr(registry_english, "ENGLISH", file)
    monkeypatch.setattr(registry_english, "phrases", lambda: {"при утере": "if lost", "gone": "gone"})
    monkeypatch.setattr(
        registry_english, "registry_of_files", lambda _: type("Files", (), {"cards": [wanted]})
    )
    listed = runner.invoke(app, ["english", str(tmp_path)])
    assert '"Квитанция": ""' in listed.stdout

    answer = tmp_path / "answer.yaml"
    answer.write_text(listed.stdout.replace('"Квитанция": ""', '"Квитанция": "Receipt 1"'))
    refused = runner.invoke(app, ["english", str(tmp_path), "--accept", str(answer)])
    assert refused.exit_code == 1
    assert not file.exists()

    answer.write_text('"Квитанция": "Receipt"\n"срочно": ""\n')
    taken = runner.invoke(app, ["english", str(tmp_path), "--accept", str(answer)])
    assert taken.exit_code == 0, taken.stdout
    lines = file.read_text().splitlines()[2:]
    assert lines == ['"Квитанция": "Receipt"', '"при утере": "if lost"']
