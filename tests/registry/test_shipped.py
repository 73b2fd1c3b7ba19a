"""A newer program renews its own registry in the database, and leaves one alone that somebody edited."""

from pathlib import Path

import pytest

from cli.local import load_own_registry
from database.engine import Database
from deadlines.clock import FixedClock
from registry_data.actions import ImportRegistry
from registry_data.contents import Registry
from registry_data.load import DATA
from registry_data.queries import read_registry, registry_version
from registry_data.shipped import BringShipped, Outcome, fingerprint_of
from tests.registry.samples import AT, card, registry

OLD, NEW = "a" * 64, "b" * 64


def shipped(*slugs: str, checked: str = "2026-11-01") -> Registry:
    return registry(*(card(slug=slug, checked=checked) for slug in slugs))


async def bring(database: Database, found: Registry, fingerprint: str) -> Outcome:
    return await BringShipped(unit_of_work=database.unit_of_work)(found, fingerprint, at=AT)


async def slugs(database: Database) -> list[str]:
    async with database.session() as session:
        return [one.slug for one in (await read_registry(session)).cards]


async def test_what_came_with_a_newer_program_is_loaded(database: Database):
    assert await bring(database, shipped("one"), OLD) is Outcome.LOADED
    assert await bring(database, shipped("one"), OLD) is Outcome.SAME
    assert await bring(database, shipped("one", "two"), NEW) is Outcome.LOADED
    assert await slugs(database) == ["one", "two"]
    async with database.session() as session:
        assert await registry_version(session) == 2


async def test_what_somebody_imported_since_stays_and_is_told_of_once(database: Database):
    await bring(database, shipped("one"), OLD)
    await ImportRegistry(unit_of_work=database.unit_of_work)(shipped("mine"), by="aigul", at=AT)
    assert await bring(database, shipped("two"), NEW) is Outcome.EDITED
    assert await bring(database, shipped("two"), NEW) is Outcome.SAME
    assert await slugs(database) == ["mine"]


async def test_after_the_program_s_own_is_imported_it_is_renewed_again(database: Database):
    await bring(database, shipped("one"), OLD)
    await ImportRegistry(unit_of_work=database.unit_of_work)(shipped("mine"), by="aigul", at=AT)
    await ImportRegistry(unit_of_work=database.unit_of_work)(shipped("one"), by="aigul", at=AT)
    await BringShipped(unit_of_work=database.unit_of_work).adopt(OLD)
    assert await bring(database, shipped("two"), NEW) is Outcome.LOADED
    assert await slugs(database) == ["two"]


async def test_an_old_process_that_starts_late_undoes_nothing(database: Database):
    await bring(database, shipped("one", checked="2026-11-02"), NEW)
    assert await bring(database, shipped("two", checked="2026-11-01"), OLD) is Outcome.OLDER
    assert await slugs(database) == ["one"]


async def test_it_is_read_only_where_its_files_have_changed(
    sqlite_database: Database, clock: FixedClock, capsys: pytest.CaptureFixture[str]
):
    await load_own_registry(sqlite_database, clock)
    assert "Loaded" in capsys.readouterr().err
    await load_own_registry(sqlite_database, clock)
    assert capsys.readouterr().err == ""


def test_a_fingerprint_changes_with_a_file_s_name_and_words(tmp_path: Path):
    def put(name: str, words: str) -> str:
        (tmp_path / "services").mkdir(exist_ok=True)
        (tmp_path / "services" / name).write_text(words)
        return fingerprint_of(tmp_path)

    found = {fingerprint_of(tmp_path), put("a.yaml", "1"), put("a.yaml", "2"), put("b.yaml", "2")}
    assert len(found) == 4
    assert put("notes.txt", "no data") in found
    assert fingerprint_of(DATA) == fingerprint_of()
