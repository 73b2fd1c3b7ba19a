"""The day of the application for the service, told with the complaint."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaints", sa.Column("applied_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("complaints", "applied_on")
