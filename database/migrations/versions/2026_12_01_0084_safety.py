"""Rows of people and complaints have keys in backups, one an owner; two more logs are only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

_LOGS = ("filing_trail", "card_history")


def upgrade() -> None:
    op.create_table(
        "archive_keys",
        sa.Column("record", sa.String(96), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_archive_keys"),
    )
    for log in _LOGS:
        _guard(log)


def downgrade() -> None:
    for log in _LOGS:
        if _is_sqlite():
            for what in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {log}_no_{what}")
        else:
            op.execute(f"DROP TRIGGER {log}_is_only_added_to ON {log}")
    op.drop_table("archive_keys")


def _guard(log: str) -> None:
    """As the logs of 0076: SQLite's REPLACE deletes a row without asking a trigger for deletes."""
    if not _is_sqlite():
        op.execute(
            f"CREATE TRIGGER {log}_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {log} "
            "FOR EACH STATEMENT EXECUTE FUNCTION log_is_only_added_to()"
        )
        return
    refuse = f"SELECT RAISE(ABORT, '{log} is only added to')"
    for what in ("update", "delete"):
        op.execute(f"CREATE TRIGGER {log}_no_{what} BEFORE {what} ON {log} BEGIN {refuse}; END")
    known = f"SELECT 1 FROM {log} WHERE id = NEW.id"  # noqa: S608  our own names  # nosec B608
    op.execute(
        f"CREATE TRIGGER {log}_no_replace BEFORE INSERT ON {log} WHEN EXISTS ({known}) BEGIN {refuse}; END"
    )


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
