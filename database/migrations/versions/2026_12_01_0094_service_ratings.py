"""Citizens' ratings of the service that a complaint is about."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_service_ratings",
        sa.Column(
            "complaint",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("word_cipher", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name="fk_complaint_service_ratings_complaint_complaints"
        ),
        sa.PrimaryKeyConstraint("complaint", name="pk_complaint_service_ratings"),
    )


def downgrade() -> None:
    op.drop_table("complaint_service_ratings")
