"""A refusal rolls back what the action wrote, in the bot and the command line alike."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from database.engine import Database, JoinedUnitOfWork, RefusedButKeptError, UnitOfWork, atomic
from messaging.inbox.tables import InboxRow

NOW = datetime(2026, 3, 19, 5, 0, tzinfo=UTC)


class RefusedError(Exception):
    """The refusal of the actions here."""


async def nothing() -> None:
    """A no-op."""


async def refuse() -> None:
    raise RefusedError


@dataclass(frozen=True, slots=True)
class Write:
    """Writes two rows, then calls `then`."""

    unit: UnitOfWork

    @atomic
    async def __call__(self, number: int, then: Callable[[], Awaitable[object]] = nothing) -> None:
        await self.unit.session.execute(insert(InboxRow).values(row(number)))
        await self.unit.session.execute(insert(InboxRow).values(row(number + 100)))
        await then()


def row(number: int) -> dict[str, object]:
    return {"update_id": number, "chat_id": 1, "payload": "{}", "received_at": NOW}


async def numbers(database: Database) -> list[int]:
    async with database.session() as session:
        return list(await session.scalars(select(InboxRow.update_id).order_by(InboxRow.update_id)))


async def test_action_is_committed_when_it_returns(database: Database):
    async with database.unit_of_work() as unit:
        await Write(unit)(1)
    assert await numbers(database) == [1, 101]


async def test_action_in_an_update_is_committed_with_the_update(database: Database):
    async with database.unit_of_work() as whole:
        await Write(JoinedUnitOfWork(whole))(1)
        assert await numbers(database) == []
        await whole.commit()
    assert await numbers(database) == [1, 101]


@pytest.mark.parametrize("is_update", [True, False])
async def test_refusal_rolls_back_only_its_own_action(database: Database, is_update: bool):
    async with database.unit_of_work() as whole:
        unit = JoinedUnitOfWork(whole) if is_update else whole
        await Write(unit)(1)
        with pytest.raises(RefusedError):
            await Write(unit)(2, refuse)
        await Write(unit)(3)
        await whole.commit()
    assert await numbers(database) == [1, 3, 101, 103]


async def test_caught_inner_refusal_rolls_back_only_the_inner_action(database: Database):
    async with database.unit_of_work() as unit:

        async def inner() -> None:
            with pytest.raises(RefusedError):
                await Write(unit)(2, refuse)

        await Write(unit)(1, inner)
    assert await numbers(database) == [1, 101]


async def test_outer_refusal_rolls_back_the_inner_action(database: Database):
    async with database.unit_of_work() as unit:

        async def inner() -> None:
            await Write(unit)(2)
            raise RefusedError

        with pytest.raises(RefusedError):
            await Write(unit)(1, inner)
        await unit.commit()
    assert await numbers(database) == []


@pytest.mark.parametrize("is_update", [True, False])
async def test_refused_but_kept_error_commits_the_action(database: Database, is_update: bool):
    async def refuse_but_keep() -> None:
        raise RefusedButKeptError(RefusedError())

    async with database.unit_of_work() as whole:
        unit = JoinedUnitOfWork(whole) if is_update else whole
        with pytest.raises(RefusedError):
            await Write(unit)(1, refuse_but_keep)
        if is_update:
            await whole.commit()
    assert await numbers(database) == [1, 101]


async def test_rows_are_reread_after_a_refusal(database: Database):
    async with database.unit_of_work() as unit:
        await Write(unit)(1)
        found = await unit.session.get_one(InboxRow, 1)

        async def change() -> None:
            found.payload = "changed"
            await unit.session.flush()
            raise RefusedError

        with pytest.raises(RefusedError):
            await Write(unit)(2, change)
        assert (await unit.session.get_one(InboxRow, 1)).payload == "{}"


async def test_action_cannot_commit_itself(database: Database):
    async with database.unit_of_work() as unit:
        with pytest.raises(RuntimeError, match="when it returns"):
            await Write(unit)(1, unit.commit)
    assert await numbers(database) == []
