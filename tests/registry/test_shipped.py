"""A newer program updates the shipped registry in the database, unless somebody has edited it."""

from pathlib import Path

import pytest

from cli.local_database import load_own_registry
from database.engine import Database
from kernel.clock import FixedClock
from registry_data.actions import ImportRegistry
from registry_data.contents import Registry
from registry_data.load import DATA
from registry_data.queries import read_registry, registry_version
from registry_data.shipped import ShippedOutcome, UpdateShippedRegistry, fingerprint_of
from tests.registry.factories import AT, card, registry

OLD, NEW = "a" * 64, "b" * 64


def shipped(*slugs: str, checked: str = "2026-11-01") -> Registry:
    return registry(*(card(slug=slug, checked=checked) for slug in slugs))


async def bring(database: Database, found: Registry, fingerprint: str) -> ShippedOutcome:
    return await UpdateShippedRegistry(unit_of_work=database.unit_of_work)(found, fingerprint, at=AT)


async def slugs(database: Database) -> list[str]:
    async with database.session() as session:
        return [one.slug for one in (await read_registry(session)).cards]


async def test_newer_shipped_registry_is_loaded(database: Database):
    assert await bring(database, shipped("one"), OLD) is ShippedOutcome.LOADED
    assert await bring(database, shipped("one"), OLD) is ShippedOutcome.SAME
    assert await bring(database, shipped("one", "two"), NEW) is ShippedOutcome.LOADED
    assert await slugs(database) == ["one", "two"]
    async with database.session() as session:
        assert await registry_version(session) == 2


async def test_imported_registry_stays_and_is_reported_once(database: Database):
    await bring(database, shipped("one"), OLD)
    await ImportRegistry(unit_of_work=database.unit_of_work)(shipped("mine"), by="aigul", at=AT)
    assert await bring(database, shipped("two"), NEW) is ShippedOutcome.EDITED
    assert await bring(database, shipped("two"), NEW) is ShippedOutcome.SAME
    assert await slugs(database) == ["mine"]


async def test_reimported_shipped_registry_is_updated_again(database: Database):
    await bring(database, shipped("one"), OLD)
    await ImportRegistry(unit_of_work=database.unit_of_work)(shipped("mine"), by="aigul", at=AT)
    await ImportRegistry(unit_of_work=database.unit_of_work)(shipped("one"), by="aigul", at=AT)
    await UpdateShippedRegistry(unit_of_work=database.unit_of_work).adopt(OLD)
    assert await bring(database, shipped("two"), NEW) is ShippedOutcome.LOADED
    assert await slugs(database) == ["two"]


async def test_older_process_does_not_downgrade(database: Database):
    await bring(database, shipped("one", checked="2026-11-02"), NEW)
    assert await bring(database, shipped("two", checked="2026-11-01"), OLD) is ShippedOutcome.OLDER
    assert await slugs(database) == ["one"]


async def test_registry_is_read_only_when_files_changed(
    sqlite_database: Database, clock: FixedClock, capsys: pytest.CaptureFixture[str]
):
    await load_own_registry(sqlite_database, clock)
    assert "Loaded" in capsys.readouterr().err
    await load_own_registry(sqlite_database, clock)
    assert capsys.readouterr().err == ""


def test_fingerprint_covers_file_names_and_content(tmp_path: Path):
    def put(name: str, words: str) -> str:
        (tmp_path / "services").mkdir(exist_ok=True)
        (tmp_path / "services" / name).write_text(words)
        return fingerprint_of(tmp_path)

    found = {fingerprint_of(tmp_path), put("a.yaml", "1"), put("a.yaml", "2"), put("b.yaml", "2")}
    assert len(found) == 4
    assert put("notes.txt", "no data") in found
    assert fingerprint_of(DATA) == fingerprint_of()
