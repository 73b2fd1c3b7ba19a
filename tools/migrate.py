"""`make migrate m="why"`: write a migration from what the migrations make to what the tables have become."""

import asyncio
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

import accounts
import bot
import complaints
import deadlines
import knowledge
import notifications
import registry_data
import reminders
import reports
from database.engine import Database
from database.upgrade import new_revision, upgrade

VERSIONS = Path(__file__).parents[1] / "database" / "migrations" / "versions"


def import_every_table() -> None:
    """Make the tables of every room known to `Base.metadata`."""
    rooms = (
        accounts,
        bot,
        complaints,
        deadlines,
        knowledge,
        notifications,
        registry_data,
        reminders,
        reports,
    )
    for package in rooms:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".tables"):
                importlib.import_module(module.name)


async def migrate(message: str) -> None:
    import_every_table()
    number = len(list(VERSIONS.glob("*_*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/tables.sqlite3")
        await upgrade(database)
        await new_revision(database, f"{number:04}", message)
        await database.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit('Say why: make migrate m="people may keep a telephone number"')
    asyncio.run(migrate(sys.argv[1]))
