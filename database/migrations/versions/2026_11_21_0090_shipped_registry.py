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
    # The first version was always the program's own; a later one somebody has imported.
    op.execute("UPDATE registry_version SET shipped_number = 1 WHERE number > 0")


def downgrade() -> None:
    with op.batch_alter_table("registry_version") as table:
        table.drop_column("shipped_number")
        table.drop_column("shipped")
