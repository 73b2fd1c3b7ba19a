"""`make migrate m="why"`: generate a migration from the difference between migrations and tables."""

import asyncio
import importlib
import subprocess
import sys
import tempfile
from pathlib import Path

import accounts
import bot
import complaints
import deadlines
import knowledge
import messaging
import notifications
import oversight
import registry_data
import reminders
import reports
from database.engine import Database
from database.upgrade import new_revision, upgrade

VERSIONS = Path(__file__).parents[1] / "database" / "migrations" / "versions"


def import_every_table() -> None:
    """Register the tables of every room in `Base.metadata`."""
    rooms = (
        accounts,
        bot,
        complaints,
        deadlines,
        knowledge,
        messaging,
        notifications,
        oversight,
        registry_data,
        reminders,
        reports,
    )
    for package in rooms:
        for root in map(Path, package.__path__):
            for path in sorted(root.rglob("*.py")):
                if path.stem == "tables" or "__tablename__" in path.read_text("utf-8"):
                    parts = path.relative_to(root.parent).with_suffix("").parts
                    importlib.import_module(".".join(parts))


def next_number() -> str:
    """One above the highest migration's number: numbers have gaps and are not in order of time."""
    return f"{max(int(path.stem.split('_')[3]) for path in VERSIONS.glob('[0-9]*.py')) + 1:04}"


async def migrate(message: str, number: str) -> None:
    import_every_table()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/tables.sqlite3")
        await upgrade(database)
        await new_revision(database, number, message)
        await database.dispose()


def main(message: str) -> None:
    number = next_number()
    asyncio.run(migrate(message, number))
    (written,) = VERSIONS.glob(f"*_{number}_*.py")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", written], check=True)  # noqa: S603  ours


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit('Say why: make migrate m="people may keep a telephone number"')
    main(sys.argv[1])
