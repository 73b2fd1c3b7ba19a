"""Each import can be undone, in any kind of database, unless its records were changed since."""

from dataclasses import replace

import pytest

from database.engine import Database
from registry_data.actions import replace_registry
from registry_data.contents import Registry
from registry_data.imports import MOST_KEPT, KeptImport
from registry_data.organisations import OrganisationKind
from registry_data.shipped import ShippedOutcome, UpdateShippedRegistry
from registry_data.undoing import ChangedSinceError, NothingToUndoError, UndoImport
from tests.registry.factories import AT, act, card, organisation, region, registry
from tests.registry.test_registry_store import bring_in, contents_of


async def undo(database: Database) -> KeptImport:
    return await UndoImport(unit_of_work=database.unit_of_work)(by="aigul", at=AT)


async def test_imports_are_undone_one_after_another(database: Database) -> None:
    first = registry(card(slug="a"), card(slug="b"), regions=(region("akmola", "esil"),))
    second = replace(first, cards=(card(slug="b", fee=[]), card(slug="c")), acts=(act("act-2"), act()))
    bodies = (organisation("akimat", OrganisationKind.AKIMAT_REGION, region="akmola"),)
    for found in (first, second, replace(second, organisations=bodies)):
        await bring_in(database, found)
    for before in (second, first, Registry()):
        await undo(database)
        assert await contents_of(database) == before
    with pytest.raises(NothingToUndoError):
        await undo(database)


async def test_what_was_changed_since_is_not_undone(database: Database) -> None:
    await bring_in(database, registry(card(slug="a")))
    async with database.unit_of_work() as unit:
        await replace_registry(unit.session, registry(card(slug="a", fee=[])), by="editor", at=AT)
        await unit.commit()
    with pytest.raises(ChangedSinceError) as caught:
        await undo(database)
    assert caught.value.keys == ("cards: a",)
    assert (await contents_of(database)).cards == (card(slug="a", fee=[]),)


async def test_an_undone_import_lets_the_program_update_its_registry_again(database: Database) -> None:
    update = UpdateShippedRegistry(unit_of_work=database.unit_of_work)
    await update(registry(card(slug="a")), "one", at=AT)
    await bring_in(database, registry(card(slug="b")))
    assert await update(registry(card(slug="c")), "two", at=AT) is ShippedOutcome.EDITED
    await undo(database)
    assert await update(registry(card(slug="c")), "two", at=AT) is ShippedOutcome.LOADED


async def test_old_imports_are_forgotten(database: Database) -> None:
    for number in range(1, MOST_KEPT + 3):
        await bring_in(database, registry(card(slug=f"card-{number}")))
    for _ in range(MOST_KEPT):
        await undo(database)
    with pytest.raises(NothingToUndoError):
        await undo(database)
