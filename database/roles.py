"""The rights of PostgreSQL's roles, where an installation has them (`deploy/roles.sql`).

The owner brings the tables up to date. The program reads and writes them, but only adds to the logs. The
auditor reads the logs, which name nobody.
"""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from database.engine import Database

PROGRAM: Final = "qyzmet_program"
AUDITOR: Final = "qyzmet_auditor"
_AUDITED: Final = ("complaint_trail", "looks", "job_switches", "log_seals", "log_seal_heads")
ONLY_ADDED_TO: Final = (*_AUDITED, "filing_trail", "card_history")
_LOGS: Final = ", ".join(ONLY_ADDED_TO)
_RIGHTS: Final = {
    PROGRAM: (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {_LOGS} FROM {{role}}",
        "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    ),
    AUDITOR: (
        "GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT ON {', '.join(_AUDITED)}, alembic_version TO {{role}}",
        "GRANT SELECT (id, number, steps) ON complaints TO {role}",
    ),
}


async def grant_rights(database: Database) -> list[str]:
    """Give the roles that exist their rights on every table; returns their names. SQLite has none."""
    if database.is_sqlite:
        return []
    async with database.engine.begin() as connection:
        found = [role for role in _RIGHTS if await _exists(connection, role)]
        for role in found:
            for statement in _RIGHTS[role]:
                await connection.execute(text(statement.format(role=role)))
    return found


async def _exists(connection: AsyncConnection, role: str) -> bool:
    query = text("SELECT 1 FROM pg_roles WHERE rolname = :role AND rolname <> current_user")
    return await connection.scalar(query, {"role": role}) is not None
