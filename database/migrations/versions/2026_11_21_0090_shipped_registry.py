"""which of the program's own registries the database holds."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("registry_version") as table:
        table.add_column(sa.Column("shipped", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("shipped_number", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("registry_version") as table:  # the rows that stand have their values now
        table.alter_column("shipped", existing_type=sa.String(64), server_default=None)
        table.alter_column("shipped_number", existing_type=sa.Integer(), server_default=None)
    # The first version was always the program's own; a later one somebody has imported.
    op.execute("UPDATE registry_version SET shipped_number = 1 WHERE number > 0")


def downgrade() -> None:
    with op.batch_alter_table("registry_version") as table:
        table.drop_column("shipped_number")
        table.drop_column("shipped")
