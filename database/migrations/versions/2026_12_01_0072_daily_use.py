"""What a person has used of a day's limits, under a keyed digest."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_daily_use",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("complaints", sa.Integer(), nullable=False),
        sa.Column("additions", sa.Integer(), nullable=False),
        sa.Column("file_bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_complaint_daily_use"),
    )
    op.create_index("ix_complaint_daily_use_day", "complaint_daily_use", ["day"])


def downgrade() -> None:
    op.drop_table("complaint_daily_use")
