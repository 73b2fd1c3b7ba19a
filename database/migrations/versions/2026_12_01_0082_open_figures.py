"""The published figures of complaints, by quarter."""

import sqlalchemy as sa
from alembic import op

from database.types import Json

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_figures",
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.PrimaryKeyConstraint("quarter", name="pk_open_figures"),
    )


def downgrade() -> None:
    op.drop_table("open_figures")
