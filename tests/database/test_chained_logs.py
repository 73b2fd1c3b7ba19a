"""Logs that were written before they were chained hold pseudonyms afterwards, and verify."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, text
from sqlalchemy import types as sql

from complaints.audit_verification import VerifyLogs
from database.engine import Database
from database.upgrade import downgrade, upgrade
from tests.complaints.test_audit_chain import LOGS

CITIZEN, OFFICER, HEAD = 7_100_200_300, 7_100_200_301, 7_100_200_302
AT = datetime(2026, 3, 19, 5, 0, 0, 123_000, tzinfo=UTC)
USUAL = ((sql.DateTime, AT), (sql.Date, date(2026, 3, 19)), (sql.Boolean, False), (sql.Integer, 3))
STEPS: tuple[tuple[int | None, str, str, dict[str, int]], ...] = (
    (CITIZEN, "citizen", "register", {}),
    (HEAD, "head", "assign", {"to": OFFICER}),
    (None, "system", "redate", {}),
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return str(request.getfixturevalue("empty_postgres_url"))


def write(connection: Connection) -> None:
    """One complaint, and one that is forgotten, as version 0075 wrote them."""
    tables = MetaData()
    tables.reflect(connection, only=["complaints", "complaint_trail", "looks"])
    complaints, trail, looks = (tables.tables[name] for name in ("complaints", "complaint_trail", "looks"))
    needed = [column for column in complaints.columns if not column.nullable]
    for number, forgotten in ((1, None), (2, AT)):
        usual = {column.name: _usual(column.type) for column in needed}
        values = {**usual, "id": number, "number": number, "forgotten_at": forgotten}
        connection.execute(complaints.insert().values(values))
        for actor, role, step, what in STEPS:
            done = {"actor": actor, "role": role, "step": step, "what": what}
            connection.execute(trail.insert().values(complaint=number, at=AT, state="in_work", **done))
        seen = {"viewer": OFFICER, "subject": f"complaint/{number}", "what": "name,phone"}
        connection.execute(looks.insert().values(at=AT, **seen))
    connection.commit()


def _usual(kind: Any) -> Any:
    return next((value for one, value in USUAL if isinstance(kind, one)), "x")


async def test_old_logs_get_pseudonyms_and_chains(empty_url: str):
    database = Database(empty_url)
    try:
        await upgrade(database, "0075")
        async with database.engine.connect() as connection:
            await connection.run_sync(write)
        await upgrade(database)
        await _check_chained(database)
        await downgrade(database, "0075")
        await _check_as_before(database)
    finally:
        await database.dispose()


async def _check_chained(database: Database) -> None:
    async with database.session() as session:
        found = await VerifyLogs(session)()
        rows = [row for log in LOGS for row in (await session.execute(text(f"SELECT * FROM {log}"))).all()]
        actors = text("SELECT subject, person FROM log_actors ORDER BY subject, person")
        known = [tuple(row) for row in (await session.execute(actors)).all()]
    assert (found.steps, found.looks, found.faults) == (6, 2, [])
    assert not [person for person in (CITIZEN, OFFICER, HEAD) if str(person) in str(rows)]
    assert known == [
        *(("complaint/1", person) for person in (CITIZEN, OFFICER, HEAD)),
        *(("complaint/2", person) for person in (OFFICER, HEAD)),  # its citizen is forgotten
    ]


async def _check_as_before(database: Database) -> None:
    async with database.session() as session:
        actors = await session.scalars(text("SELECT actor FROM complaint_trail ORDER BY id"))
        assert actors.all() == [CITIZEN, HEAD, None, None, HEAD, None]
        viewers = await session.scalars(text("SELECT viewer FROM looks"))
        assert viewers.all() == [OFFICER, OFFICER]
