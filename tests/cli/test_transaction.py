"""A command's work is one unit: a refusal leaves nothing behind and is told in a sentence."""

import asyncio
from datetime import UTC, datetime

import pytest
import typer
from sqlalchemy import func, select

from accounts.errors import GoneError
from accounts.switches.tables import SwitchRow
from cli.transaction import run_in_transaction
from database.engine import Database, UnitOfWork, atomic


class Turn:
    """An action that writes one row and then refuses, if it is asked to."""

    def __init__(self, unit: UnitOfWork, *, refuses: bool) -> None:
        self.unit = unit
        self._refuses = refuses

    @atomic
    async def __call__(self) -> None:
        at = datetime(2026, 11, 21, tzinfo=UTC)
        self.unit.session.add(SwitchRow(job="backup", number=1, is_off=True, reason="", at=at))
        await self.unit.session.flush()
        if self._refuses:
            raise GoneError


async def count(url: str) -> int | None:
    database = Database(url)
    try:
        async with database.session() as session:
            return await session.scalar(select(func.count()).select_from(SwitchRow))
    finally:
        await database.dispose()


@pytest.mark.slow
def test_refused_command_leaves_nothing_and_says_why(sqlite_url: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(typer.Exit):
        run_in_transaction(sqlite_url, lambda unit: Turn(unit, refuses=True)())
    assert asyncio.run(count(sqlite_url)) == 0
    assert capsys.readouterr().err.strip()
    run_in_transaction(sqlite_url, lambda unit: Turn(unit, refuses=False)())
    assert asyncio.run(count(sqlite_url)) == 1
