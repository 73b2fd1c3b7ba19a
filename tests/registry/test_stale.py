"""Cards not to be trusted as they stand: named with their reasons, and visited only on demand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli.registry_stale
from cli.registry import app
from database.engine import Database
from registry_data.queries import read_stale_cards
from registry_data.source_checks import SourceCheckStore
from registry_data.staleness import StaleReason, act_has_lapsed, stale_cards
from tests.each import each_case
from tests.registry.factories import AT, CARD_FILE, TODAY, act, card, registry, write
from tests.registry.test_registry_store import bring_in

OFFICIAL = {"source": "https://egov.kz/a"}


def test_each_reason_is_named_the_gravest_first() -> None:
    cards = [
        card(slug="fresh", version="2026-06-01", **OFFICIAL),
        card(slug="older", **OFFICIAL),
        card(slug="spam", version="2026-06-01", source=["https://egov.kz/b", "https://spam.ru/x"]),
        card(slug="gone", version="2026-06-01", source="https://egov.kz/gone (read in May)"),
        card(slug="marked", version="2026-06-01", lapsed={"kk": "Жоқ", "ru": "Нет"}, **OFFICIAL),
        card(slug="repealed", act="act-1", version=None, source="order № 1"),
    ]
    acts = [act(version="2026-01-01"), act("act-1", repealed="2026-11-21")]
    found = stale_cards(cards, acts, TODAY, {"https://egov.kz/gone"})
    assert [(one.card.slug, one.reasons) for one in found] == [
        ("marked", (StaleReason.LAPSED,)),
        ("repealed", (StaleReason.LAPSED,)),
        ("gone", (StaleReason.UNREACHABLE_SOURCE,)),
        ("spam", (StaleReason.UNOFFICIAL_SOURCE,)),
        ("older", (StaleReason.OLDER_WORDING,)),
    ]
    assert found[-1].newest == date(2026, 6, 1)  # read for another card of the act
    assert found[3].sources == ("https://spam.ru/x",)


def test_an_act_lapses_by_date_heading_or_metadata() -> None:
    title = {"kk": "Ереже", "ru": "Правила"}
    cases = {
        "in force": ({}, False),
        "repealed today": ({"repealed": TODAY}, True),
        "repealed tomorrow": ({"repealed": "2026-11-22"}, False),
        "in the Russian heading": ({"title": {**title, "ru": "Правила. Утратил силу приказом № 3"}}, True),
        "in the Kazakh heading": ({"title": {**title, "kk": "Ереже. Күші жойылды - 05.02.2026"}}, True),
        "in the metadata": ({"requisite": "Приказ № 3. Утратил силу приказом от 1 мая 2026 года"}, True),
    }
    with each_case() as trial:
        for name, (fields, lapsed) in cases.items():
            with trial.case(name):
                assert act_has_lapsed(act(**fields), TODAY) is lapsed


async def test_what_was_visited_is_remembered(database: Database) -> None:
    await bring_in(database, registry(card(version=None, **OFFICIAL)))
    for answered, reasons in ((False, [(StaleReason.UNREACHABLE_SOURCE,)]), (True, [])):
        async with database.unit_of_work() as unit:
            await SourceCheckStore(unit.session).replace({"https://egov.kz/a": answered}, AT)
            await unit.commit()
        async with database.session() as session:
            assert [one.reasons for one in await read_stale_cards(session, TODAY)] == reasons


def listed(*arguments: str) -> Any:
    result = CliRunner().invoke(app, ["stale", "--json", *arguments])
    return json.loads(result.stdout) if result.exit_code == 0 else result


def test_the_command_reads_files_or_the_database(
    registry_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = ["--database", registry_url]
    before = listed(*database)
    assert before["reasons"].keys() == {reason.value for reason in StaleReason}
    assert before["reasons"]["unofficial_source"] == 0

    folder = tmp_path / "cards"
    folder.mkdir()
    write(folder, "id-card.yaml", CARD_FILE.replace("example.kz", "egov.kz"))
    CliRunner().invoke(app, ["import", str(folder), "--yes-all", *database])

    async def visited(addresses: set[str]) -> dict[str, bool]:
        return dict.fromkeys(addresses, False) | {"https://gov.kz/": True}

    monkeypatch.setattr(cli.registry_stale, "visit_all", visited)
    found = listed("--visit", *database)["stale"]
    assert [(one["slug"], one["reasons"]) for one in found] == [("id-card", ["unreachable_source"])]
    assert listed(*database)["stale"] == found


def test_without_a_network_nothing_is_noted(registry_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def offline(addresses: set[str]) -> dict[str, bool]:
        return dict.fromkeys(addresses, False)

    monkeypatch.setattr(cli.registry_stale, "visit_all", offline)
    result = listed("--visit", "--database", registry_url)
    assert result.exit_code == 1
    assert "is there a network" in result.stderr
    assert listed("--database", registry_url)["reasons"]["unreachable_source"] == 0
