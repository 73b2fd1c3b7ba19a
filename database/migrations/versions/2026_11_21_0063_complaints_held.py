"""what an official holds, and what nobody does, is found and counted in an index."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_complaints_held",
        "complaints",
        ["organisation", "assignee", "due_on", "id"],
        postgresql_where=is_open,
        sqlite_where=is_open,
    )


def downgrade() -> None:
    op.drop_index("ix_complaints_held", "complaints")
