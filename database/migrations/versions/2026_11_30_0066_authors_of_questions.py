"""/forget finds what a person left in the journal by a keyed digest of their id."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

_TABLES = ("questions", "verdicts")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("author", sa.String(64), nullable=True))
        op.create_index(f"ix_{table}_author", table, ["author"])


def downgrade() -> None:
    for table in _TABLES:
        op.drop_index(f"ix_{table}_author", table)
        op.drop_column(table, "author")
