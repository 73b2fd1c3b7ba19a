"""which of the bot's jobs were turned off or on, by whom and why."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_REFUSE = "the trail of the switches is only added to"


def upgrade() -> None:
    op.create_table(
        "job_switches",
        sa.Column("id", _number(), nullable=False),
        sa.Column("job", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", _number(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_switches")),
        sa.UniqueConstraint("job", "number", name=op.f("uq_job_switches_job_number")),
        sqlite_autoincrement=True,
    )
    if op.get_context().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER job_switches_no_{what.lower()} BEFORE {what} ON job_switches "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION job_switches_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER job_switches_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON job_switches "
        "FOR EACH STATEMENT EXECUTE FUNCTION job_switches_are_kept()"
    )


def downgrade() -> None:
    op.drop_table("job_switches")
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP FUNCTION job_switches_are_kept()")


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
