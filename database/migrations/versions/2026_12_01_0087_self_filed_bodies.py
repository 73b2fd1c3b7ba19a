"""What was handed in elsewhere, and the day of its answer: for the text to the Agency's body."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint_self_kept", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column("complaint_self_kept", sa.Column("body_cipher", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("complaint_self_kept") as batch:
        batch.drop_column("body_cipher")
        batch.drop_column("answered_on")
