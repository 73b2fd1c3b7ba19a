"""Wrong guesses are counted under a keyed digest, which outlives /forget and names nobody."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A day's counts lock nobody out any more: nothing here has the key."""
    rows = _counts()
    op.drop_table("wrong_guesses")
    made = _make(sa.Column("person", sa.String(length=64), nullable=False))
    op.bulk_insert(made, [{**row, "person": secrets.token_hex(32)} for row in rows])


def downgrade() -> None:
    rows = _counts()
    op.drop_table("wrong_guesses")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    made = _make(sa.Column("telegram_id", number, autoincrement=False, nullable=False))
    op.bulk_insert(made, [{**row, "telegram_id": -place} for place, row in enumerate(rows, start=1)])


def _counts() -> list[dict[str, Any]]:
    table = sa.Table("wrong_guesses", sa.MetaData(), autoload_with=op.get_bind())
    rows = op.get_bind().execute(sa.select(table.c["count"], table.c.last_at)).mappings()
    return [dict(row) for row in rows]


def _make(person: sa.Column[Any]) -> sa.Table:
    return op.create_table(
        "wrong_guesses",
        person,
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(person.name, name="pk_wrong_guesses"),
    )
