"""Which data keys a database was written with: another one is refused at the start."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_keys",
        sa.Column("check_value", sa.String(64), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("check_value", name="pk_data_keys"),
    )


def downgrade() -> None:
    op.drop_table("data_keys")
