"""Which sources of cards answered when they were visited last."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_checks",
        sa.Column("address", sa.String(1500), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_source_checks"),
    )


def downgrade() -> None:
    op.drop_table("source_checks")
