"""Notes, templates of answers, joined complaints, and indexes of what officials look for."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "complaint_notes",
        sa.Column("id", number, nullable=False),
        sa.Column("complaint", number, nullable=False),
        sa.Column("author", number, nullable=False),
        sa.Column("text_cipher", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name="fk_complaint_notes_complaint_complaints"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_notes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_complaint_notes_complaint", "complaint_notes", ["complaint"])
    op.create_table(
        "answer_templates",
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("body_cipher", sa.Text(), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_answer_templates"),
    )
    op.create_index("ix_answer_templates_organisation", "answer_templates", ["organisation"])
    op.create_table(
        "complaint_joins",
        sa.Column("complaint", number, autoincrement=False, nullable=False),
        sa.Column("into", number, nullable=False),
        sa.Column("joined_at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name="fk_complaint_joins_complaint_complaints"
        ),
        sa.ForeignKeyConstraint(["into"], ["complaints.id"], name="fk_complaint_joins_into_complaints"),
        sa.PrimaryKeyConstraint("complaint", name="pk_complaint_joins"),
    )
    op.create_index("ix_complaint_joins_into", "complaint_joins", ["into"])
    _add_index("ix_complaints_answer", ["organisation", "due_on", "id"], "state = 'answered'")
    _add_index("ix_complaints_answered", ["organisation", "answered_on"], "answered_on IS NOT NULL")
    _add_index("ix_complaints_over_service", ["organisation", "service", "id"], "closed_at IS NOT NULL")


def _add_index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "complaints", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in ("over_service", "answered", "answer"):
        op.drop_index(f"ix_complaints_{name}", table_name="complaints")
    for table in ("complaint_joins", "answer_templates", "complaint_notes"):
        op.drop_table(table)
