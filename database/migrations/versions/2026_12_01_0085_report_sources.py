"""A report keeps what its sheet showed, the reports it sums up, and why the Agency refused it."""

import sqlalchemy as sa
from alembic import op

from database.types import Json

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

COLUMNS = (
    ("shown", Json),
    ("total", Json),
    ("sources", Json),
    ("refusal", sa.Text()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("reports", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in reversed(COLUMNS):
        op.drop_column("reports", name)
