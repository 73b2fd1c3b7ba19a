"""A random name of the installation, by which its calendar entries differ from every other one's."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = op.create_table(
        "installations",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installations")),
    )
    op.bulk_insert(made, [{"name": secrets.token_hex(8)}])


def downgrade() -> None:
    op.drop_table("installations")
