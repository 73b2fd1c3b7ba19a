"""Run by Alembic; `database.upgrade` passes the connection and the metadata."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator


def render(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Write our column types as plain SQL types: a migration must not change with our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    del autogenerate
    return False


config = context.config
connection = config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=config.attributes["metadata"],
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render,
    compare_type=True,
    compare_server_default=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
