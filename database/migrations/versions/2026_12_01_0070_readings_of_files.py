"""How often each waiting file was about to be read."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

TABLES = ("complaint_fetches", "report_fetches", "voice_downloads")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("readings", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "readings")
