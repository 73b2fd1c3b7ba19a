"""Find the notice that a message replies to."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_outbox_sent_notice",
        "outbox",
        ["chat_id", "message_id"],
        postgresql_where=sa.text("key IS NOT NULL"),
        sqlite_where=sa.text("key IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_sent_notice", table_name="outbox")
