"""The files' disk is full: files that do not fit are refused politely, all else is stored."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from localgram.client import is_from_bot
from sqlalchemy import func, select

from complaints.tables import AttachmentRow, ComplaintRow
from database.engine import Database
from knowledge.catalogue import LiveCatalogue
from tests.bot.complaint_dialog import TEXT
from tests.bot.drafting import at_the_text, to_the_summary, until_fetched
from tests.bot.live_bot import RunningBot, live_bot_on
from tests.complaints.files import PDF
from tests.faults.figures import FaultFigures

FILE = PDF.replace(b"trailer", b"%" * 100_000 + b"\ntrailer")
SEALING = 28  # bytes that encryption adds: a nonce and a tag
TRIED, FITTING = 6, 2
NO_ROOM = "на сервере нет места"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for two of the files."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = [which("mount") or "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no right to mount a file system")
    try:
        yield place
    finally:
        subprocess.run([which("umount") or "umount", str(place)], check=True, capture_output=True)


def made_larger(place: Path) -> None:
    subprocess.run(
        [which("mount") or "mount", "-o", "remount,size=4m", str(place)], check=True, capture_output=True
    )


def sizes(place: Path) -> list[int]:
    return [file.stat().st_size for file in place.rglob("*") if file.is_file()]


async def counted(live_bot: RunningBot, row: type) -> int:
    async with live_bot.database.session() as session:
        return await session.scalar(select(func.count()).select_from(row)) or 0


@pytest.mark.bot
async def test_full_disk_refuses_files_and_complaint_continues(
    registry_database: Database, catalogue: LiveCatalogue, small_disk: Path
):
    async with live_bot_on(registry_database, catalogue, folder=small_disk) as live_bot:
        one = await at_the_text(live_bot)
        await one.says(TEXT)
        for number in range(TRIED):
            await one.person.upload(FILE, name=f"{number}.pdf")
        seen = await one.person.wait_until(
            lambda seen: (
                sum(is_from_bot(one) and NO_ROOM in one.get("text", "") for one in seen) == TRIED - FITTING
            ),
            wait=60,
        )
        refused = sum(NO_ROOM in message.get("text", "") for message in seen)
        await until_fetched(live_bot)
        stored = await counted(live_bot, AttachmentRow)
        FaultFigures(tried=TRIED, lost=TRIED - stored - refused).report(
            "a full disk (files neither stored nor refused)"
        )
        assert (stored, refused) == (FITTING, TRIED - FITTING)
        assert sizes(small_disk) == [len(FILE) + SEALING] * FITTING  # no partial file
        made_larger(small_disk)
        await one.person.upload(FILE, name="again.pdf")
        await live_bot.client.settle()
        await until_fetched(live_bot)
        await to_the_summary(one)
        await one.press("send")
        assert (await counted(live_bot, ComplaintRow), await counted(live_bot, AttachmentRow)) == (
            1,
            FITTING + 1,
        )
