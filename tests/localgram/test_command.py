"""The command `localgram`: several bots, a clock, and a state that outlives a process."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from localgram.client import SimulatorClient
from localgram.main import instant, named_bot

BOTS = ("--bot", "42:a=Бірінші", "--bot", "43:b=Second")


@asynccontextmanager
async def localgram(*arguments: str) -> AsyncIterator[list[str]]:
    """The addresses of the chat pages of a running command."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from localgram.main import run; run()", "--port", "0", *arguments),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        lines = [(await process.stdout.readline()).decode() for _ in range(2 * arguments.count("--bot") or 2)]
        yield [line.split()[-1] for line in lines if line.startswith("Chat page")]
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def test_each_address_takes_the_calls_of_every_bot() -> None:
    async with localgram(*BOTS) as pages, aiohttp.ClientSession() as session:
        for page in pages:
            for token, name in (("42:a", "Бірінші"), ("43:b", "Second")):
                async with session.get(f"{page}/bot{token}/getMe") as response:
                    assert (await response.json())["result"]["first_name"] == name
            async with session.get(f"{page}/bot44:c/getMe") as response:
                assert response.status == 401


async def test_state_outlives_the_process(tmp_path: Path) -> None:
    arguments = ("--state", str(tmp_path), "--now", "2026-10-01T09:00:00+05:00")
    async with localgram(*arguments) as pages, SimulatorClient(pages[0]) as client:
        person = await client.person("Айгүл", "kk")
        said = await person.say("Сәлем")
        await person.upload(b"abc", name="a.txt")
    async with localgram(*arguments) as pages, SimulatorClient(pages[0]) as client:
        seen = await client.get(f"/people/{person.number}/messages")
        assert [one.get("text") for one in seen["messages"]] == ["Сәлем", None]
        assert seen["messages"][0]["date"] == said["date"]
        updates = await client.get("/bot42:local-telegram/getUpdates")
        assert [one["message"]["message_id"] for one in updates["result"]] == [1, 2]
        document = seen["messages"][1]["document"]["file_id"]
        found = await client.get("/bot42:local-telegram/getFile", file_id=document)
        assert found["result"]["file_size"] == 3


@pytest.mark.parametrize("text", ["42", "x:y", "42:"])
def test_wrong_token_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        named_bot(text)


def test_instant_needs_its_offset() -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        instant("2026-10-01T09:00:00")
