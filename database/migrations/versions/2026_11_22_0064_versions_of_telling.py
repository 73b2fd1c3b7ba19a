"""the last day to tell of an extension moves with the calendar: how often it was set is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counted = sa.Column("tell_version", sa.Integer(), server_default="1", nullable=False)
    op.add_column("complaint_extensions", counted)


def downgrade() -> None:
    op.drop_column("complaint_extensions", "tell_version")
