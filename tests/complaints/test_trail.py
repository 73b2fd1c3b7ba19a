"""A complaint's audit log is append-only."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.complaints.scenario import ComplaintScenario
from tests.complaints.test_rights import scene


async def test_nobody_changes_or_removes_a_row_of_the_trail(scenario: ComplaintScenario):
    await scene(scenario)
    statements = ["UPDATE complaint_trail SET role = 'nobody'", "DELETE FROM complaint_trail"]
    if scenario.session.get_bind().dialect.name == "postgresql":
        statements.append("TRUNCATE complaint_trail")  # SQLite has no TRUNCATE
    for statement in statements:
        nested = await scenario.session.begin_nested()
        with pytest.raises(DBAPIError, match="only added to"):
            await scenario.session.execute(text(statement))
        await nested.rollback()
