"""Voice messages wait to be downloaded and heard, where the operator has a recogniser."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_downloads",
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("id", _number(), nullable=False),
        sa.Column("person", _number(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_voice_downloads"),
    )
    op.create_index("ix_voice_downloads_person", "voice_downloads", ["person"])
    op.create_index("ix_voice_downloads_try_at", "voice_downloads", ["try_at"])


def downgrade() -> None:
    op.drop_table("voice_downloads")


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
