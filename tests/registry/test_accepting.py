"""An editor accepts a draft: old and new facts side by side, then the card's file."""

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from cli.local_database import ready_database
from cli.registry import app
from registry_data.load import card_of, load_acts
from registry_data.proposals import Proposal, ProposalStore
from registry_data.reading.accepting import EditorChoice, accept, differences

ACT = {
    "key": "act-7-2026-01-05",
    "title": {"kk": "Бұйрық", "ru": "Приказ"},
    "number": "№ 7",
    "date": "2026-01-05",
}
DRAFT: dict[str, Any] = {
    "names": {"kk": "Омарта паспорты", "ru": "Паспорт пасеки"},
    "provider": {"kk": "Комитет", "ru": "Комитет"},
    "channels": ["egov_portal"],
    "term": [{"amount": 3, "unit": "working_days"}],
    "forms": ["electronic_full"],
    "result": {"kk": "Паспорт", "ru": "Паспорт"},
    "fee": [{"percent": 10, "what": {"kk": "қайта беру", "ru": "переоформление"}}],
    "schedule": {"ru": "Портал – круглосуточно"},
    "documents": [{"kk": "өтініш", "ru": "заявление"}],
    "refusal_grounds": None,
    "act": {**ACT, "version": "2026-03-01"},
    "unread": [],
}
NEW = EditorChoice(
    slug="apiary-passport",
    today=date(2026, 12, 1),
    life_situation="agriculture",
    recipients=("individual",),
    source=("https://adilet.zan.kz/rus/docs/V2600000007",),
)


def test_a_new_card_holds_the_facts_that_stand_in_both_languages() -> None:
    made = accept(DRAFT, None, NEW, ())
    card = card_of("apiary-passport.yaml", made.card, {})
    assert card.schedule is None
    assert made.left == ("schedule: the text has no kk",)
    assert [fee.percent for fee in card.fee or ()] == [10]
    assert (card.act, card.version, card.checked) == ("act-7-2026-01-05", date(2026, 3, 1), date(2026, 12, 1))


def test_a_card_that_exists_keeps_what_no_act_tells() -> None:
    present = accept(DRAFT, None, NEW, ()).card | {"aliases": {"ru": ["паспорт пчёл"]}, "fee": []}
    made = accept(DRAFT, present, EditorChoice(slug=NEW.slug, today=NEW.today, take=("fee",)), ())
    (changed,) = differences(present, made.card)
    assert made.card["aliases"] == {"ru": ["паспорт пчёл"]}
    assert (changed.name, changed.old) == ("fee", ("none",))
    assert changed.new == ("percent: 10; what: kk: қайта беру; ru: переоформление",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "services").mkdir()
    (tmp_path / "acts.yaml").write_text("{}")
    (tmp_path / "draft.json").write_text(json.dumps({"services": [DRAFT]}))
    return tmp_path


def run(folder: Path, *words: str) -> Any:
    options = ["--slug", "apiary-passport", "--folder", str(folder), *words]
    return CliRunner().invoke(app, ["accept", str(folder / "draft.json"), *options])


def test_nothing_is_written_before_yes_and_a_fault_is_named(folder: Path) -> None:
    new = (
        "--life-situation",
        "agriculture",
        "--recipient",
        "individual",
        "--source",
        "https://adilet.zan.kz",
    )
    path = folder / "services" / "apiary-passport.yaml"
    refused = run(folder, "--yes")
    assert (refused.exit_code, path.exists()) == (1, False)
    shown = run(folder, *new)
    assert (shown.exit_code, path.exists()) == (0, False), shown.output
    assert "  + amount: 3; unit: working_days" in shown.output
    written = run(folder, *new, "--yes", "--json")
    assert json.loads(written.stdout)["written"] is True
    card = card_of(
        path.name, yaml.safe_load(path.read_text()), {act.key: act for act in load_acts(folder / "acts.yaml")}
    )
    assert card.names.ru == "Паспорт пасеки"


def test_comments_at_the_head_of_a_file_stay(folder: Path) -> None:
    path = folder / "services" / "apiary-passport.yaml"
    path.write_text(
        "# read from the act\n" + yaml.safe_dump(accept(DRAFT, None, NEW, ()).card, allow_unicode=True)
    )
    assert run(folder, "--yes").exit_code == 0
    assert path.read_text().startswith("# read from the act\nslug:")


def test_a_file_that_is_no_draft_is_refused(folder: Path) -> None:
    (folder / "draft.json").write_text("[]")
    assert run(folder).exit_code == 1


def test_a_draft_may_be_left_to_the_editors(folder: Path, registry_url: str) -> None:
    """It waits beside the card of the database; the files stay as they are."""
    words = ("--ask", "--database", registry_url, "--take", "max_queue_minutes", "--slug", "apostille")
    (folder / "draft.json").write_text(json.dumps({"services": [{**DRAFT, "max_queue_minutes": 44}]}))
    result = CliRunner().invoke(app, ["accept", str(folder / "draft.json"), *words])
    assert result.exit_code == 0, result.stdout
    assert "An editor decides in the chat." in result.stdout

    async def waiting() -> tuple[Proposal, ...]:
        async with ready_database(registry_url) as database, database.session() as session:
            return await ProposalStore(session).waiting()

    (proposal,) = asyncio.run(waiting())
    assert proposal.card.max_queue_minutes == 44
    assert not (folder / "services" / "apostille.yaml").exists()
