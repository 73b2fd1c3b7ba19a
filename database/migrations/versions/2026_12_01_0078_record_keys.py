"""Each complaint and file has a key of its own; a person's complaints are found by keyed digests.

Values are written anew at the next start, which has the data key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

_DIGESTS = (("iin", "iin_digest"), ("phone", "phone_digest"))


def upgrade() -> None:
    op.create_table(
        "record_keys",
        sa.Column("record", sa.String(80), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_record_keys"),
    )
    for short, name in _DIGESTS:
        op.add_column("complaints", sa.Column(name, sa.String(64), nullable=True))
        only = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_complaints_{short}", "complaints", [name], postgresql_where=only, sqlite_where=only
        )


def downgrade() -> None:
    for short, name in _DIGESTS:
        op.drop_index(f"ix_complaints_{short}", "complaints")
        with op.batch_alter_table("complaints") as table:
            table.drop_column(name)
    op.drop_table("record_keys")
